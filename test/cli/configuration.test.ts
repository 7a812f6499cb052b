import { describe, expect, test } from 'vitest';
import { ESCALATING_POD, HARDENED_POD, PRIVILEGED_POD } from './manifests';
import { lintJson, makeFolder, runCli } from './run-cli';

const HOST_NETWORK_POD = HARDENED_POD.replace('spec:\n', 'spec:\n  hostNetwork: true\n');

function rulesOf(args: readonly string[], cwd: string): string[] {
  return lintJson(args, { cwd }).report.findings.map(({ rule, file }) => `${file} ${rule}`);
}

describe('the configuration file', () => {
  test('every fault is named with file, line and column', () => {
    const text = 'podSecurity: { level: restrictd }\nrules:\n  zebra: off\n';
    const cwd = makeFolder({ 'conf/breakwater.yaml': text, 'a.yaml': HARDENED_POD });
    const { code, stderr } = runCli(['lint', '--config', 'conf/breakwater.yaml'], { cwd });
    expect(code).toBe(2);
    for (const word of ['restrictd', 'zebra']) {
      const before = text.slice(0, text.indexOf(word)).split('\n');
      const place = `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
      expect(stderr).toContain(`conf/breakwater.yaml:${place}: `);
    }
  });

  test('excluded files and folders are not read, unless they are named', () => {
    const cwd = makeFolder({
      'a.yaml': PRIVILEGED_POD,
      'vendor/b.yaml': PRIVILEGED_POD,
      'deep/c.gen.yaml': PRIVILEGED_POD,
      '.breakwater.yaml': 'exclude: [vendor/, "*.gen.yaml"]\n',
    });
    expect(lintJson([], { cwd }).report.summary.files).toBe(1);
    expect(lintJson(['vendor'], { cwd }).report.summary.files).toBe(0);
    expect(lintJson(['vendor/b.yaml'], { cwd }).report.summary.files).toBe(1);
  });

  test('globs are relative to the configuration, wherever the call is made', () => {
    const cwd = makeFolder({
      'repo/breakwater.yaml': 'exclude: [legacy/]\n',
      'repo/legacy/a.yaml': PRIVILEGED_POD,
      'elsewhere/legacy/a.yaml': PRIVILEGED_POD,
    });
    const { report } = lintJson(['--config', 'repo/breakwater.yaml', '.'], { cwd });
    expect(new Set(report.findings.map(({ file }) => file))).toEqual(new Set(['elsewhere/legacy/a.yaml']));
  });

  test('what lives elsewhere is not missing, and in a complete workspace all else is', () => {
    const pod = (account: string) => HARDENED_POD.replace('spec:\n', `spec:\n  serviceAccountName: ${account}\n`);
    const configuration = (name: string) =>
      `workspace:\n  complete: true\n  external: [{ kind: ServiceAccount, name: ${name} }]\n`;
    const cwd = makeFolder({ 'a.yaml': pod('web'), '.breakwater.yaml': configuration('db') });
    expect(rulesOf([], cwd)).toContain('a.yaml service-account-not-found');
    const other = makeFolder({ 'a.yaml': pod('web'), '.breakwater.yaml': configuration('w*') });
    expect(rulesOf([], other)).not.toContain('a.yaml service-account-not-found');
  });

  test('it is found in the current folder and not in that of a file', () => {
    const cwd = makeFolder({
      'apps/a.yaml': ESCALATING_POD,
      'apps/.breakwater.yaml': 'rules: { privilege-escalation-allowed: off }\n',
    });
    expect(rulesOf(['apps'], cwd)).toEqual(['apps/a.yaml privilege-escalation-allowed']);
  });

  test('severities and overrides by path and by namespace take effect', () => {
    const inNamespace = ESCALATING_POD.replace('name: climber', 'name: climber\n  namespace: kube-system');
    const cwd = makeFolder({
      'a.yaml': ESCALATING_POD,
      'legacy/b.yaml': ESCALATING_POD,
      'c.yaml': inNamespace,
      '.breakwater.yaml': `rules: { privilege-escalation-allowed: info }
overrides:
  - paths: [legacy]
    rules: { privilege-escalation-allowed: off }
  - namespaces: [kube-system]
    podSecurity: { level: privileged }
`,
    });
    const { report } = lintJson([], { cwd });
    const found = report.findings.map(({ file, rule, severity }) => ({ file, rule, severity }));
    expect(found.filter(({ rule }) => rule === 'privilege-escalation-allowed')).toEqual([
      { file: 'a.yaml', rule: 'privilege-escalation-allowed', severity: 'info' },
    ]);
  });
});

describe('levels and versions', () => {
  test('--pod-security decides the level, and wins over the configuration', () => {
    const cwd = makeFolder({ 'a.yaml': ESCALATING_POD, '.breakwater.yaml': 'podSecurity: { level: baseline }\n' });
    const rule = 'a.yaml privilege-escalation-allowed';
    expect(rulesOf([], cwd)).not.toContain(rule);
    expect(rulesOf(['--pod-security', 'restricted'], cwd)).toContain(rule);
    expect(rulesOf(['--pod-security', 'baseline'], cwd)).not.toContain(rule);
  });

  test('each level takes away what it does not ask for', () => {
    const cwd = makeFolder({ 'a.yaml': HOST_NETWORK_POD });
    const rule = 'a.yaml host-namespaces-shared';
    expect(rulesOf(['--pod-security=baseline'], cwd)).toContain(rule);
    expect(rulesOf(['--pod-security=privileged'], cwd)).not.toContain(rule);
  });

  test('--kubernetes-version decides which checks there are', () => {
    const cwd = makeFolder({ 'a.yaml': ESCALATING_POD });
    const rule = 'a.yaml privilege-escalation-allowed';
    // The check was added to the restricted level in 1.8.
    expect(rulesOf(['--kubernetes-version', '1.7'], cwd)).not.toContain(rule);
    expect(rulesOf(['--kubernetes-version', 'v1.8'], cwd)).toContain(rule);
    expect(rulesOf(['--kubernetes-version', 'latest'], cwd)).toContain(rule);
  });
});
