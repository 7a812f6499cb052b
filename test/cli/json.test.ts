import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Schema, Validator } from '@cfworker/json-schema';
import { describe, expect, test } from 'vitest';
import { LineIndex } from '../../server/src/text/line-index';
import { BROKEN, CONFIG_MAP, ESCALATING_POD, HARDENED_POD, PRIVILEGED_POD } from './manifests';
import { type JsonRange, lintJson, makeFolder, runCli } from './run-cli';

const ROOT = join(import.meta.dirname, '../..');

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(join(ROOT, 'schemas', name), 'utf8')) as Schema;
}

/** What a value breaks of a schema. */
function getErrors(schema: Schema, value: unknown): string[] {
  return new Validator(schema, '7', false).validate(value).errors.map(({ instanceLocation, error }) => {
    return `${instanceLocation}: ${error}`;
  });
}

/** The part of a text that a range means. */
function textAt(text: string, { start, end }: JsonRange): string {
  const lines = new LineIndex(text);
  return text.slice(lines.offsetAt(start), lines.offsetAt(end));
}

describe('the JSON report', () => {
  test('has exactly the fields of the contract', () => {
    const cwd = makeFolder({ 'apps/a.yaml': ESCALATING_POD, 'apps/b.yaml': BROKEN });
    const { report } = lintJson([], { cwd });
    const [finding] = report.findings;
    expect(finding).toEqual({
      rule: 'privilege-escalation-allowed',
      category: 'pod-security',
      severity: expect.stringMatching(/^(error|warning|info)$/),
      message: expect.stringContaining('"climber"'),
      file: 'apps/a.yaml',
      range: expect.anything(),
      resource: { apiVersion: 'v1', kind: 'Pod', name: 'climber' },
      standards: expect.arrayContaining(['pss/restricted/allowPrivilegeEscalation']),
      fixes: [
        {
          title: 'Set allowPrivilegeEscalation: false',
          safety: 'safe',
          edits: [{ file: 'apps/a.yaml', range: expect.anything(), newText: 'false' }],
        },
      ],
    });
    expect(textAt(ESCALATING_POD, finding?.range as JsonRange)).toBe('true');
    expect(report).toEqual({
      version: 1,
      findings: [finding],
      errors: [{ file: 'apps/b.yaml', message: expect.stringMatching(/^Line \d+, column \d+: Not checked: .*\./) }],
      summary: {
        files: 2,
        resources: 1,
        findings: { error: 0, warning: 0, info: 0, [finding?.severity as string]: 1 },
      },
    });
  });

  test('keeps to its schema on everything that the examples, and broken input, give', () => {
    const schema = readSchema('report.schema.json');
    const examples = lintJson(['examples'], { cwd: ROOT });
    expect(examples.report.findings.length).toBeGreaterThan(10);
    expect(examples.report.findings.some(({ fixes }) => fixes.length > 0)).toBe(true);
    expect(getErrors(schema, examples.report)).toEqual([]);
    const cwd = makeFolder({ 'a.yaml': BROKEN, 'b.yaml': Uint8Array.of(0, 1, 2), 'c.yaml': '' });
    expect(getErrors(schema, lintJson([], { cwd }).report)).toEqual([]);
  });

  test('its schema refuses what is not in the contract', () => {
    const schema = readSchema('report.schema.json');
    const { report } = lintJson([], { cwd: makeFolder({ 'a.yaml': ESCALATING_POD }) });
    const [finding] = report.findings;
    const changed = (change: object) => ({ ...report, findings: [{ ...finding, ...change }] });
    expect(getErrors(schema, { ...report, extra: 1 })).not.toEqual([]);
    expect(getErrors(schema, changed({ extra: 1 }))).not.toEqual([]);
    expect(getErrors(schema, changed({ severity: 'fatal' }))).not.toEqual([]);
    expect(getErrors(schema, changed({ category: 'other' }))).not.toEqual([]);
    expect(getErrors(schema, changed({ range: { start: { line: -1, character: 0 } } }))).not.toEqual([]);
    expect(getErrors(schema, { ...report, version: 2 })).not.toEqual([]);
  });

  test('its schema names the categories of the rules, and no others', () => {
    const schema = readSchema('report.schema.json') as {
      definitions: { finding: { properties: { category: { enum: string[] } } } };
    };
    const source = readFileSync(join(ROOT, 'server/src/engine/rule.ts'), 'utf8');
    const declared = /export type Category =([^;]+);/.exec(source)?.[1]?.match(/[a-z-]+/g);
    expect(schema.definitions.finding.properties.category.enum).toEqual(declared);
  });

  test('is the same, byte for byte, on two runs', () => {
    const args = ['lint', 'examples', '--format', 'json'];
    expect(runCli(args, { cwd: ROOT }).stdout).toBe(runCli(args, { cwd: ROOT }).stdout);
  });

  test('does not depend on the order of the paths', () => {
    const cwd = makeFolder({ 'b/a.yaml': PRIVILEGED_POD, 'a.yaml': ESCALATING_POD, 'c.yaml': BROKEN });
    const reports = [['.'], ['c.yaml', 'b', 'a.yaml'], ['b/a.yaml', 'c.yaml', 'a.yaml']].map(
      (paths) => lintJson(paths, { cwd }).stdout,
    );
    expect(new Set(reports).size).toBe(1);
  });

  test('is sorted by file, then by place', () => {
    const cwd = makeFolder({
      'b.yaml': PRIVILEGED_POD,
      'B.yaml': PRIVILEGED_POD,
      'a/z.yaml': PRIVILEGED_POD,
      'a.yaml': `${PRIVILEGED_POD}---\n${ESCALATING_POD}`,
      'z.yaml': Uint8Array.of(0),
      'y.yaml': `${BROKEN}---\n${BROKEN}`,
    });
    const { findings, errors } = lintJson([], { cwd }).report;
    const places = findings.map(({ file, range }) => ({ file, ...range.start }));
    const sorted = [...places].sort(
      (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line) || a.character - b.character,
    );
    expect(places).toEqual(sorted);
    expect([...new Set(places.map(({ file }) => file))]).toEqual(['B.yaml', 'a.yaml', 'a/z.yaml', 'b.yaml']);
    expect(errors.map(({ file }) => file)).toEqual(['y.yaml', 'y.yaml', 'z.yaml']);
  });

  test('counts in UTF-16 code units, emoji and CJK before the place included', () => {
    const text = ESCALATING_POD.replace(
      '- name: climber',
      '- { name: "🧗🏽 登る", image: "a:1", securityContext: { privileged: true } }\n    - name: climber',
    );
    const { findings } = lintJson([], { cwd: makeFolder({ 'a.yaml': text }) }).report;
    const privileged = findings.find(({ rule }) => rule === 'privileged-container');
    expect(privileged?.message).toContain('🧗🏽 登る');
    expect(textAt(text, privileged?.range as JsonRange)).toBe('true');
    const edit = privileged?.fixes[0]?.edits[0];
    expect(textAt(text, edit?.range as JsonRange)).toMatch(/true/);
  });

  test('a place behind a byte order mark counts as editors count it', () => {
    const pod = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { hostNetwork: true, containers: [{ name: 'a', image: 'a:1' }] },
    });
    const { findings } = lintJson([], { cwd: makeFolder({ 'a.json': `\uFEFF${pod}` }) }).report;
    const found = findings.find(({ rule }) => rule === 'host-namespaces-shared');
    expect(textAt(pod, found?.range as JsonRange)).toBe('true');
  });

  test('a new file is an edit of its own, marked as one that makes a file, and names a file that is not there', () => {
    const files = {
      'shop/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
      'shop/pod.yaml': HARDENED_POD.replace('name: calm', 'name: calm\n  namespace: shop'),
    };
    const getCreated = (cwd: string) => {
      const { findings } = lintJson([], { cwd }).report;
      const fixes = findings.filter(({ rule }) => rule === 'default-deny-missing').flatMap((finding) => finding.fixes);
      return fixes.flatMap(({ edits }) => edits.filter(({ create }) => create));
    };
    const cwd = makeFolder(files);
    const [created] = getCreated(cwd);
    expect(created).toMatchObject({
      file: expect.stringMatching(/^shop\/[^/]+\.yaml$/),
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      newText: expect.stringContaining('kind: NetworkPolicy'),
    });
    const taken = makeFolder({ ...files, [created?.file ?? '']: CONFIG_MAP });
    expect(getCreated(taken).map(({ file }) => file)).not.toContain(created?.file);
  });

  test('a namespace or name that is not written is left out of the resource', () => {
    const cwd = makeFolder({
      'a.yaml': ESCALATING_POD.replace('  name: climber\n', '  generateName: climber-\n').replace(
        'kind: Pod\nmetadata:',
        'kind: Pod\nmetadata:\n  namespace: shop',
      ),
    });
    const found = lintJson([], { cwd }).report.findings.find(({ rule }) => rule === 'privilege-escalation-allowed');
    expect(found?.resource).toEqual({ apiVersion: 'v1', kind: 'Pod', namespace: 'shop' });
  });
});

describe('the schema of the configuration', () => {
  const schema = readSchema('configuration.schema.json');

  test.each([
    {},
    { podSecurity: { level: 'baseline' }, kubernetesVersion: '1.30', failOn: 'never' },
    { kubernetesVersion: 1.3 },
    { rules: { 'verb-wildcard': 'off' }, exclude: ['vendor/', '**/*.gen.yaml'] },
    {
      overrides: [{ paths: ['legacy'], namespaces: ['kube-system'], podSecurity: { level: 'privileged' }, rules: {} }],
    },
  ])('takes %j', (configuration) => {
    expect(getErrors(schema, configuration)).toEqual([]);
  });

  test.each([
    { podsecurity: {} },
    { podSecurity: { level: 'strict' } },
    { kubernetesVersion: '2.0' },
    { rules: { 'verb-wildcard': 'fatal' } },
    { exclude: ['../elsewhere'] },
    { failOn: 'warn' },
    { overrides: [{ rules: {} }] },
  ])('refuses %j', (configuration) => {
    expect(getErrors(schema, configuration)).not.toEqual([]);
  });
});
