import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Project } from '../../server/src/engine/project';
import { checkFile, languageOf, openProject, toUri } from '../harness/lint-text';
import { type JsonReport, lintJson, makeFolder } from './run-cli';

type Fix = JsonReport['findings'][number]['fixes'][number];
type Files = ReadonlyMap<string, string>;

const EXAMPLES = join(import.meta.dirname, '../../examples');

function readExamples(write: (text: string) => string): Files {
  const names = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(yaml|json)$/.test(name),
  );
  return new Map(names.map((name) => [name, write(readFileSync(join(EXAMPLES, name), 'utf8'))]));
}

/** What the files of a fix become for a program that knows nothing but the report, and applies edits as editors do. */
function applyFix({ edits }: Fix, files: Files): Map<string, string> {
  const changed = new Map<string, string>();
  for (const file of new Set(edits.map((edit) => edit.file))) {
    const own = edits.filter((edit) => edit.file === file);
    const isNew = own.some(({ create }) => create);
    expect([files.has(file), own.length === 1 || !isNew]).toEqual([!isNew, true]);
    const document = TextDocument.create('', '', 0, files.get(file)?.replace(/^\uFEFF/, '') ?? '');
    changed.set(file, TextDocument.applyEdits(document, own));
  }
  return changed;
}

function setFiles(project: Project, files: Iterable<readonly [string, string]>): void {
  for (const [name, text] of files) project.setFile(toUri(name), text, languageOf(name));
}

test.each<[string, (text: string) => string]>([
  ['as they are', (text) => text],
  ['with CRLF behind a byte order mark', (text) => `\uFEFF${text.replaceAll('\n', '\r\n')}`],
])('edits of the report, applied by another program to the examples %s, take their finding away', (_, write) => {
  const files = readExamples(write);
  const cwd = makeFolder(Object.fromEntries(files));
  const { findings, errors } = lintJson([], { cwd }).report;
  expect(errors).toEqual([]);
  const project = openProject(Object.fromEntries(files));
  const count = (file: string, rule: string, message: string) =>
    checkFile(project, file).findings.filter((found) => found.rule === rule && found.message === message).length;
  let tried = 0;
  for (const { file, rule, message, fixes } of findings) {
    const before = count(file, rule, message);
    expect(before).toBeGreaterThan(0);
    for (const fix of fixes) {
      const changed = applyFix(fix, files);
      setFiles(project, changed);
      expect(count(file, rule, message), `${file}: ${fix.title}`).toBe(before - 1);
      for (const name of changed.keys()) expect(checkFile(project, name).unchecked, fix.title).toEqual([]);
      for (const name of changed.keys()) if (!files.has(name)) project.removeFile(toUri(name));
      setFiles(project, files);
      tried += 1;
    }
  }
  expect(tried).toBeGreaterThan(findings.length / 2);
});
