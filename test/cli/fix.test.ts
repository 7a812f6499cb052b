import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { replaceFile } from '../../server/src/cli/write-file';
import { BROKEN, ESCALATING_POD, HARDENED_POD, PRIVILEGED_POD } from './manifests';
import { lintJson, makeFolder, readText, runCli } from './run-cli';

const FIXED = ESCALATING_POD.replace('allowPrivilegeEscalation: true', 'allowPrivilegeEscalation: false');

describe('--fix', () => {
  test('applies safe fixes, leaves every other character, and reports what remains', () => {
    const cwd = makeFolder({ 'a.yaml': ESCALATING_POD, 'b.yaml': PRIVILEGED_POD });
    const { code, stdout } = runCli(['lint', '--fix'], { cwd });
    expect(readText(cwd, 'a.yaml')).toBe(FIXED);
    expect(readText(cwd, 'b.yaml')).toBe(PRIVILEGED_POD);
    expect(code).toBe(1);
    expect(stdout).toContain('privileged-container');
    expect(stdout).not.toContain('a.yaml  ');
    expect(stdout).toContain('Fixed 1 finding in 1 file.');
  });

  test('--unsafe-fixes applies the others too', () => {
    const cwd = makeFolder({ 'b.yaml': PRIVILEGED_POD });
    runCli(['lint', '--fix', '--unsafe-fixes'], { cwd });
    expect(readText(cwd, 'b.yaml')).not.toContain('privileged: true');
    expect(readText(cwd, 'b.yaml')).toContain('# for the old driver');
    const rules = lintJson([], { cwd }).report.findings.map(({ rule }) => rule);
    expect(rules).not.toContain('privileged-container');
    expect(rules).not.toContain('privilege-escalation-allowed');
  });

  test('a second run changes nothing', () => {
    const cwd = makeFolder({ 'a.yaml': `${ESCALATING_POD}---\n${PRIVILEGED_POD}---\n${HARDENED_POD}` });
    runCli(['lint', '--fix', '--unsafe-fixes'], { cwd });
    const once = readText(cwd, 'a.yaml');
    expect(once).not.toContain('privileged: true');
    expect(runCli(['lint', '--fix', '--unsafe-fixes'], { cwd }).stdout).toContain('Nothing was fixed.');
    expect(readText(cwd, 'a.yaml')).toBe(once);
  });

  test('the examples keep every comment and lose findings', () => {
    const examples = join(import.meta.dirname, '../../examples');
    const names = readdirSync(examples, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
    const files = Object.fromEntries(names.map((name) => [name, readFileSync(join(examples, name), 'utf8')]));
    const cwd = makeFolder(files);
    const before = lintJson([], { cwd }).report.findings.length;
    const { report, stderr } = lintJson(['--fix'], { cwd });
    expect(stderr).toMatch(/^Fixed \d+ findings in \d+ files\.\n$/);
    expect(report.findings.length).toBeLessThan(before);
    for (const [name, text] of Object.entries(files)) {
      const comments = text.match(/(?<=^|\s)#.*$/gm) ?? [];
      const after = readText(cwd, name);
      for (const comment of comments) expect(after).toContain(comment);
    }
  });

  test.each<[string, (text: string) => Uint8Array]>([
    ['CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['a byte order mark', (text) => Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big-endian', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
    ['no line break at the end', (text) => Buffer.from(text.trimEnd())],
  ])('%s: stays', (_, encode) => {
    const cwd = makeFolder({ 'a.yaml': encode(ESCALATING_POD) });
    expect(runCli(['lint', '--fix'], { cwd }).code).toBe(0);
    expect(readFileSync(join(cwd, 'a.yaml')).equals(encode(FIXED))).toBe(true);
  });

  test('the mode of a file stays, a link stays a link, and nothing is left beside it', () => {
    const cwd = makeFolder({ 'a.yaml': ESCALATING_POD, 'real/b.yaml': ESCALATING_POD });
    chmodSync(join(cwd, 'a.yaml'), 0o640);
    symlinkSync('real/b.yaml', join(cwd, 'link.yaml'));
    runCli(['lint', '--fix', 'a.yaml', 'link.yaml'], { cwd });
    expect(statSync(join(cwd, 'a.yaml')).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(cwd, 'link.yaml')).isSymbolicLink()).toBe(true);
    expect(readText(cwd, 'real/b.yaml')).toBe(FIXED);
    expect(readdirSync(cwd).sort()).toEqual(['a.yaml', 'link.yaml', 'real']);
    expect(readdirSync(join(cwd, 'real'))).toEqual(['b.yaml']);
  });

  test('a file that needs no fix is not written', () => {
    const cwd = makeFolder({ 'a.yaml': HARDENED_POD, 'b.yaml': BROKEN });
    const before = ['a.yaml', 'b.yaml'].map((name) => statSync(join(cwd, name)));
    runCli(['lint', '--fix'], { cwd });
    const after = ['a.yaml', 'b.yaml'].map((name) => statSync(join(cwd, name)));
    expect(after.map(({ ino, mtimeMs }) => ({ ino, mtimeMs }))).toEqual(
      before.map(({ ino, mtimeMs }) => ({ ino, mtimeMs })),
    );
  });

  test('healthy documents of a broken file are fixed, the broken one is left as it is', () => {
    const cwd = makeFolder({ 'a.yaml': `${ESCALATING_POD}---\n${BROKEN}` });
    expect(runCli(['lint', '--fix'], { cwd }).code).toBe(3);
    expect(readText(cwd, 'a.yaml')).toBe(`${FIXED}---\n${BROKEN}`);
  });

  test('a fix that makes a file is not applied', () => {
    const cwd = makeFolder({
      'namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n',
      'pod.yaml': HARDENED_POD.replace('name: calm', 'name: calm\n  namespace: shop'),
    });
    runCli(['lint', '--fix'], { cwd });
    expect(readdirSync(cwd).sort()).toEqual(['namespace.yaml', 'pod.yaml']);
  });
});

describe('replacing a file', () => {
  test('a file that has changed meanwhile is left alone', () => {
    const cwd = makeFolder({ 'a.yaml': 'theirs\n' });
    const reason = replaceFile(join(cwd, 'a.yaml'), Buffer.from('ours\n'), Buffer.from('before\n'));
    expect(reason).toContain('changed by someone else');
    expect(readText(cwd, 'a.yaml')).toBe('theirs\n');
    expect(readdirSync(cwd)).toEqual(['a.yaml']);
  });

  test('what cannot be written gives a reason and leaves nothing behind', () => {
    const cwd = makeFolder();
    mkdirSync(join(cwd, 'folder.yaml'));
    for (const name of ['folder.yaml', 'none.yaml']) {
      expect(replaceFile(join(cwd, name), Buffer.from('new'), Buffer.from('old'))).toMatch(/folder|does not exist/);
    }
    expect(readdirSync(cwd)).toEqual(['folder.yaml']);
  });
});
