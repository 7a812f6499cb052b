import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json';
import { CONFIG_MAP } from './manifests';
import { makeFolder, runCli } from './run-cli';

describe('help and version', () => {
  test.each([['--help'], ['-h'], ['help'], ['lint', '--help'], ['rules', '--help'], ['help', 'lint']])(
    '%s %s prints help and ends well',
    (...args) => {
      const { code, stdout, stderr } = runCli(args.filter(Boolean));
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^(Usage: )?breakwater/);
    },
  );

  test('the help of lint names every option, and all exit codes', () => {
    const { stdout } = runCli(['lint', '--help']);
    const options = ['fix', 'unsafe-fixes', 'format', 'pod-security', 'kubernetes-version', 'config', 'stdin-filename'];
    for (const option of [...options, 'fail-on', 'no-color', 'debug']) expect(stdout).toContain(`--${option}`);
    for (const code of [0, 1, 2, 3]) expect(stdout).toMatch(new RegExp(`^ +${code} `, 'm'));
  });

  test('the version is the one of the package', () => {
    expect(runCli(['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
  });
});

describe('wrong use ends with 2, a message that helps, and nothing on standard output', () => {
  test.each<[readonly string[], string]>([
    [[], 'breakwater lint .'],
    [['lnit'], 'Did you mean "lint"?'],
    [['deploy/web.yaml'], 'breakwater lint deploy/web.yaml'],
    [['lint', '--fxi'], 'Did you mean --fix?'],
    [['lint', '-x'], 'There is no option -x.'],
    [['lint', '--zebra=1'], '"breakwater lint --help" lists'],
    [['lint', '--fix=yes'], '--fix takes no value'],
    [['lint', '--unsafe-fixes'], 'add --fix'],
    [['lint', '--format'], '--format needs a value'],
    [['lint', '--format', '--fix'], '--format needs a value'],
    [['lint', '--format=', '.'], '--format needs a value'],
    [['lint', '--format', 'xml'], 'takes pretty, json, not "xml"'],
    [['lint', '--pod-security', 'restrictd'], 'Did you mean "restricted"?'],
    [['lint', '--kubernetes-version', '1.x'], '"1.x" is no Kubernetes version'],
    [['lint', '--kubernetes-version', '1.30.1'], 'write --kubernetes-version 1.33'],
    [['lint', '--fail-on', 'warn'], 'takes error, warning, info, never'],
    [['lint', '--stdin-filename', 'a.yaml', '.'], 'goes with "-"'],
    [['lint', 'no/such/folder'], 'There is nothing to check at no/such/folder: it does not exist'],
    [['lint', '--config', 'no-such.yaml', '.'], 'no-such.yaml is of no use'],
    [['rules', '--fix'], 'goes with "breakwater lint"'],
    [['rules', 'a', 'b'], 'One rule at a time'],
    [['rules', 'privileged-containr'], 'Did you mean "privileged-container"?'],
    [['rules', 'zebra'], 'There is no rule "zebra"'],
  ])('%j', (args, message) => {
    const { code, stdout, stderr } = runCli(args, { cwd: makeFolder() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^breakwater: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('a path that starts with a hyphen is read behind --', () => {
    const cwd = makeFolder({ '-x.yaml': CONFIG_MAP });
    expect(runCli(['lint', '--', '-x.yaml'], { cwd })).toMatchObject({ code: 0, stderr: '' });
  });
});

describe('rules', () => {
  test('all rules are listed', () => {
    const { code, stdout } = runCli(['rules']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pod-security$/m);
    expect(stdout).toMatch(/^ {2}privileged-container +error +\S/m);
  });

  test('a rule is explained with what, why, remedy, examples and standards', () => {
    const { code, stdout } = runCli(['rules', 'privilege-escalation-allowed']);
    expect(code).toBe(0);
    for (const title of ['What it finds', 'Why it matters', 'What to do', 'Flagged', 'Passes', 'Asked for by']) {
      expect(stdout).toMatch(new RegExp(`^${title}$`, 'm'));
    }
    expect(stdout).toContain('pss/restricted/allowPrivilegeEscalation');
    expect(stdout).toContain('privilege-escalation-allowed: off');
    expect(stdout).toContain('https://');
  });
});
