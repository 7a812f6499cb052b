import { type FileEdit, toFileEdits } from '../../server/src/engine/fix/to-edits';
import type { Fix, Operation } from '../../server/src/engine/operation';
import type { Project } from '../../server/src/engine/project';
import type { Rule } from '../../server/src/engine/rule';
import type { Settings, Severity } from '../../server/src/engine/settings';
import { Ref } from '../../server/src/syntax/ref';
import { readSource } from '../../server/src/syntax/source-file';
import { applyEdits, areEditsDisjoint } from '../../server/src/text/edit';
import type { Files, FoundIn } from './check';
import { checkFile, languageOf, openProject, toUri } from './lint-text';
import { toComments, toLeaves } from './plain';

const MAX_ROUNDS = 10;
const GRAVITY: Readonly<Record<Severity, number>> = { info: 1, warning: 2, error: 3 };

function fail(title: string, what: string, ...texts: string[]): never {
  throw new Error([`${title}: ${what}`, ...texts].join('\n--- text\n'));
}

/** Proves every fix of the findings given. */
export function proveFixes(
  rule: Rule,
  files: Files,
  settings: Partial<Settings>,
  found: readonly FoundIn[],
  title: string,
): void {
  for (const { finding } of found) {
    const project = openProject(files, settings);
    const count = finding.fixes.filter((fix) =>
      toFileEdits(project, relocate(project, files, finding.key), fix),
    ).length;
    if (rule.fixable === 'always' && count === 0)
      fail(title, 'declared always fixable, but no fix was offered', ...Object.values(files));
    if (rule.fixable === 'never' && finding.fixes.length > 0) fail(title, 'declared never fixable, but has a fix');
    for (const index of finding.fixes.keys()) proveFix(rule, files, settings, finding.key, index, title);
  }
}

function relocate(project: Project, files: Files, key: string) {
  for (const file of Object.keys(files)) {
    const finding = checkFile(project, file).findings.find((candidate) => candidate.key === key);
    if (finding) return finding;
  }
  throw new Error(`no finding ${key}`);
}

function proveFix(
  rule: Rule,
  files: Files,
  settings: Partial<Settings>,
  key: string,
  index: number,
  title: string,
): void {
  const project = openProject(files, settings);
  const finding = relocate(project, files, key);
  const fix = finding.fixes[index];
  const fileEdits = fix && toFileEdits(project, finding, fix);
  // A fix may decline; what "always" promises is checked by the caller.
  if (!fix || !fileEdits) return;
  const what = `${title}, fix "${fix.title}"`;
  const after = applyAll(files, fileEdits, what);
  for (const [file, text] of Object.entries(after)) {
    const before = files[file];
    if (before === text) continue;
    proveText(project, fix, file, before, text, what);
  }
  const fixed = openProject(after, settings);
  const before = countByRule(openProject(files, settings), files);
  const then = countByRule(fixed, after);
  if ((then.get(rule.id) ?? 0) >= (before.get(rule.id) ?? 0) && !fix.isLessening)
    fail(what, 'the finding is still there', ...Object.values(after));
  const saysTheSame = Object.keys(after).some((file) =>
    checkFile(fixed, file).findings.some((one) => one.rule === rule.id && one.message === finding.message),
  );
  const gravity = gravityOf(openProject(files, settings), files, rule);
  if (fix.isLessening && saysTheSame && gravityOf(fixed, after, rule) >= gravity)
    fail(what, 'the finding is as grave as before, and says as much', ...Object.values(after));
  for (const [id, count] of then) {
    if (id !== rule.id && count > (before.get(id) ?? 0) && !fix.reveals?.includes(id))
      fail(what, `the rule ${id} gains a finding`, ...Object.values(after));
  }
  proveConvergence(rule, after, settings, index, what);
}

/** Applies the edits of one fix to the files of a case. */
export function applyAll(files: Files, fileEdits: readonly FileEdit[], title: string): Record<string, string> {
  const after: Record<string, string> = { ...files };
  for (const { uri, edits, isNewFile } of fileEdits) {
    const file = uri.slice(toUri('').length);
    const text = files[file];
    if (isNewFile !== (text === undefined)) fail(title, `isNewFile is ${isNewFile} for ${file}`);
    if (!areEditsDisjoint(edits, (text ?? '').length)) fail(title, `edits overlap or are out of bounds in ${file}`);
    const result = applyEdits(text ?? '', edits);
    if (result === undefined || result === text) fail(title, `the text of ${file} does not change`, text ?? '');
    after[file] = result;
  }
  return after;
}

/** Proves that a fix changed nothing of a file's text but what it speaks of, and that what comes out can be read as before. */
export function proveText(
  project: Project,
  fix: Fix,
  file: string,
  before: string | undefined,
  text: string,
  title: string,
): void {
  const language = languageOf(file);
  const source = readSource(text, language);
  const problems = source.documents.flatMap(({ tree }) => tree.problems);
  const known =
    before === undefined ? 0 : readSource(before, language).documents.flatMap(({ tree }) => tree.problems).length;
  if (problems.length > known) fail(title, `new problem: ${problems[0]?.message}`, text);
  if (before === undefined) return;
  if (before.includes('\r\n') && /[^\r]\n/.test(text))
    fail(title, 'a line end lost its carriage return', JSON.stringify(text));
  if (before.startsWith('\uFEFF') !== text.startsWith('\uFEFF')) fail(title, 'the BOM did not survive', text);
  if (language === 'yaml') {
    const kept = toComments(text);
    for (const comment of toComments(before)) {
      const at = kept.indexOf(comment);
      if (at === -1 && !isOnRemovedLine(fix, before, comment) && !isInRemovedDocument(project, fix, file, comment))
        fail(title, `the comment "${comment}" is lost`, before, text);
      if (at !== -1) kept.splice(at, 1);
    }
  }
  proveOtherRoutes(project, fix, file, readSource(before, language), source, title);
}

/** What is written about a document goes with it. */
function isInRemovedDocument(project: Project, fix: Fix, file: string, comment: string): boolean {
  return checkFile(project, file).source.documents.some(({ tree }, index) => {
    return tree.text.includes(comment) && fix.operations.some((one) => isRemovalOf(project, one, file, index));
  });
}

/** A comment goes with the line of an entry that is removed. */
function isOnRemovedLine(fix: Fix, text: string, comment: string): boolean {
  const line = text.split(/\r?\n/).find((candidate) => candidate.includes(comment)) ?? '';
  return !line.trim().startsWith('#') && fix.operations.some(({ op }) => op === 'remove' || op === 'removeDocument');
}

function proveOtherRoutes(
  project: Project,
  fix: Fix,
  file: string,
  before: ReturnType<typeof readSource>,
  after: ReturnType<typeof readSource>,
  title: string,
): void {
  const documents = before.documents;
  /** How many documents are there more than before, up to this one. */
  let moved = 0;
  documents.forEach(({ tree }, index) => {
    if (fix.operations.some((operation) => isRemovalOf(project, operation, file, index))) {
      moved--;
      return;
    }
    const touched = fix.operations.flatMap((operation) => toTouchedRoutes(project, operation, file, index));
    const now = after.documents[index + moved];
    moved += fix.operations.filter((operation) => isInsertedAfter(project, operation, file, index)).length;
    if (!now) fail(title, 'a document is gone', after.text);
    const old = toLeaves(tree);
    const leaves = toLeaves(now.tree);
    const isTouched = (path: string): boolean =>
      touched.some(
        (route) => path === route || path.startsWith(`${route}/`) || route.startsWith(`${path}/`) || path === '',
      );
    for (const [path, value] of old) {
      if (!isTouched(path) && leaves.get(path) !== value)
        fail(title, `the value at ${path} changed`, before.text, after.text);
    }
    for (const path of leaves.keys()) {
      if (!isTouched(path) && !old.has(path)) fail(title, `a value appeared at ${path}`, before.text, after.text);
    }
  });
}

/** Routes that an operation may change in a document; removing an item moves its later neighbours too. */
function toTouchedRoutes(project: Project, operation: Operation, file: string, index: number): string[] {
  if (operation.op === 'createFile') return [];
  const target = operation.op === 'insertDocument' ? operation.after : operation.at;
  const path = target instanceof Ref ? target.path : target.path;
  if (!isTargetIn(project, target, file, index)) return [];
  if (operation.op === 'insertDocument') return path.length > 0 ? [`/${path.slice(0, -1).join('/')}`] : [];
  if (operation.op === 'removeDocument') return [`/${path.slice(0, path.lastIndexOf('items') + 1).join('/')}`];
  // An item says what it is as its list did, or says all of it.
  if (operation.op === 'set' && /^(apiVersion|kind)$/.test(String(path.at(-1)))) {
    return ['apiVersion', 'kind'].map((key) => `/${[...path.slice(0, -1), key].join('/')}`);
  }
  const up = operation.op === 'remove' ? 1 + (operation.upTo ?? 0) : operation.op === 'rename' ? 1 : 0;
  return [`/${path.slice(0, Math.max(1, path.length - up)).join('/')}`];
}

/** True for an operation that takes the document at `index` away, and not an item of a List. */
function isRemovalOf(project: Project, operation: Operation, file: string, index: number): boolean {
  if (operation.op !== 'removeDocument' || operation.at.path.includes('items')) return false;
  return isTargetIn(project, operation.at, file, index);
}

/** True for an operation that puts a document of its own behind the one at `index`. */
function isInsertedAfter(project: Project, operation: Operation, file: string, index: number): boolean {
  if (operation.op !== 'insertDocument' || operation.after.path.length > 0) return false;
  return isTargetIn(project, operation.after, file, index);
}

function isTargetIn(project: Project, target: Ref | { document: string }, file: string, index: number): boolean {
  if (target instanceof Ref) return checkFile(project, file).source.documents[index]?.tree === target.tree;
  const place = project.locate({ document: target.document, path: [] });
  return place?.uri === toUri(file) && place.source.documents[index]?.start === place.start;
}

function countByRule(project: Project, files: Files): Map<string, number> {
  const counts = new Map<string, number>();
  for (const file of Object.keys(files)) {
    for (const { rule } of checkFile(project, file).findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return counts;
}

/** How grave the findings of a rule are together. */
function gravityOf(project: Project, files: Files, rule: Rule): number {
  const found = Object.keys(files).flatMap((file) => checkFile(project, file).findings);
  return found.reduce((sum, one) => sum + (one.rule === rule.id ? GRAVITY[one.severity] : 0), 0);
}

/** Taking the same fix again and again ends, with nothing of the rule left that has that fix. */
function proveConvergence(rule: Rule, files: Files, settings: Partial<Settings>, index: number, title: string): void {
  let current: Record<string, string> = { ...files };
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const project = openProject(current, settings);
    const next = Object.keys(current)
      .flatMap((file) => checkFile(project, file).findings)
      .filter((finding) => finding.rule === rule.id)
      .flatMap((finding) => {
        const fix = finding.fixes[index] ?? finding.fixes[0];
        const edits = fix && toFileEdits(project, finding, fix);
        return edits ? [edits] : [];
      })[0];
    if (!next) return;
    current = applyAll(current, next, title);
  }
  fail(title, `does not converge in ${MAX_ROUNDS} rounds`, ...Object.values(current));
}
