import { describe, expect, test } from 'vitest';
import { findTargetAt, getAccessGraph } from '../../../server/src/engine/graph/access-graph';
import { openProject, toUri } from '../../harness/lint-text';
import { drawAt, nodeOf, REFUSED, SHOP, toDeployment, toSentences } from './fixtures';

const RIGHTS_OF_WEB = [
  'ClusterRole view takes over ClusterRole books-viewer',
  'ClusterRoleBinding everybody-views grants ClusterRole view',
  'Group system:serviceaccounts:shop bound by ClusterRoleBinding everybody-views',
  'RoleBinding deployers grants Role deployer',
  'ServiceAccount web bound by RoleBinding deployers',
  'ServiceAccount web is in Group system:serviceaccounts:shop',
];

describe('a workload', () => {
  test('leads to its account, and on to rights by name and by group', () => {
    const graph = drawAt(SHOP, 'apps/web.yaml');
    expect(graph.title).toBe('Deployment "web"');
    expect(toSentences(graph)).toEqual([...RIGHTS_OF_WEB, 'Deployment web runs as ServiceAccount web'].sort());
    expect(nodeOf(graph, 'Role', 'deployer')).toMatchObject({
      state: 'written',
      namespace: 'shop',
      lines: ['read pods and services', 'do everything with deployments of apps'],
    });
    expect(nodeOf(graph, 'ClusterRole', 'view')).toMatchObject({ state: 'built-in', place: undefined });
    expect(graph.notes).toEqual([]);
  });

  test('leads to the role in the cloud and the policy that guards it', () => {
    const graph = drawAt(SHOP, 'apps/job.yaml');
    expect(toSentences(graph)).toEqual(
      expect.arrayContaining([
        'Deployment job runs as ServiceAccount writer',
        'ServiceAccount writer assumes IAM role report-writer',
        'IAM role report-writer guarded by Trust policy report-writer.json',
      ]),
    );
    expect(nodeOf(graph, 'Trust policy', 'report-writer.json').lines[0]).toBe('admits writer of shop');
  });

  test('whose account the role refuses is said to be refused, and its account bears the fault', () => {
    const graph = drawAt(REFUSED, 'apps/job.yaml');
    expect(graph.edges.find(({ word }) => word === 'is refused')).toMatchObject({ verdict: 'refused' });
    const { faults, place } = nodeOf(graph, 'ServiceAccount', 'writer');
    expect(faults.map(({ rule }) => rule)).toContain('irsa-role-not-admitting');
    const text = REFUSED['accounts/writer.yaml'] ?? '';
    const [first] = faults;
    expect(text.slice(first?.span.start, first?.span.end)).toContain('report-writer');
    expect(place).toBeDefined();
  });

  test('without an account of its own runs as the default one, which needs no file', () => {
    const text = toDeployment('web', 'web').replace(/ {6}serviceAccountName: web\n/, '');
    const graph = drawAt({ 'web.yaml': text }, 'web.yaml');
    expect(nodeOf(graph, 'ServiceAccount', 'default')).toMatchObject({ state: 'built-in', place: undefined });
  });

  test('names an account that no file defines', () => {
    const graph = drawAt({ 'web.yaml': toDeployment('web', 'elsewhere') }, 'web.yaml');
    expect(nodeOf(graph, 'ServiceAccount', 'elsewhere')).toMatchObject({
      state: 'missing',
      lines: ['no file of the workspace defines it'],
    });
  });

  test('whose account is filled in later says so', () => {
    const graph = drawAt({ 'web.yaml': toDeployment('web', '"{{ .Values.account }}"') }, 'web.yaml');
    expect(nodeOf(graph, 'ServiceAccount', 'not known here').state).toBe('unknown');
    expect(graph.notes[0]).toContain('The account of Deployment "web" is filled in later');
  });

  test('bears faults of its identity, and not of its containers', () => {
    const text = toDeployment('web', 'web').replace(
      'image:',
      'securityContext: { privileged: true }\n          image:',
    );
    const { faults } = nodeOf(drawAt({ ...SHOP, 'apps/web.yaml': text }, 'apps/web.yaml'), 'Deployment', 'web');
    expect(faults.map(({ rule }) => rule)).not.toContain('privileged-container');
  });
});

test('bundles that hold objects of the same names keep to themselves', () => {
  const bundle = Object.values(SHOP)
    .filter((text) => text.startsWith('apiVersion'))
    .join('---\n')
    .replaceAll('  namespace: shop\n', '');
  const files = { 'a/install.yaml': bundle, 'a/install-ha.yaml': bundle, 'b/install.yaml': bundle };
  const own = drawAt({ 'a/install.yaml': bundle }, 'a/install.yaml');
  const graph = drawAt(files, 'a/install.yaml');
  expect(toSentences(graph)).toEqual(toSentences(own));
  const uris = graph.nodes.flatMap(({ id, state }) => (state === 'written' ? [id.split('|').at(-1)] : []));
  expect(new Set(uris)).toEqual(new Set([toUri('a/install.yaml')]));
});

describe('other roots', () => {
  test('an account shows who runs as it', () => {
    const sentences = toSentences(drawAt(SHOP, 'accounts/web.yaml'));
    expect(sentences).toEqual([...RIGHTS_OF_WEB, 'Deployment web runs as ServiceAccount web'].sort());
  });

  test('a role shows who holds it, with its faults', () => {
    const graph = drawAt(SHOP, 'rbac/role.yaml');
    expect(toSentences(graph)).toEqual([
      'Deployment web runs as ServiceAccount web',
      'RoleBinding deployers grants Role deployer',
      'ServiceAccount web bound by RoleBinding deployers',
      'User jo bound by RoleBinding deployers',
    ]);
    expect(nodeOf(graph, 'Role', 'deployer').faults[0]).toMatchObject({ rule: 'verb-wildcard' });
  });

  test('a role that another takes over shows who holds that one', () => {
    expect(toSentences(drawAt(SHOP, 'rbac/books.yaml'))).toEqual([
      'ClusterRole view takes over ClusterRole books-viewer',
      'ClusterRoleBinding everybody-views grants ClusterRole view',
      'Group system:serviceaccounts:shop bound by ClusterRoleBinding everybody-views',
    ]);
  });

  test('a binding shows its role and its subjects', () => {
    expect(toSentences(drawAt(SHOP, 'rbac/binding.yaml'))).toEqual(toSentences(drawAt(SHOP, 'rbac/role.yaml')));
  });

  test('a trust policy shows the account whose role it guards, and one that it names in vain', () => {
    expect(toSentences(drawAt(SHOP, 'iam/report-writer.json', 'Effect'))).toEqual([
      'Deployment job runs as ServiceAccount writer',
      'IAM role report-writer guarded by Trust policy report-writer.json',
      'ServiceAccount writer assumes IAM role report-writer',
    ]);
    expect(toSentences(drawAt(SHOP, 'iam/report-reader.json', 'Effect'))).toEqual([
      'ServiceAccount reader trusted by Trust policy report-reader.json',
    ]);
  });

  test('what has no part in access leads to its namespace, and nothing to nothing', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec: {}\n';
    expect(drawAt({ ...SHOP, 'service.yaml': service }, 'service.yaml').title).toBe('Namespace "shop"');
    const files = { 'notes.yaml': 'a: 1\n' };
    expect(findTargetAt(openProject(files), toUri('notes.yaml'), 0)).toBeUndefined();
  });

  test('a target that is gone has no graph', () => {
    const project = openProject(SHOP);
    const target = findTargetAt(project, toUri('apps/web.yaml'), 0);
    project.setFile(toUri('apps/web.yaml'), toDeployment('other', 'web'), 'yaml');
    expect(target && getAccessGraph(project, target)).toBeUndefined();
  });
});
