import { describe, expect, test } from 'vitest';
import { findNamespaces } from '../../../server/src/engine/graph/access-graph';
import { MAX_NODES } from '../../../server/src/engine/graph/draft';
import { openProject, toUri } from '../../harness/lint-text';
import { draw, drawAt, nodeOf, REFUSED, SHOP, toDeployment, toSentences } from './fixtures';

const SHOP_TARGET = { kind: 'namespace', name: 'shop' } as const;

describe('a namespace', () => {
  test('holds all that its workloads, accounts and bindings lead to', () => {
    const graph = draw(openProject(SHOP), SHOP_TARGET);
    const sentences = toSentences(graph);
    for (const file of ['apps/web.yaml', 'apps/job.yaml', 'rbac/role.yaml']) {
      expect(sentences).toEqual(expect.arrayContaining(toSentences(drawAt(SHOP, file))));
    }
    expect(new Set(graph.nodes.map(({ id }) => id)).size).toBe(graph.nodes.length);
  });

  test('that no file writes says so', () => {
    const graph = draw(openProject(SHOP), { kind: 'namespace', name: 'nowhere' });
    expect(graph.nodes).toEqual([]);
    expect(graph.notes[0]).toContain('writes the namespace "nowhere"');
  });

  test('leaves other namespaces out', () => {
    const files = { ...SHOP, 'apps/other.yaml': toDeployment('other', 'web', 'elsewhere') };
    expect(() => nodeOf(draw(openProject(files), SHOP_TARGET), 'Deployment', 'other')).toThrow();
  });

  test('that is too large is cut, and the cut is said', () => {
    const many = Object.fromEntries(
      Array.from({ length: MAX_NODES }, (_, n) => [`many/${n}.yaml`, toDeployment(`w${n}`, `a${n}`)]),
    );
    const graph = draw(openProject(many), SHOP_TARGET);
    expect(graph.nodes).toHaveLength(MAX_NODES);
    expect(graph.notes.join()).toContain(`${MAX_NODES} things more are not drawn`);
    const ids = new Set(graph.nodes.map(({ id }) => id));
    expect(graph.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true);
  });

  test.each<[string, string, boolean]>([
    ['an object whose namespace is not written', 'kind: Pod', true],
    ['an object of the namespace', 'kind: RoleBinding\nmetadata: { namespace: "shop" } # here', true],
    ['an object whose namespace is filled in', 'kind: Role\nmetadata:\n  namespace: {{ .Release.Namespace }}', true],
    ['an object of another namespace', 'kind: ServiceAccount\nmetadata:\n  namespace: elsewhere', false],
    [
      'a binding of all accounts of a namespace',
      'kind: RoleBinding\nmetadata: {namespace: other}\nsubjects: [{kind: Group}]',
      true,
    ],
    ['an object of a kind that gives no access', 'kind: Service', false],
    ['an object of a kind that is filled in', 'kind: {{ .Values.kind }}', true],
  ])('names files that could not be read and may belong to it: %s', (_, text, expected) => {
    const unreadable = `{{- if .Values.on }}\napiVersion: v1\n${text}\n{{- end }}\n  - : [\n`;
    const { unread } = draw(openProject({ ...SHOP, 'charts/a.yaml': unreadable, 'b.yaml': 'a: [\n' }), SHOP_TARGET);
    expect(unread?.uris).toEqual(expected ? [toUri('charts/a.yaml')] : undefined);
    if (expected) expect(unread?.text).toMatch(/^1 file could not be read in full, .*:$/);
  });

  test('a workload is not told of other workloads that could not be read, but of bindings', () => {
    const read = (kind: string) => {
      const files = { ...SHOP, 'chart.yaml': `apiVersion: v1\nkind: ${kind}\n{{- end }}\n  - : [\n` };
      return drawAt(files, 'apps/web.yaml').unread?.uris;
    };
    expect(read('Deployment')).toBeUndefined();
    expect(read('RoleBinding')).toEqual([toUri('chart.yaml')]);
  });

  test('names can be listed', () => {
    expect(openProject(SHOP).ask(findNamespaces)).toEqual(['shop']);
  });
});

test('the graph is the same in whatever order files are read', () => {
  const toPlain = (names: readonly string[]) => {
    const project = openProject(Object.fromEntries(names.map((name) => [name, REFUSED[name] ?? ''])));
    const { nodes, edges, notes } = draw(project, SHOP_TARGET);
    const seen = nodes.map(({ place, ...node }) => ({
      ...node,
      at: place && project.locate(place)?.uri,
      path: place?.path,
    }));
    return { nodes: seen, edges, notes };
  };
  const names = Object.keys(REFUSED);
  const expected = toPlain(names);
  expect(expected.nodes.length).toBeGreaterThan(10);
  for (let turn = 1; turn < names.length; turn++) {
    const turned = [...names.slice(turn), ...names.slice(0, turn)];
    expect(toPlain(turned)).toEqual(expected);
    expect(toPlain(turned.reverse())).toEqual(expected);
  }
});
