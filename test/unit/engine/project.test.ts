import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/settings';
import { checkFile, openProject, toUri } from '../../harness/lint-text';

const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
`;
const POLICY = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`;

type Project = ReturnType<typeof openProject>;

function rulesIn(project: Project, file: string): string[] {
  return checkFile(project, file).findings.map(({ rule }) => rule);
}

/** Replaces the first occurrence of some text, as an editor would: by an edit of the project's file. */
function replaceIn(project: Project, file: string, from: string, to: string): void {
  const text = project.getText(toUri(file)) ?? '';
  const start = text.indexOf(from);
  expect(start).toBeGreaterThanOrEqual(0);
  const span = { start, end: start + from.length };
  project.editFile(toUri(file), { span, newText: to }, text.slice(0, start) + to + text.slice(span.end));
}

describe('what other files say', () => {
  test('a finding goes and comes as a policy of another file does', () => {
    const project = openProject({ 'namespace.yaml': NAMESPACE, 'web.yaml': POD });
    expect(rulesIn(project, 'namespace.yaml')).toContain('default-deny-missing');
    project.takeStale();
    project.setFile(toUri('policy.yaml'), POLICY, 'yaml');
    expect(project.takeStale()).toContain(toUri('namespace.yaml'));
    expect(rulesIn(project, 'namespace.yaml')).not.toContain('default-deny-missing');
    project.removeFile(toUri('policy.yaml'));
    expect(rulesIn(project, 'namespace.yaml')).toContain('default-deny-missing');
  });

  test('an edit that changes no fact leaves other files alone', () => {
    const project = openProject({ 'namespace.yaml': NAMESPACE, 'web.yaml': POD });
    rulesIn(project, 'namespace.yaml');
    rulesIn(project, 'web.yaml');
    project.takeStale();
    replaceIn(project, 'web.yaml', 'web:1.4.2', 'web:1.4.3');
    expect(project.takeStale()).toEqual([toUri('web.yaml')]);
  });

  test('text that cannot be read while it is typed still says what it said before', () => {
    const project = openProject({ 'namespace.yaml': NAMESPACE, 'web.yaml': POD, 'policy.yaml': POLICY });
    expect(rulesIn(project, 'namespace.yaml')).not.toContain('default-deny-missing');
    project.takeStale();
    replaceIn(project, 'policy.yaml', '[Ingress, Egress]', '[Ingress, Egress');
    expect(checkFile(project, 'policy.yaml').unchecked).toHaveLength(1);
    expect(project.takeStale()).toEqual([toUri('policy.yaml')]);
    expect(rulesIn(project, 'namespace.yaml')).not.toContain('default-deny-missing');
  });

  test('the order in which files are loaded makes no difference', () => {
    const files = { 'a.yaml': NAMESPACE, 'b.yaml': POD, 'c.yaml': POLICY.replace('Ingress, ', '') };
    const forwards = openProject(files);
    const backwards = openProject(Object.fromEntries(Object.entries(files).reverse()));
    for (const file of Object.keys(files)) {
      expect(rulesIn(forwards, file)).toEqual(rulesIn(backwards, file));
    }
  });
});

describe('custom resources', () => {
  const toObject = (apiVersion: string, kind: string, spec: string): string =>
    `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: web\nspec:\n${spec}`;
  const TEMPLATE = `  template:
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.4.2
          securityContext:
            privileged: true
`;

  test.each([
    ['argoproj.io/v1alpha1', 'Rollout', TEMPLATE],
    ['serving.knative.dev/v1', 'Service', TEMPLATE],
    ['apps.openshift.io/v1', 'DeploymentConfig', TEMPLATE],
    ['keda.sh/v1alpha1', 'ScaledJob', `  jobTargetRef:\n${TEMPLATE.replace(/^/gm, '  ').trimEnd()}\n`],
    [
      'argoproj.io/v1alpha1',
      'CronWorkflow',
      '  workflowSpec:\n    templates:\n      - name: main\n        container:\n          image: a:1\n          securityContext:\n            privileged: true\n',
    ],
  ])('%s %s is judged by its pods', (apiVersion, kind, spec) => {
    const project = openProject({ 'a.yaml': toObject(apiVersion, kind, spec) });
    expect(rulesIn(project, 'a.yaml')).toContain('privileged-container');
  });

  test('an unknown kind is not guessed at, and one that the settings tell of is judged', () => {
    const text = toObject('example.com/v1', 'Worker', TEMPLATE);
    const project = openProject({ 'a.yaml': text });
    expect(rulesIn(project, 'a.yaml')).toEqual([]);
    const podRoutes = [{ groups: ['example.com'], kind: 'Worker', path: 'spec.template' }];
    project.setSettings(() => ({ ...DEFAULT_SETTINGS, podRoutes }));
    expect(project.takeStale()).toContain(toUri('a.yaml'));
    expect(rulesIn(project, 'a.yaml')).toContain('privileged-container');
  });

  test('a workflow of a template inherits the security context of the workflow', () => {
    const spec =
      '  securityContext:\n    runAsNonRoot: true\n  templates:\n    - name: main\n      script:\n        image: a:1\n        source: echo\n';
    const project = openProject({ 'a.yaml': toObject('argoproj.io/v1alpha1', 'Workflow', spec) });
    expect(rulesIn(project, 'a.yaml')).toContain('privilege-escalation-allowed');
    expect(rulesIn(project, 'a.yaml')).not.toContain('run-as-root-allowed');
  });
});

test('a workload that is only a patch of one is not judged for what it leaves out', () => {
  const patch =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    spec:\n      containers:\n        - name: web\n          image: registry.example.com/web:1.4.2\n';
  expect(rulesIn(openProject({ 'patch.yaml': patch }), 'patch.yaml')).toEqual([]);
});
