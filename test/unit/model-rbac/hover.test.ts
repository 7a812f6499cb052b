import { describe, expect, test } from 'vitest';
import { getRbacHover } from '../../../server/src/engine/rbac-hover';
import { openProject, toUri } from '../../harness/lint-text';
import { CLUSTER } from './fixtures';

/** The hover on the last character of the first `needle` behind `after`. */
function hover(file: string, needle: string, files = CLUSTER, after = '') {
  const text = files[file] ?? '';
  const at = text.indexOf(needle, text.indexOf(after));
  const found = getRbacHover(openProject(files), toUri(file), at + needle.length);
  return found && { ...found, text: text.slice(found.span.start, found.span.end) };
}

/** A link to the line of `needle` in a file. */
function link(text: string, file: string, needle: string): string {
  const before = (CLUSTER[file] ?? '').split(needle)[0] ?? '';
  return `[${text}](${toUri(file)}#L${before.split('\n').length})`;
}

describe('a ServiceAccount', () => {
  test('what it can do, by whom, and where that stands', () => {
    const found = hover('accounts.yaml', 'name: web');
    expect(found?.text).toBe('web');
    const readers = link('RoleBinding `readers`', 'reader-binding.yaml', 'kind:');
    const monitors = link('ClusterRoleBinding `monitors`', 'monitoring-binding.yaml', 'kind:');
    const reader = (needle: string) => link('Role `reader`', 'reader.yaml', needle);
    const metrics = (needle: string) => link('ClusterRole `nodes-metrics`', 'monitoring.yaml', needle);
    expect(found?.markdown).toBe(
      [
        '**ServiceAccount `web` of namespace `shop`** can:',
        '',
        'In the whole cluster:',
        `- get \`nodes/metrics\` (${metrics('apiGroups')}), as every ServiceAccount of namespace \`shop\`, by ${monitors}`,
        `- GET at \`/metrics\` (${metrics('nonResourceURLs')}), as every ServiceAccount of namespace \`shop\`, by ${monitors}`,
        '',
        'In namespace `shop`:',
        `- read \`pods\` and \`services\` (${reader('apiGroups')}), by ${readers}`,
        `- get and change \`deployments\` of \`apps\` named \`web\` (${reader('apiGroups: [apps]')}), by ${readers}`,
      ].join('\n'),
    );
  });

  test('the same on a subject', () => {
    expect(hover('reader-binding.yaml', 'name: web')?.markdown).toBe(hover('accounts.yaml', 'name: web')?.markdown);
  });

  test('the same on the account of a pod', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: p\n  namespace: shop\nspec:\n  serviceAccountName: web\n  containers:\n    - name: c\n      image: c:1\n';
    const files = { ...CLUSTER, 'pod.yaml': pod };
    expect(hover('pod.yaml', 'Name: web', files)?.markdown).toBe(hover('accounts.yaml', 'name: web')?.markdown);
  });

  test('roles of the API server are said in words, with what the workspace adds to them', () => {
    const text = hover('accounts.yaml', 'name: job')?.markdown;
    expect(text).toContain('In namespace `library`:');
    expect(text).toContain('read nearly everything of a namespace, but not Secrets and Roles');
    expect(text).toContain('- read `books` of `example.com`');
  });

  test('nothing is said to be nothing', () => {
    const files = { 'accounts.yaml': CLUSTER['accounts.yaml'] ?? '' };
    expect(hover('accounts.yaml', 'name: web', files)?.markdown).toBe(
      '**ServiceAccount `web` of namespace `shop`** is given no rights by the files of the workspace.',
    );
  });
});

describe('a role', () => {
  test('what it grants, and who holds it', () => {
    const text = hover('reader.yaml', 'name: reader')?.markdown ?? '';
    expect(text).toContain('**Role `reader`** lets its holders, in namespace `shop`:\n\n- read `pods` and `services`');
    expect(text).toContain('Held by:\n- ServiceAccount `web` of namespace `shop` in namespace `shop`, by [RoleBinding');
    expect(text).toContain('- Group `developers` in namespace `shop`');
  });

  test('the same on a roleRef', () => {
    const onRef = hover('reader-binding.yaml', 'name: reader', CLUSTER, 'roleRef');
    expect(onRef?.markdown).toBe(hover('reader.yaml', 'name: reader')?.markdown);
  });

  test('held through a role that takes it over', () => {
    expect(hover('monitoring.yaml', 'name: nodes-metrics')?.markdown).toContain(
      '- every ServiceAccount of namespace `shop` in the whole cluster through `monitoring`, by [ClusterRoleBinding',
    );
  });

  test('held by nobody, and not here', () => {
    const text = (CLUSTER['reader-binding.yaml'] ?? '').replace('name: reader\n', 'name: other\n');
    const files = { 'reader-binding.yaml': text, 'reader.yaml': CLUSTER['reader.yaml'] ?? '' };
    expect(hover('reader.yaml', 'name: reader', files)?.markdown).toContain(
      'No file of the workspace gives it to anybody.',
    );
    expect(hover('reader-binding.yaml', 'name: other', files)?.markdown).toContain(
      '- do what Role `other` grants, which no file here holds',
    );
  });

  test('wildcards stand out', () => {
    const text = (CLUSTER['reader.yaml'] ?? '')
      .replace('verbs: [get, list, watch]', 'verbs: ["*"]')
      .replace('resources: [deployments]', 'resources: ["*"]');
    const markdown = hover('reader.yaml', 'name: reader', { 'reader.yaml': text })?.markdown;
    expect(markdown).toContain('- **do everything** with `pods` and `services`');
    expect(markdown).toContain('**every resource** of `apps`');
  });
});

describe('a binding', () => {
  test('whom it gives which role, and what they can do by it', () => {
    const readers = hover('reader-binding.yaml', 'name: readers');
    expect(readers?.text).toBe('readers');
    const reader = (needle: string) => link('Role `reader`', 'reader.yaml', needle);
    expect(readers?.markdown).toBe(
      [
        `**RoleBinding \`readers\`** gives ${link('Role `reader`', 'reader.yaml', 'kind: Role')}, in namespace \`shop\`, to:`,
        '',
        '- ServiceAccount `web` of namespace `shop`',
        '- Group `developers`',
        '',
        'They can:',
        `- read \`pods\` and \`services\` (${reader('apiGroups')})`,
        `- get and change \`deployments\` of \`apps\` named \`web\` (${reader('apiGroups: [apps]')})`,
      ].join('\n'),
    );
  });

  test('in the whole cluster, of a role that others make up', () => {
    const monitors = hover('monitoring-binding.yaml', 'name: monitors')?.markdown;
    expect(monitors).toContain(', in the whole cluster, to:\n\n- every ServiceAccount of namespace `shop`\n\n');
    expect(monitors).toContain('They can:\n- get `nodes/metrics` ([ClusterRole `nodes-metrics`]');
  });

  test('to nobody, of a role that is not here', () => {
    const text = (CLUSTER['reader-binding.yaml'] ?? '').replace(/subjects:[\s\S]*roleRef/, 'subjects: []\nroleRef');
    const found = hover('b.yaml', 'name: readers', { 'b.yaml': text })?.markdown;
    expect(found).toContain('gives Role `reader`, in namespace `shop`, to:\n\n- nobody that can be read here');
    expect(found).toContain('- do what Role `reader` grants, which no file here holds');
  });
});

test('in a namespace, what is in none is not in force', () => {
  const text = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: wide
rules:
  - apiGroups: [""]
    resources: [pods, nodes, namespaces]
    verbs: [get]
  - apiGroups: [""]
    resources: [namespaces]
    verbs: [list]
  - apiGroups: [rbac.authorization.k8s.io]
    resources: [clusterroles]
    verbs: [bind]
  - nonResourceURLs: [/metrics]
    verbs: [get]
`;
  const bound = (kind: string) =>
    (CLUSTER['reader-binding.yaml'] ?? '')
      .replace('kind: RoleBinding', `kind: ${kind}`)
      .replace('kind: Role\n', 'kind: ClusterRole\n')
      .replace('name: reader\n', 'name: wide\n');
  const linesOf = (kind: string) =>
    (hover('b.yaml', 'name: readers', { 'b.yaml': bound(kind), 'r.yaml': text })?.markdown ?? '')
      .split('They can:\n')[1]
      ?.split('\n')
      .map((line) => line.replace(/^- /, '').replace(/ \(\[.*/, ''));
  expect(linesOf('ClusterRoleBinding')).toEqual([
    'get `pods`, `nodes` and `namespaces`',
    'list `namespaces`',
    'bind `clusterroles` that grant more than it may do itself',
    'GET at `/metrics`',
  ]);
  expect(linesOf('RoleBinding')).toEqual([
    'get `pods` and `namespaces`',
    'nothing with `nodes`, as they are in no namespace',
    'nothing with `namespaces`, as they are in no namespace',
    'bind `clusterroles` that grant more than it may do itself',
    'nothing at `/metrics`, which is in no namespace',
  ]);
});

test('elsewhere nothing is said, and names cannot break the Markdown', () => {
  expect(hover('reader.yaml', 'verbs')).toBeUndefined();
  expect(hover('reader.yaml', 'kind: Role')).toBeUndefined();
  const files = { 'a.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: "a`[x](y)"\n' };
  expect(hover('a.yaml', 'a`', files)?.markdown).toContain("`a'[x](y)`");
});
