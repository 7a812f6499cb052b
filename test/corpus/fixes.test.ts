import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toFileEdits } from '../../server/src/engine/fix/to-edits';
import type { Fix } from '../../server/src/engine/operation';
import type { FileFinding, Project } from '../../server/src/engine/project';
import { getLanguageOfName } from '../../server/src/syntax/language';
import { checkFile, languageOf, openProject, RULE_SET, toUri } from '../harness/lint-text';
import { applyAll, proveText } from '../harness/prove-fix';

const CORPUS = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const isPresent = existsSync(join(CORPUS, 'real')) && existsSync(join(CORPUS, 'peers'));

if (!isPresent) console.warn(`No corpus at ${CORPUS} (BREAKWATER_CORPUS names it): no fixes tried on it.`);

/** Generated definitions of custom resources take seconds to read and hold no more kinds of findings. */
const MAX_LENGTH = 120_000;

/** Rules that are off by default are tried as well. */
const SETTINGS = {
  rules: Object.fromEntries(
    RULE_SET.all.flatMap(({ id, severity, isDefault }) => (isDefault === false ? [[id, severity]] : [])),
  ),
};

/** The files of a folder that the command line reads, by their path below it. */
function readFolder(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && getLanguageOfName(entry.name) !== undefined)
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')] as const)
    .filter(([name, text]) => !name.endsWith('.json') || /apiVersion|"sts:/.test(text));
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

interface Trial {
  readonly tried: number;
  readonly declined: number;
  readonly faults: readonly string[];
}

/** Makes fixes of a project's findings, each by itself; of each kind of fix so many. */
function tryFixes(files: Readonly<Record<string, string>>, counts: Map<string, number>, most: number): Trial {
  const project = openProject(files, SETTINGS);
  const faults: string[] = [];
  let [tried, declined] = [0, 0];
  for (const [file, text] of Object.entries(files)) {
    if (text.length > MAX_LENGTH) continue;
    for (const finding of checkFile(project, file).findings) {
      for (const fix of finding.fixes) {
        const kind = `${finding.rule}: ${fix.title.replace(/"[^"]*"|\d+/g, '…')}`;
        const count = (counts.get(kind) ?? 0) + 1;
        if (count > most) continue;
        counts.set(kind, count);
        tried++;
        const fault = tryFix(project, files, file, finding, fix);
        if (fault === 'declined') declined++;
        else if (fault !== undefined) faults.push(`${file}, ${kind}: ${fault}`);
      }
    }
  }
  return { tried, declined, faults };
}

/** What is wrong with a fix; undefined where nothing is. */
function tryFix(
  project: Project,
  files: Readonly<Record<string, string>>,
  file: string,
  finding: FileFinding,
  fix: Fix,
): string | undefined {
  const edits = toFileEdits(project, finding, fix);
  if (!edits) return 'declined';
  try {
    const after = applyAll(files, edits, 'a fix');
    const fork = project.fork();
    const changed = Object.keys(after).filter((name) => after[name] !== files[name]);
    for (const name of changed) {
      const text = after[name] ?? '';
      proveText(project, fix, name, files[name], text, 'a fix');
      fork.setFile(toUri(name), text, languageOf(name));
    }
    const touched = [...new Set([file, ...changed])];
    return judge(
      find(
        project,
        touched.filter((name) => name in files),
      ),
      find(fork, touched),
      finding,
      fix,
    );
  } catch (error) {
    return String(error).slice(0, 2_000);
  }
}

function find(project: Project, files: readonly string[]): FileFinding[] {
  return files.flatMap((file) => checkFile(project, file).findings);
}

function judge(
  before: readonly FileFinding[],
  after: readonly FileFinding[],
  { rule, key, message, severity }: FileFinding,
  fix: Fix,
): string | undefined {
  const count = (findings: readonly FileFinding[], id: string) => findings.filter((one) => one.rule === id).length;
  const same = after.find((one) => one.key === key && one.message === message && one.severity === severity);
  if ((same || !fix.isLessening) && count(after, rule) >= count(before, rule)) return 'the finding is still there';
  const gained = after.find(
    (one) => one.rule !== rule && !fix.reveals?.includes(one.rule) && count(after, one.rule) > count(before, one.rule),
  );
  return gained && `an undeclared ${gained.severity}: ${gained.rule}: ${gained.message}`;
}

describe.skipIf(!isPresent)('each fix by itself, on files that people wrote', () => {
  const show = (what: string, trials: readonly Trial[]): string[] => {
    const sum = (of: (trial: Trial) => number) => trials.reduce((total, trial) => total + of(trial), 0);
    const faults = trials.flatMap((one) => one.faults);
    console.log(
      `${what}: ${sum(({ tried }) => tried)} fixes tried, ${sum(({ declined }) => declined)} declined, ${faults.length} faults`,
    );
    expect(sum(({ tried }) => tried)).toBeGreaterThan(500);
    return faults;
  };

  test('can be read, takes its finding away, brings no undeclared finding and leaves all else as it was: repositories', () => {
    const folder = join(CORPUS, 'real');
    const repositories = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const trials = repositories.map(({ name }) => tryFixes(readFolder(join(folder, name)), new Map(), 2));
    expect(show('repositories', trials)).toEqual([]);
  }, 600_000);

  test('the same: cases of peers, each file by itself', () => {
    const counts = new Map<string, number>();
    const files = Object.entries(readFolder(join(CORPUS, 'peers')));
    const trials = files.map(([name, text]) => tryFixes({ [name.split('/').at(-1) ?? name]: text }, counts, 10));
    expect(show('cases of peers', trials)).toEqual([]);
  }, 600_000);
});
