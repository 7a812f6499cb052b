import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BROKEN, CONFIG_MAP, ESCALATING_POD, HARDENED_POD, PRIVILEGED_POD } from './manifests';
import { lintJson, makeFolder, runCli } from './run-cli';

function toUtf16(text: string, isBig: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
}

describe('which files are read', () => {
  test('YAML and JSON below folders; not node_modules, .git, the configuration, and what git ignores', () => {
    const cwd = makeFolder({
      'a.yaml': ESCALATING_POD,
      'b.yml': ESCALATING_POD,
      'deep/er/c.YAML': ESCALATING_POD,
      'd.json': '{"some": "thing"}',
      'e.txt': ESCALATING_POD,
      'node_modules/f.yaml': ESCALATING_POD,
      '.git/g.yaml': ESCALATING_POD,
      '.github/h.yaml': ESCALATING_POD,
      'out/i.yaml': ESCALATING_POD,
      'deep/secret.yaml': ESCALATING_POD,
      'deep/kept.tmp.yaml': ESCALATING_POD,
      'deep/lost.tmp.yaml': ESCALATING_POD,
      '.gitignore': 'out/\n*.tmp.yaml\n',
      'deep/.gitignore': '/secret.yaml\n!kept.tmp.yaml\n',
      '.breakwater.yaml': 'failOn: never\n',
    });
    const { report } = lintJson([], { cwd });
    const files = [...new Set(report.findings.map(({ file }) => file))];
    expect(files).toEqual(['.github/h.yaml', 'a.yaml', 'b.yml', 'deep/er/c.YAML', 'deep/kept.tmp.yaml']);
    expect(report.summary.files).toBe(files.length + 1);
  });

  test('the .gitignore files above a folder hold below it, up to the root of the repository', () => {
    const cwd = makeFolder({
      '.gitignore': '*.yaml\n',
      'repo/.git/HEAD': '',
      'repo/.gitignore': '*.tmp.yaml\n',
      'repo/apps/a.yaml': ESCALATING_POD,
      'repo/apps/b.tmp.yaml': ESCALATING_POD,
    });
    const { report } = lintJson(['apps'], { cwd: join(cwd, 'repo') });
    expect(report.findings.map(({ file }) => file)).toEqual(['apps/a.yaml']);
  });

  test('a file or folder that is named is read although git ignores it, and whatever it is called', () => {
    const cwd = makeFolder({
      '.git/HEAD': '',
      '.gitignore': 'out/\n',
      'out/a.yaml': ESCALATING_POD,
      'manifest.txt': ESCALATING_POD,
    });
    expect(lintJson(['out'], { cwd }).report.summary.files).toBe(1);
    expect(lintJson(['out/a.yaml'], { cwd }).report.findings).toHaveLength(1);
    expect(lintJson(['manifest.txt'], { cwd }).report.findings).toHaveLength(1);
  });

  test('a file that is meant twice is read once', () => {
    const cwd = makeFolder({ 'apps/a.yaml': ESCALATING_POD });
    const { report } = lintJson(['apps', '.', 'apps/a.yaml', './apps/../apps/a.yaml'], { cwd });
    expect(report.summary.files).toBe(1);
    expect(report.findings).toHaveLength(1);
  });

  test('a file outside of the current folder is named by its way there', () => {
    const folder = makeFolder({ 'other/a.yaml': ESCALATING_POD, 'here/b.txt': '' });
    const { report } = lintJson(['../other'], { cwd: join(folder, 'here') });
    expect(report.findings.map(({ file }) => file)).toEqual(['../other/a.yaml']);
  });

  test('links to files are read; links that lead back up are no trap', () => {
    const folder = makeFolder({ 'here/apps/a.yaml': ESCALATING_POD, 'there/b.yaml': ESCALATING_POD });
    const cwd = join(folder, 'here');
    symlinkSync('..', join(cwd, 'apps/up'));
    symlinkSync('.', join(cwd, 'apps/self.yaml'));
    symlinkSync('../../there/b.yaml', join(cwd, 'apps/link.yaml'));
    symlinkSync('round.yaml', join(cwd, 'apps/round.yaml'));
    const { report } = lintJson([], { cwd });
    expect(report.findings.map(({ file }) => file)).toEqual(['apps/a.yaml', 'apps/link.yaml']);
    expect(report.errors.map(({ file }) => file)).toEqual(['apps/round.yaml']);
  });

  test('a file and links to it are one file, under the name that was given, else its own', () => {
    const cwd = makeFolder({ 'b.yaml': ESCALATING_POD });
    symlinkSync('b.yaml', join(cwd, 'a.yaml'));
    symlinkSync('b.yaml', join(cwd, 'c.yaml'));
    const find = (...args: string[]) => lintJson(args, { cwd }).report.findings.map(({ file }) => file);
    expect([find(), find('c.yaml', '.'), find('c.yaml', 'b.yaml')]).toEqual([['b.yaml'], ['c.yaml'], ['b.yaml']]);
    expect(runCli(['lint', '--fix'], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('in 1 file.'),
    });
    expect([find(), find('a.yaml')]).toEqual([[], []]);
  });

  test('a namespace in one file and a workload in another are judged together', () => {
    const namespace = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: restricted
`;
    const cwd = makeFolder({
      'namespace.yaml': namespace,
      'pod.yaml': ESCALATING_POD.replace('name: climber', 'name: climber\n  namespace: shop'),
    });
    const find = (...args: string[]) =>
      lintJson(args, { cwd }).report.findings.find(({ rule }) => rule === 'privilege-escalation-allowed');
    expect(find('pod.yaml', 'namespace.yaml')?.message).toContain('will reject');
    expect(find('pod.yaml')?.message).not.toContain('will reject');
  });
});

describe('files that are not as they should be, with a healthy neighbour', () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ['binary', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0xff, 0xfe, 0), /NUL characters, so it is a binary file/],
    ['NUL characters', 'apiVersion: v1\0\n', /NUL characters/],
    ['UTF-16 without a mark', Buffer.from(PRIVILEGED_POD, 'utf16le'), /UTF-16 or UTF-32 without a byte order mark/],
    ['half a UTF-16 unit', toUtf16(PRIVILEGED_POD, false).subarray(0, -1), /not valid UTF-16/],
    ['UTF-32', Buffer.concat([Buffer.of(0xff, 0xfe, 0, 0), Buffer.of(0x61, 0, 0, 0)]), /NUL characters/],
    ['Latin-1', Buffer.from('name: caf\u00e9\n', 'latin1'), /not valid UTF-8/],
    ['more than 5 MB', '# long\n'.repeat(800_000), /files over 5 MB are not read/],
    ['broken', BROKEN, /^Line \d+, column \d+: Not checked: /],
    ['tabs for indentation', 'apiVersion: v1\nkind: Pod\nmetadata:\n\tname: a\n', /^Line 4, /],
    ['a template', 'apiVersion: v1\nkind: Pod\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n', /template/],
    ['an alias of nothing', 'apiVersion: v1\nkind: Pod\nspec: *nothing\n', /alias/],
    ['brackets without end', `apiVersion: v1\nkind: Pod\nspec: ${'['.repeat(20_000)}\n`, /Not checked/],
  ])('%s', (_, content, reason) => {
    const cwd = makeFolder({ 'bad.yaml': content, 'good.yaml': ESCALATING_POD });
    const { report, stderr } = lintJson([], { cwd });
    expect(stderr).toBe('');
    expect(report.errors.map(({ file }) => file)).toEqual(['bad.yaml']);
    expect(report.errors[0]?.message).toMatch(reason);
    expect(report.findings.map(({ file }) => file)).toEqual(['good.yaml']);
  });

  test.each<[string, string | Uint8Array]>([
    ['UTF-8 with a mark', `\uFEFF${ESCALATING_POD}`],
    ['UTF-16, little-endian', toUtf16(ESCALATING_POD, false)],
    ['UTF-16, big-endian', toUtf16(ESCALATING_POD, true)],
    ['CRLF', ESCALATING_POD.replaceAll('\n', '\r\n')],
  ])('%s: found at the same place as in plain text', (_, content) => {
    const plain = lintJson(['a.yaml'], { cwd: makeFolder({ 'a.yaml': ESCALATING_POD }) }).report;
    const { report } = lintJson(['a.yaml'], { cwd: makeFolder({ 'a.yaml': content }) });
    expect(report.findings.map(({ range }) => range)).toEqual(plain.findings.map(({ range }) => range));
    expect(report.errors).toEqual([]);
  });

  test.each(['', '\n\n', '# only a remark\n', '---\n---\n', '\uFEFF'])(
    'an empty file (%j) has nothing to say',
    (text) => {
      const { code, report } = lintJson([], { cwd: makeFolder({ 'a.yaml': text, 'b.yaml': CONFIG_MAP }) });
      expect(code).toBe(0);
      expect(report).toMatchObject({ findings: [], errors: [], summary: { files: 2, resources: 1 } });
    },
  );

  test('the healthy documents of a broken file are checked', () => {
    const cwd = makeFolder({ 'a.yaml': `${ESCALATING_POD}---\n${BROKEN}---\n${PRIVILEGED_POD}` });
    const { report } = lintJson([], { cwd });
    expect(report.errors).toHaveLength(1);
    const names = new Set(report.findings.map(({ resource }) => resource?.name));
    expect(names).toEqual(new Set(['climber', 'loud']));
  });

  test('each of many broken documents is named once, at its own place', () => {
    const text = `${BROKEN}---\n`.repeat(5_000);
    const { report } = lintJson([], { cwd: makeFolder({ 'a.yaml': text }) });
    expect(report.errors).toHaveLength(5_000);
    expect(new Set(report.errors.map(({ message }) => message)).size).toBe(5_000);
  });

  test('a folder and a link to nowhere under the name of a manifest', () => {
    const cwd = makeFolder({ 'folder.yaml/a.yaml': HARDENED_POD, 'b.yaml': CONFIG_MAP });
    symlinkSync('nowhere', join(cwd, 'c.yaml'));
    const { code, report } = lintJson([], { cwd });
    expect(code).toBe(3);
    expect(report.summary).toMatchObject({ files: 2, resources: 2 });
    expect(report.errors).toEqual([{ file: 'c.yaml', message: expect.stringContaining('leads nowhere') }]);
    expect(lintJson(['c.yaml', 'b.yaml'], { cwd }).report.errors).toEqual(report.errors);
  });

  test('a pipe in a folder does not block', () => {
    const cwd = makeFolder({ 'b.yaml': CONFIG_MAP });
    execFileSync('mkfifo', [join(cwd, 'a.yaml')]);
    const { report } = lintJson([], { cwd });
    expect(report.errors).toEqual([{ file: 'a.yaml', message: expect.stringContaining('it is a pipe') }]);
  });

  test('a stream without an end is left when it is too much', () => {
    const cwd = makeFolder({ 'b.yaml': CONFIG_MAP });
    const { report } = lintJson(['/dev/zero', 'b.yaml'], { cwd });
    expect(report.errors).toEqual([
      { file: expect.stringContaining('dev/zero'), message: expect.stringContaining('over 5 MB are not read') },
    ]);
    expect(report.summary.resources).toBe(1);
  });

  test('JSON of other programs is counted and says nothing, even when it is broken', () => {
    const cwd = makeFolder({ 'a.json': '{"compilerOptions": {', 'b.json': '[1, 2]', 'c.yaml': CONFIG_MAP });
    const { code, report } = lintJson([], { cwd });
    expect(code).toBe(0);
    expect(report).toMatchObject({ findings: [], errors: [], summary: { files: 3, resources: 1 } });
  });

  test('a broken file of no concern is named when the user names it', () => {
    const cwd = makeFolder({ 'a.json': '{"compilerOptions": {', 'b.yaml': 'list: [1,\n' });
    expect(lintJson([], { cwd }).code).toBe(0);
    expect(lintJson(['a.json', 'b.yaml'], { cwd }).report.errors.map(({ file }) => file)).toEqual(['a.json', 'b.yaml']);
  });

  test('an object in JSON is read', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { hostNetwork: true, containers: [{ image: 'a:1' }] },
    };
    const { report } = lintJson([], { cwd: makeFolder({ 'a.json': JSON.stringify(pod) }) });
    expect(report.findings.map(({ rule }) => rule)).toContain('host-namespaces-shared');
  });
});
