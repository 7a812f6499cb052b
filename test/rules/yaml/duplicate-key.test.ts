import { expect, test } from 'vitest';
import rule from '../../../server/src/rules/yaml/duplicate-key';
import { check } from '../../harness/check';
import { checkFile, openProject } from '../../harness/lint-text';

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
  check(rule, pod('      securityContext: { privileged: true, privileged: false }\n'), 1);
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
