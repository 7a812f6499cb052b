import { describe, expect, test } from 'vitest';
import { BROKEN, CONFIG_MAP, ESCALATING_POD, HARDENED_POD, PRIVILEGED_POD } from './manifests';
import { makeFolder, runCli } from './run-cli';

/** Lints the files of a new folder, with a configuration that gives the rule of the escalating pod a severity. */
function lint(files: Record<string, string>, severity: string, ...args: string[]): number | null {
  const cwd = makeFolder({ ...files, '.breakwater.yaml': `rules: { privilege-escalation-allowed: ${severity} }\n` });
  return runCli(['lint', ...args], { cwd }).code;
}

describe('exit codes', () => {
  test('0: nothing found', () => {
    expect(runCli(['lint'], { cwd: makeFolder({ 'a.yaml': HARDENED_POD, 'b.yaml': CONFIG_MAP }) }).code).toBe(0);
  });

  test('0: a folder without a file to check', () => {
    expect(runCli(['lint'], { cwd: makeFolder({ 'notes.txt': 'none' }) }).code).toBe(0);
  });

  test('1: an error or a warning; 0: only a note', () => {
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'error')).toBe(1);
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'warning')).toBe(1);
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'info')).toBe(0);
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'off')).toBe(0);
  });

  test('--fail-on moves the border', () => {
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'info', '--fail-on', 'info')).toBe(1);
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'warning', '--fail-on', 'error')).toBe(0);
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'error', '--fail-on', 'error')).toBe(1);
    expect(lint({ 'a.yaml': ESCALATING_POD }, 'error', '--fail-on', 'never')).toBe(0);
  });

  test('the configuration moves the border, and --fail-on wins over it', () => {
    const cwd = makeFolder({ 'a.yaml': PRIVILEGED_POD, '.breakwater.yaml': 'failOn: never\n' });
    expect(runCli(['lint'], { cwd }).code).toBe(0);
    expect(runCli(['lint', '--fail-on', 'error'], { cwd }).code).toBe(1);
  });

  test('3: something could not be checked, and nothing was found', () => {
    expect(runCli(['lint'], { cwd: makeFolder({ 'a.yaml': BROKEN, 'b.yaml': HARDENED_POD }) }).code).toBe(3);
    expect(lint({ 'a.yaml': BROKEN, 'b.yaml': ESCALATING_POD }, 'info')).toBe(3);
    expect(lint({ 'a.yaml': BROKEN, 'b.yaml': ESCALATING_POD }, 'error', '--fail-on', 'never')).toBe(3);
  });

  test('1 wins over 3', () => {
    expect(runCli(['lint'], { cwd: makeFolder({ 'a.yaml': BROKEN, 'b.yaml': PRIVILEGED_POD }) }).code).toBe(1);
  });

  test('2: a configuration that is wrong, and nothing is checked', () => {
    const cwd = makeFolder({ 'a.yaml': PRIVILEGED_POD, '.breakwater.yaml': 'rules:\n  privileged-contaner: off\n' });
    const { code, stdout, stderr } = runCli(['lint'], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Did you mean "privileged-container"?');
  });
});
