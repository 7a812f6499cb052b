import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixAll } from '../../server/src/engine/fix/fix-all';
import type { FileFinding } from '../../server/src/engine/project';
import { checkFile, openProject, RULE_SET, toUri } from '../harness/lint-text';
import { COUNTERPARTS, type Counterpart } from './peer-checks';
import { DIFFERENCES, type PeerLabel } from './peer-differences';

// Three peers' own test cases are not part of this repository; the test runs where they are laid.
const corpus = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const folder = join(corpus, 'peers');
const list = join(folder, 'labels.jsonl');
const isThere = existsSync(list);

if (!isThere) console.log(`Skipped: no cases of peers at ${folder} (set BREAKWATER_CORPUS to where they are).`);

/** Every rule counts here, whether it is on by itself or not. */
const SETTINGS = { rules: Object.fromEntries(RULE_SET.all.map(({ id }) => [id, 'warning' as const])) };

function readTexts(path: string): string[] {
  const full = join(folder, path);
  if (!statSync(full).isDirectory()) return [readFileSync(full, 'utf8')];
  const names = readdirSync(full, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ya?ml|json)$/.test(name));
  return names.sort().map((name) => readFileSync(join(full, name), 'utf8'));
}

function isOf({ rules, route }: Counterpart, { rule, key }: FileFinding): boolean {
  return rules.includes(rule) && (!route || route.test(key.replace(/#\d+$/, '')));
}

/** True when the finding is of the object that a label names: `Pod.namespace.name…`. */
function isAbout(object: string | null, { resource }: FileFinding): boolean {
  if (object === null) return true;
  const [kind, namespace, name] = object.split('.');
  return kind === resource?.kind && namespace === (resource?.namespace ?? 'default') && name === resource?.name;
}

/** What we say of a label's file: `fail`, `pass`, or `fixed`. */
function judge({ src, expect: expected, file, object }: PeerLabel, counterpart: Counterpart): string {
  const texts = readTexts(file);
  const projects = texts.map((text) => openProject({ 'pod.yaml': text }, SETTINGS));
  const find = () =>
    projects.flatMap((project) => checkFile(project, 'pod.yaml').findings.filter((one) => isOf(counterpart, one)));
  if (expected === 'fixed' || src === 'kubeaudit-fix') {
    const only = (finding: FileFinding) => isOf(counterpart, finding);
    for (const project of projects) {
      const fixed = fixAll(project, toUri('pod.yaml'), { safety: 'unsafe', only });
      if (fixed) project.setFile(toUri('pod.yaml'), fixed.text, 'yaml');
    }
    return find().length === 0 ? 'fixed' : 'fail';
  }
  return find().some((finding) => isAbout(object, finding)) ? 'fail' : 'pass';
}

describe.runIf(isThere)("peers' cases for pods", () => {
  const labels: PeerLabel[] = isThere
    ? readFileSync(list, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

  it('are judged as the peers judge them, or the standard says why not', () => {
    const counts = { judged: 0, agreed: 0, explained: 0 };
    const used = new Map<string, number>();
    const unexplained: string[] = [];
    for (const label of labels) {
      const peer = label.src.split('-')[0] ?? '';
      const counterpart = COUNTERPARTS[`${peer}/${label.check}`];
      if (!counterpart && label.area !== 'pss') continue;
      counts.judged++;
      const found = counterpart && judge(label, counterpart);
      if (found === label.expect) {
        counts.agreed++;
        continue;
      }
      const text = readTexts(label.file).join('\n---\n');
      const difference = DIFFERENCES.find((one) => one.covers({ label, peer, found, text }));
      if (!difference) {
        unexplained.push(
          `${peer}/${label.check} ${label.file} ${label.object ?? ''}: ${label.expect}, here ${found ?? 'no rule'}`,
        );
        continue;
      }
      counts.explained++;
      used.set(difference.reason, (used.get(difference.reason) ?? 0) + 1);
    }
    const reasons = [...used].map(([reason, count]) => `  ${count}: ${reason}`);
    console.log(
      [
        `Peers' labels: ${counts.judged} judged, ${counts.agreed} agreed, ${counts.explained} explained`,
        ...reasons,
      ].join('\n'),
    );
    expect(counts.judged).toBeGreaterThan(0);
    expect(unexplained).toEqual([]);
    expect(Object.fromEntries(used)).toEqual(
      Object.fromEntries(DIFFERENCES.map(({ reason, count }) => [reason, count])),
    );
  });
});
