import { expect, test } from 'vitest';
import { lintJson, makeFolder, runCli } from './run-cli';

const WORKER = `apiVersion: example.com/v1beta1
kind: Worker
metadata: { name: crunch }
spec:
  template:
    spec:
      containers:
        - name: crunch
          image: registry.example.com/crunch:1.0
          securityContext: { privileged: true }
`;

function lint(podTemplates: string): string[] {
  const cwd = makeFolder({ 'worker.yaml': WORKER, '.breakwater.yaml': podTemplates });
  return lintJson([], { cwd }).report.findings.map(({ rule }) => rule);
}

test('a custom resource is judged by the pods that the configuration tells of, whatever its version', () => {
  expect(lint('# nothing\n')).toEqual([]);
  const entry = (group: string) =>
    `podTemplates:\n  - apiVersion: ${group}/v1\n    kind: Worker\n    path: spec.template\n`;
  expect(lint(entry('example.com'))).toContain('privileged-container');
  expect(lint(entry('example.org'))).toEqual([]);
});

test('an entry that cannot be used is named with its place', () => {
  const text = 'podTemplates:\n  - apiVersion: example.com/v1\n    kind: worker\n    path: spec.template\n';
  const cwd = makeFolder({ 'worker.yaml': WORKER, '.breakwater.yaml': text });
  const { code, stderr } = runCli(['lint'], { cwd });
  expect(code).toBe(2);
  const before = text.slice(0, text.indexOf('worker')).split('\n');
  const place = `.breakwater.yaml:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: `;
  expect(stderr).toContain(`${place}"kind" must be`);
});
