import { expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import { type FileReport, Project } from '../../../server/src/engine/project';
import { getRbacHover } from '../../../server/src/engine/rbac-hover';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/settings';
import { RULE_SET, toUri } from '../../harness/lint-text';
import { CLUSTER, RIGHTS } from './fixtures';

const FAULTY: Readonly<Record<string, string>> = {
  ...CLUSTER,
  ...RIGHTS,
  'typo.yaml': (CLUSTER['reader-binding.yaml'] ?? '').replace('name: reader\n', 'name: raeder\n').replace('web', 'wbe'),
  'wide.yaml': (CLUSTER['monitoring-binding.yaml'] ?? '')
    .replace('system:serviceaccounts:shop', 'system:authenticated')
    .replace('name: monitors', 'name: everybody'),
};
const NAMES = Object.keys(FAULTY);

/** A generator of numbers below a bound, the same for the same seed. */
function toRandom(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
}

function shuffle<T>(items: readonly T[], random: (bound: number) => number): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random(left.length), 1));
}

/** All that is found and all that hovers say, free of the identities by which a project tells documents apart. */
function toAnswers(project: Project): unknown {
  return NAMES.map((name) => {
    const uri = toUri(name);
    const report = project.check(uri) as FileReport;
    const findings = report.findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: finding.message,
      span: finding.span,
      related: finding.related.map((one) => [one.message, project.locate(one.place)?.uri, one.place.path]),
      fixes: finding.fixes.map((fix) => [fix.title, toFileEdits(project, finding, fix)]),
    }));
    const hovers = [...report.source.text.matchAll(/name: /g)].map(
      (match) => getRbacHover(project, uri, match.index + match[0].length)?.markdown,
    );
    return { name, findings, hovers };
  });
}

const open = () => new Project(RULE_SET, () => DEFAULT_SETTINGS);
const add = (project: Project, name: string) => project.setFile(toUri(name), FAULTY[name] ?? '', 'yaml');

test('files say the same in any order, and after detours', () => {
  const expected = open();
  for (const name of NAMES) add(expected, name);
  const answers = toAnswers(expected);
  const text = JSON.stringify(answers);
  for (const said of [
    'Did you mean',
    'may throw pods out by',
    'Grant get on login only',
    'of its own for Deployment',
  ]) {
    expect(text).toContain(said);
  }
  for (const said of ['Bind ServiceAccount job of namespace shop', 'Grant patch on mine only', 'They can:']) {
    expect(text).toContain(said);
  }
  for (let seed = 1; seed <= 25; seed++) {
    const random = toRandom(seed);
    const project = open();
    for (const name of shuffle(NAMES, random)) {
      add(project, name);
      // Somebody looks while files are still being read, so that answers are remembered and have to be forgotten.
      if (random(3) === 0) project.check(toUri(name));
      if (random(4) === 0) {
        project.setFile(toUri(name), (FAULTY[name] ?? '').replaceAll('shop', 'elsewhere'), 'yaml');
        project.check(toUri(name));
        add(project, name);
      }
      if (random(5) === 0) {
        project.removeFile(toUri(name));
        add(project, name);
      }
    }
    expect(toAnswers(project), `seed ${seed}`).toEqual(answers);
  }
});
