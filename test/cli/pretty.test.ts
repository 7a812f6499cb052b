import { describe, expect, test } from 'vitest';
import { BROKEN, ESCALATING_POD, HARDENED_POD, PRIVILEGED_POD } from './manifests';
import { makeFolder, runCli } from './run-cli';

const ESCAPE = '\u001B';
const TEMPLATE = 'apiVersion: v1\nkind: ConfigMap\n{{- if .Values.on }}\ndata: {}\n{{- end }}\n';

/** Line and column, counted from one, of a part of a text. */
function placeOf(text: string, part: string): string {
  const before = text.slice(0, text.indexOf(part)).split('\n');
  return `${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
}

describe('the report for people', () => {
  test('a finding has its place, rule, message, line of code with a mark below it, and its fix', () => {
    const { stdout } = runCli(['lint'], { cwd: makeFolder({ 'a.yaml': ESCALATING_POD }) });
    const lines = stdout.split('\n');
    const place = placeOf(ESCALATING_POD, 'true # asked');
    const at = lines.findIndex((line) => line.includes('privilege-escalation-allowed'));
    expect(lines[0]).toMatch(/^a\.yaml {2}1 (error|warning)$/);
    expect(lines[at]?.trim().startsWith(place)).toBe(true);
    expect(lines[at + 1]).toContain('"climber"');
    expect(lines[at + 2]).toContain('│ allowPrivilegeEscalation: true # asked for by nobody');
    const [code = '', mark = ''] = [lines[at + 2], lines[at + 3]];
    expect(mark.indexOf('^^^^')).toBe(code.indexOf('true'));
    expect(mark.trim().endsWith('^^^^')).toBe(true);
    expect(lines[at + 4]).toContain('Fix: Set allowPrivilegeEscalation: false  (--fix)');
    expect(stdout).toMatch(/\n1 (error|warning) in 1 of 1 file \(1 resource\)\.\n1 can be fixed with --fix\.\n$/);
  });

  test('the mark stands below its text, wide characters before it included', () => {
    const text = ESCALATING_POD.replace('allowPrivilegeEscalation: true', '"a登🧗": 1, allowPrivilegeEscalation: true')
      .replace('securityContext:\n        "', 'securityContext: { "')
      .replace('true # asked for by nobody', 'true }');
    const flow = text.replace(/\n {8}readOnly[\s\S]*?\[ALL\]/, '');
    const { stdout } = runCli(['lint'], { cwd: makeFolder({ 'a.yaml': flow }) });
    const lines = stdout.split('\n');
    const at = lines.findIndex((line) => line.includes('  privilege-escalation-allowed'));
    const code = lines[at + 2] ?? '';
    const columns = [...code.slice(0, code.indexOf('true'))].reduce((sum, character) => {
      return sum + (/[登🧗]/u.test(character) ? 2 : 1);
    }, 0);
    expect(lines[at + 3]?.indexOf('^')).toBe(columns);
  });

  test('a related place is named', () => {
    const cwd = makeFolder({
      'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
      'b.yaml': HARDENED_POD.replace('name: calm', 'name: calm\n  namespace: shop'),
    });
    expect(runCli(['lint'], { cwd }).stdout).toMatch(/See: b\.yaml:\d+:\d+ {2}\S/);
  });

  test('nothing found is said as well', () => {
    const { stdout } = runCli(['lint'], { cwd: makeFolder({ 'a.yaml': HARDENED_POD }) });
    expect(stdout).toBe('No findings in 1 file (1 resource).\n');
  });

  test('what could not be checked comes after the findings, with its place', () => {
    const { stdout } = runCli(['lint'], { cwd: makeFolder({ 'a.yaml': BROKEN, 'b.yaml': PRIVILEGED_POD }) });
    expect(stdout).toMatch(/\nNot checked\n {2}a\.yaml:\d+:\d+\n {4}Not checked: /);
    expect(stdout.indexOf('Not checked')).toBeGreaterThan(stdout.indexOf('privileged-container'));
    expect(stdout).toContain('1 file could not be checked, or not wholly.');
  });

  test('a few templates are listed, many are told in one line with a hint', () => {
    const templates = (count: number) =>
      makeFolder(Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}.yaml`, TEMPLATE])));
    const few = runCli(['lint'], { cwd: templates(2) }).stdout;
    expect(few).toContain('t0.yaml:');
    expect(few).toContain('t1.yaml:');
    const many = runCli(['lint'], { cwd: templates(20) }).stdout;
    expect(many).toContain('t0.yaml and 19 more files');
    expect(many).not.toContain('t11.yaml');
    expect(many).toContain('helm template CHART | breakwater lint -');
  });

  test('a line of thousands of characters is cut around what is meant', () => {
    const pod = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', annotations: { long: 'x'.repeat(5000) } },
      spec: { hostNetwork: true, containers: [{ name: 'a', image: 'a:1' }], note: 'y'.repeat(5000) },
    });
    const { stdout } = runCli(['lint'], { cwd: makeFolder({ 'a.json': pod }) });
    const codeLines = stdout.split('\n').filter((line) => line.includes('│'));
    expect(Math.max(...codeLines.map((line) => line.length))).toBeLessThan(140);
    expect(codeLines.some((line) => line.includes('"hostNetwork":true'))).toBe(true);
  });
});

describe('colours', () => {
  const cwd = (): string => makeFolder({ 'a.yaml': PRIVILEGED_POD });

  test('none where standard output is no terminal', () => {
    expect(runCli(['lint'], { cwd: cwd() }).stdout).not.toContain(ESCAPE);
  });

  test('FORCE_COLOR asks for them, --no-color and NO_COLOR refuse them', () => {
    expect(runCli(['lint'], { cwd: cwd(), env: { FORCE_COLOR: '1' } }).stdout).toContain(`${ESCAPE}[31m`);
    expect(runCli(['lint', '--no-color'], { cwd: cwd(), env: { FORCE_COLOR: '1' } }).stdout).not.toContain(ESCAPE);
    expect(runCli(['lint'], { cwd: cwd(), env: { NO_COLOR: '1' } }).stdout).not.toContain(ESCAPE);
    expect(runCli(['rules'], { cwd: cwd(), env: { FORCE_COLOR: '1' } }).stdout).toContain(ESCAPE);
  });

  test('what a file holds cannot steer the terminal', () => {
    const hostile = ESCALATING_POD.replaceAll('name: climber', 'name: "a\\e[2J"').replace(
      '# asked for by nobody',
      `# ${ESCAPE}]0;title\u0007 \u202Egnp.exe`,
    );
    const { stdout } = runCli(['lint'], { cwd: makeFolder({ 'a.yaml': hostile, [`${ESCAPE}[31m.yaml`]: BROKEN }) });
    expect(stdout).toContain('privilege-escalation-allowed');
    expect(stdout).not.toContain(ESCAPE);
    expect(stdout).not.toContain('\u202E');
    expect(stdout).not.toContain('\u0007');
  });
});
