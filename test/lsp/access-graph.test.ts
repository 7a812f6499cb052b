import { describe, expect, test } from 'vitest';
import type { GraphAnswer } from '../../client/src/graph/messages';
import type { AccessGraphAnswer, AccessGraphParams } from '../../server/src/lsp/access-graph';
import { TestClient } from './client';
import { Mailbox } from './mailbox';
import { ACCOUNT, makeFolder, PRIVILEGED_POD, rangeOf, startOf, UNTITLED, WIDE_ROLE } from './texts';

const POD = PRIVILEGED_POD.replace('spec:\n', 'spec:\n  serviceAccountName: report-writer\n');
const BINDING = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: deployers, namespace: shop }
subjects:
  - { kind: ServiceAccount, name: report-writer }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: deployer }
`;
const FILES = { 'pod.yaml': POD, 'account.yaml': ACCOUNT, 'role.yaml': WIDE_ROLE, 'binding.yaml': BINDING };

type Graph = Exclude<AccessGraphAnswer, { readonly refusal: string }>;

async function start() {
  const folder = makeFolder(FILES);
  const client = await TestClient.start({ folders: [folder.uri] });
  const stale = new Mailbox<void>();
  client.connection.onNotification('breakwater/accessGraphStale', () => stale.put());
  await client.scans.take();
  // What the server answers is what the client's own types say of it.
  const ask = (params: AccessGraphParams): Promise<AccessGraphAnswer & GraphAnswer> =>
    client.request<AccessGraphAnswer>('breakwater/accessGraph', params);
  const draw = async (params: AccessGraphParams): Promise<Graph> => {
    const answer = await ask(params);
    if ('refusal' in answer) throw new Error(answer.refusal);
    return answer;
  };
  return { folder, client, stale, ask, draw };
}

const toNames = ({ nodes }: Graph) => nodes.map(({ kind, name }) => `${kind} ${name}`);
const CHAIN = ['Pod debug', 'ServiceAccount report-writer', 'RoleBinding deployers', 'Role deployer'];

describe('the access graph', () => {
  test('of what stands at a position, with places to jump to and faults, in files that are not open', async () => {
    const { folder, client, draw } = await start();
    const uri = folder.uriOf('pod.yaml');
    await client.open(uri, POD);
    const graph = await draw({ textDocument: { uri }, position: startOf(POD, 'containers') });
    expect(graph.title).toBe('Pod "debug"');
    expect(toNames(graph)).toEqual(CHAIN);
    expect(graph.edges.map(({ word }) => word).sort()).toEqual(['bound by', 'grants', 'runs as']);
    const role = graph.nodes.find(({ kind }) => kind === 'Role');
    expect(role?.location).toEqual({ uri: folder.uriOf('role.yaml'), range: rangeOf(WIDE_ROLE, 'deployer') });
    const [fault] = role?.faults ?? [];
    expect(fault).toMatchObject({
      rule: 'verb-wildcard',
      location: { uri: folder.uriOf('role.yaml') },
    });
    expect(fault?.location.range).toEqual(rangeOf(WIDE_ROLE, '"*"'));
  });

  test('is asked for again by its target, after edits that moved it and in a file that is not open', async () => {
    const { folder, client, stale, draw, ask } = await start();
    const uri = folder.uriOf('pod.yaml');
    await client.open(uri, POD);
    const { target } = await draw({ textDocument: { uri }, position: startOf(POD, 'containers') });
    await client.change(uri, 2, [{ text: `# moved\n${POD.replace('report-writer', 'other')}` }]);
    await stale.take();
    expect(toNames(await draw({ target }))).toEqual(['Pod debug', 'ServiceAccount other']);
    await client.change(uri, 3, [{ text: POD.replace('debug', 'renamed') }]);
    await stale.take();
    expect(await ask({ target })).toMatchObject({ refusal: expect.stringContaining('Nothing here') });
    await client.change(uri, 4, [{ text: POD }]);
    await client.close(uri);
    expect(toNames(await draw({ target: { ...target } }))).toEqual(CHAIN);
  });

  test('of a namespace, whose names can be listed', async () => {
    const { client, draw } = await start();
    expect(await client.request('breakwater/namespaces', null)).toEqual(['shop']);
    const graph = await draw({ target: { kind: 'namespace', name: 'shop' } });
    expect(graph.title).toBe('Namespace "shop"');
    expect(toNames(graph)).toEqual(CHAIN);
  });

  test('is refused in words where there is none, where a template cannot be read, and where a file is excluded', async () => {
    const { folder, client, ask } = await start();
    const at = { position: { line: 0, character: 0 } };
    await client.open(UNTITLED, 'a: 1\n');
    expect(await ask({ textDocument: { uri: UNTITLED }, ...at })).toMatchObject({
      refusal: expect.stringMatching(/part in access/),
    });
    await client.change(UNTITLED, 2, [
      { text: '{{- range .Values.all }}\napiVersion: v1\nkind: Pod\n{{- end }}\n  - : [\n' },
    ]);
    expect(await ask({ textDocument: { uri: UNTITLED }, ...at })).toMatchObject({
      refusal: expect.stringMatching(/could not be read.*template/s),
    });
    await client.open(folder.uriOf('pod.yaml'), POD);
    await client.configure({ exclude: ['pod.yaml'] });
    await client.diagnose(folder.uriOf('pod.yaml'));
    expect(await ask({ textDocument: { uri: folder.uriOf('pod.yaml') }, ...at })).toMatchObject({
      refusal: expect.stringMatching(/exclude/),
    });
    for (const nonsense of [{}, { target: 7 }, { target: { kind: 'object' } }]) {
      expect(await client.request('breakwater/accessGraph', nonsense)).toMatchObject({
        refusal: expect.stringMatching(/part in access/),
      });
    }
  });

  test('clients that never asked are not told that it is stale', async () => {
    const { folder, client, stale, draw } = await start();
    const uri = folder.uriOf('pod.yaml');
    await client.open(uri, POD);
    await client.diagnose(uri);
    expect(stale.size).toBe(0);
    await draw({ target: { kind: 'namespace', name: 'shop' } });
    await client.change(uri, 2, [{ text: `${POD}# more\n` }]);
    await stale.take();
  });
});
