import { describe, expect, test } from 'vitest';
import { BROKEN, ESCALATING_POD, HARDENED_POD, PRIVILEGED_POD } from './manifests';
import { lintJson, makeFolder, readText, runCli } from './run-cli';

describe('standard input', () => {
  test('is read for "-", and has a name that is no file', () => {
    const { code, report } = lintJson(['-'], { cwd: makeFolder(), input: PRIVILEGED_POD });
    expect(code).toBe(1);
    expect(new Set(report.findings.map(({ file }) => file))).toEqual(new Set(['<stdin>']));
    expect(report.summary.files).toBe(1);
  });

  test('an empty one has nothing to say, a broken one is named', () => {
    expect(runCli(['lint', '-'], { input: '' }).code).toBe(0);
    expect(lintJson(['-'], { input: BROKEN })).toMatchObject({ code: 3, report: { errors: [{ file: '<stdin>' }] } });
    expect(lintJson(['-'], { input: Uint8Array.of(0xff, 0) }).report.errors).toHaveLength(1);
  });

  test('--stdin-filename gives it a name, for reports and for the globs of the configuration', () => {
    const cwd = makeFolder({
      '.breakwater.yaml': 'overrides: [{ paths: [legacy], rules: { privilege-escalation-allowed: off } }]\n',
    });
    const find = (name: string) =>
      lintJson(['-', '--stdin-filename', name], { cwd, input: ESCALATING_POD }).report.findings.map(({ file }) => file);
    expect(find('apps/a.yaml')).toEqual(['apps/a.yaml']);
    expect(find('legacy/a.yaml')).toEqual([]);
  });

  test('it stands for the file of its name, and is judged with the others', () => {
    const cwd = makeFolder({ 'a.yaml': PRIVILEGED_POD, 'b.yaml': ESCALATING_POD });
    const { report } = lintJson(['-', '.', '--stdin-filename', 'a.yaml'], { cwd, input: HARDENED_POD });
    expect(report.findings.map(({ file }) => file)).toEqual(['b.yaml']);
    expect(report.summary.files).toBe(2);
  });

  test('JSON is known by the name or by its look', () => {
    const trust = '{"Statement": [{"Action": "sts:AssumeRoleWithWebIdentity"},]}';
    const pod = { apiVersion: 'v1', kind: 'Pod', spec: { hostNetwork: true, containers: [{ image: 'a:1' }] } };
    expect(lintJson(['-'], { input: trust }).report.errors).toEqual([]);
    const input = `{\n\t"a": 1,\n${JSON.stringify(pod).slice(1)}`;
    for (const args of [['-'], ['-', '--stdin-filename', 'a.json']]) {
      const rules = lintJson(args, { input }).report.findings.map(({ rule }) => rule);
      expect(rules).toContain('host-namespaces-shared');
    }
  });

  test('--fix prints the fixed text, and the report on standard error', () => {
    const { code, stdout, stderr } = runCli(['lint', '--fix', '-'], { input: ESCALATING_POD });
    expect(code).toBe(0);
    expect(stdout).toBe(ESCALATING_POD.replace('allowPrivilegeEscalation: true', 'allowPrivilegeEscalation: false'));
    expect(stderr).toContain('Fixed 1 finding in 1 file.');
  });

  test('--fix prints the text as it is when there is nothing to fix', () => {
    for (const input of [HARDENED_POD, BROKEN, '', '\uFEFF# mark\r\n']) {
      expect(runCli(['lint', '--fix', '-'], { input }).stdout).toBe(input);
    }
  });

  test('--fix with a name does not touch the file of that name', () => {
    const cwd = makeFolder({ 'a.yaml': ESCALATING_POD });
    const args = ['lint', '--fix', '-', '--stdin-filename', 'a.yaml', '.'];
    expect(runCli(args, { cwd, input: ESCALATING_POD }).stdout).not.toBe(ESCALATING_POD);
    expect(readText(cwd, 'a.yaml')).toBe(ESCALATING_POD);
  });
});
