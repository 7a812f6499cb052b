import { expect, test } from 'vitest';
import { fixAll } from '../../../server/src/engine/fix/fix-all';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import rule from '../../../server/src/rules/yaml/duplicate-key';
import { applyEdits } from '../../../server/src/text/edit';
import { check } from '../../harness/check';
import { checkFile, openProject, toUri } from '../../harness/lint-text';

const pod = (rest: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: registry.example.com/web:1.4.2\n${rest}`;

function anchorsOf(text: string): string[] {
  const { findings, source } = checkFile(openProject({ 'a.yaml': text }), 'a.yaml');
  return findings.filter((found) => found.rule === rule.id).map(({ span }) => source.text.slice(span.start));
}

test('points at the second one, whatever it hides', () => {
  const [found, ...others] = anchorsOf(pod('spec: {}\n'));
  expect(found).toBe('spec: {}\n');
  expect(others).toEqual([]);
});

test('one for each, also of the same key, also deep inside', () => {
  expect(anchorsOf(pod('  hostPID: false\n  hostPID: false\n  hostPID: true\n'))).toHaveLength(2);
  check(rule, pod('      securityContext: { runAsUser: 20001, runAsUser: 20002 }\n'), 1);
});

test('leaves files alone that are no Kubernetes objects, and keys of different mappings', () => {
  expect(anchorsOf('services: {}\nservices: {}\n')).toEqual([]);
  expect(anchorsOf(pod('  hostPID: false\n---\nkind: List\nkind: List\n'))).toEqual([]);
});

test('is told of a condition of a trust policy by the rule for those', () => {
  const text = '{ "Statement": [], "Statement": [] }';
  const found = checkFile(openProject({ 'a.json': text }), 'a.json').findings;
  expect(found.map((finding) => finding.rule)).not.toContain(rule.id);
});

/** The text after each fix of the only finding, by the fix's title. */
function fixesOf(text: string): Record<string, string | undefined> {
  const project = openProject({ 'a.yaml': text });
  const [finding] = checkFile(project, 'a.yaml').findings.filter(({ rule: id }) => id === rule.id);
  const entries = (finding?.fixes ?? []).map((fix) => {
    const [edit] = (finding && toFileEdits(project, finding, fix)) ?? [];
    return [fix.title, edit && applyEdits(text, edit.edits)] as const;
  });
  return Object.fromEntries(entries);
}

const FIRST = 'Remove the first, which does not count';

test('merges what only the first of two mappings says, or leaves one of them', () => {
  const twice = (first: string, last: string) =>
    pod(`      securityContext:\n${first}      # why\n      securityContext: # now\n${last}`);
  const [one, two] = ['        runAsUser: 20001 # a\n', '        runAsGroup: 20002\n'];
  const text = twice(`${one}        runAsGroup: 20001\n`, two);
  const last = (rest: string) => pod(`      # why\n      securityContext: # now\n${two}${rest}`);
  expect(fixesOf(text)).toEqual({
    [FIRST]: last(''),
    'Remove the last, so that the first counts': pod(
      `      securityContext:\n${one}        runAsGroup: 20001\n      # why\n`,
    ),
  });
  expect(fixesOf(text.replace(' # a', ''))).toMatchObject({
    'Merge the first into the last': last('        runAsUser: 20001\n'),
  });
  check(rule, text, 1);
});

test('of three the first goes, and then the next', () => {
  const text = pod('      tty: false\n      tty: false\n      tty: true\n');
  expect(fixesOf(text)).toEqual({ [FIRST]: pod('      tty: false\n      tty: true\n') });
  const messages = checkFile(openProject({ 'a.yaml': text }), 'a.yaml').findings.filter(
    ({ rule: id }) => id === rule.id,
  );
  expect(messages.map(({ message }) => /only (the last|this) one counts/.exec(message)?.[1])).toEqual([
    'the last',
    'this',
  ]);
});

test('fix-all removes one of two that say the same, and nothing else', () => {
  const fixed = (text: string) => {
    const only = (finding: { rule: string }) => finding.rule === rule.id;
    return fixAll(openProject({ 'a.yaml': text }), toUri('a.yaml'), { safety: 'safe', only })?.text;
  };
  expect(fixed(pod('      env: []\n      env: [] # two\n'))).toBe(pod('      env: [] # two\n'));
  expect(fixed(pod('      tty: false\n      tty: true\n'))).toBeUndefined();
});

test('declines where the first holds the anchor of others', () => {
  expect(fixesOf(pod('      env: &e []\n      env: *e\n'))[FIRST]).toBeUndefined();
});

test('belongs to the object of a List that holds it', () => {
  const item = (name: string) =>
    `  - { apiVersion: v1, kind: Namespace, metadata: { name: ${name}, name: ${name} } }\n`;
  const text = `apiVersion: v1\nkind: List\nitems:\n${item('one')}${item('two')}`;
  const found = checkFile(openProject({ 'a.yaml': text }), 'a.yaml').findings.filter(({ rule: id }) => id === rule.id);
  expect(found.map(({ resource }) => resource?.name)).toEqual(['one', 'two']);
});
