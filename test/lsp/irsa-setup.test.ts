import { expect, test } from 'vitest';
import type { CodeAction, CreateFile, TextDocumentEdit } from 'vscode-languageserver';
import { type ClientOptions, FULL, TestClient } from './client';
import { edited, editsOf, makeFolder, PRIVILEGED_POD, rangeOf, rulesOf } from './texts';

const REFACTOR = { only: ['refactor'] };
const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}` },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: { [`${PROVIDER}:sub`]: 'system:serviceaccount:shop:api', [`${PROVIDER}:aud`]: 'sts.amazonaws.com' },
    },
  },
});

const WITH_DISABLED = {
  ...FULL,
  textDocument: { ...FULL.textDocument, codeAction: { ...FULL.textDocument?.codeAction, disabledSupport: true } },
};

/** A workspace with a pod and another role's trust policy, the pod open, the workspace read. */
async function openPod(text: string, options: ClientOptions = {}) {
  const folder = makeFolder({ 'apps/pod.yaml': text, 'iam/api-trust-policy.json': TRUST });
  const client = await TestClient.start({ folders: [folder.uri], ...options });
  await client.scans.take();
  const uri = folder.uriOf('apps/pod.yaml');
  await client.open(uri, text);
  return { folder, client, uri };
}

async function askFor(client: TestClient, uri: string, text: string): Promise<CodeAction> {
  const actions = await client.getActions(uri, rangeOf(text, 'kind'), REFACTOR);
  const action = actions.find(({ title }) => title.startsWith('Set up IRSA'));
  if (!action) throw new Error(`not offered among ${actions.map(({ title }) => title).join(', ')}`);
  return action;
}

test('one edit writes the account, names it in the pod and makes the trust policy beside the others', async () => {
  const { folder, client, uri } = await openPod(PRIVILEGED_POD);
  const offered = await askFor(client, uri, PRIVILEGED_POD);
  expect(offered).toMatchObject({
    title: 'Set up IRSA for Pod "debug": ServiceAccount "debug", serviceAccountName, trust policy',
    kind: 'refactor.rewrite.breakwater.irsa',
  });
  expect(offered.edit).toBeUndefined();
  const { edit } = await client.request<CodeAction>('codeAction/resolve', offered);
  const made = folder.uriOf('iam/shop-debug-trust-policy.json');
  const [changed, created, filled] = (edit?.documentChanges ?? []) as [TextDocumentEdit, CreateFile, TextDocumentEdit];
  expect(changed.textDocument).toEqual({ uri, version: 1 });
  expect(created).toEqual({ kind: 'create', uri: made, options: { overwrite: false, ignoreIfExists: false } });
  expect(filled.textDocument.uri).toBe(made);
  const text = edited(PRIVILEGED_POD, editsOf({ ...offered, edit: edit ?? {} }, uri));
  expect(text).toContain('privileged: true # needed once');
  expect(text).toContain('  serviceAccountName: debug\n---\napiVersion: v1\nkind: ServiceAccount\n');
  await client.change(uri, 2, [{ text }]);
  await client.open(made, edited('', editsOf({ ...offered, edit: edit ?? {} }, made)));
  for (const one of [uri, made]) {
    expect(rulesOf(await client.diagnose(one)).filter((rule) => /^irsa/.test(String(rule)))).toEqual([]);
  }
  const left = await client.getActions(uri, rangeOf(text, 'kind'), REFACTOR);
  expect(left.filter(({ title }) => title.includes('IRSA'))).toEqual([]);
  expect(client.errors).toEqual([]);
});

test('a workspace of Terraform that has no trust policy yet gets one in Terraform', async () => {
  const cluster =
    'resource "aws_iam_openid_connect_provider" "main" {\n  url = aws_eks_cluster.main.identity[0].oidc[0].issuer\n}\n';
  const folder = makeFolder({
    'apps/pod.yaml': PRIVILEGED_POD,
    'iam/main.tf': cluster,
    'iam/bucket.tf': 'locals {}\n',
  });
  const client = await TestClient.start({ folders: [folder.uri] });
  await client.scans.take();
  const uri = folder.uriOf('apps/pod.yaml');
  await client.open(uri, PRIVILEGED_POD);
  const resolved = await client.request<CodeAction>('codeAction/resolve', await askFor(client, uri, PRIVILEGED_POD));
  const made = folder.uriOf('iam/shop-debug-irsa.tf');
  expect(edited('', editsOf(resolved, made))).toContain('[aws_iam_openid_connect_provider.main.arn]');
});

test('why it cannot be done is said to those who ask and understand', async () => {
  const text = PRIVILEGED_POD.replace('  namespace: shop\n', '');
  const { client, uri } = await openPod(text, { capabilities: WITH_DISABLED });
  const action = await askFor(client, uri, text);
  expect(action.disabled?.reason).toBe('Pod "debug" names no namespace, and a trust policy names accounts by theirs.');
  expect(action.edit).toBeUndefined();
  const unasked = await client.getActions(uri, rangeOf(text, 'kind'));
  expect(unasked.filter(({ title }) => title.includes('IRSA'))).toEqual([]);
  const { client: modest, uri: other } = await openPod(text);
  const offered = await modest.getActions(other, rangeOf(text, 'kind'), REFACTOR);
  expect(offered.filter(({ title }) => title.includes('IRSA'))).toEqual([]);
});

test('what has changed since it was offered is not written, and the person is told', async () => {
  const { client, uri, folder } = await openPod(PRIVILEGED_POD);
  const offered = await askFor(client, uri, PRIVILEGED_POD);
  const changed = PRIVILEGED_POD.replace('debug', 'other');
  await client.change(uri, 2, [{ text: changed }]);
  expect((await client.request<CodeAction>('codeAction/resolve', offered)).edit).toBeUndefined();
  const said =
    'Breakwater: IRSA was not set up, and nothing was written. The files have changed since this was offered.';
  expect(await client.warnings.take()).toContain(said);
  const again = await askFor(client, uri, changed);
  await client.open(folder.uriOf('iam/other-trust-policy.json'), TRUST.replace('shop:api', 'shop:other'));
  expect((await client.request<CodeAction>('codeAction/resolve', again)).edit).toBeUndefined();
  expect(await client.warnings.take()).toContain(said);
  const last = await askFor(client, uri, changed);
  expect((await client.request<CodeAction>('codeAction/resolve', last)).edit).toBeDefined();
});

test('why it fails when it is chosen is said', async () => {
  const { client, uri, folder } = await openPod(PRIVILEGED_POD);
  await client.open(folder.uriOf('iam/shop-debug-trust-policy.json'), '{}');
  const offered = await askFor(client, uri, PRIVILEGED_POD);
  expect((await client.request<CodeAction>('codeAction/resolve', offered)).edit).toBeUndefined();
  expect(await client.warnings.take()).toBe(
    'Breakwater: IRSA was not set up, and nothing was written. A file "shop-debug-trust-policy.json" is there already, and does not hold the trust policy.',
  );
});

test('a client that cannot make files is offered only what needs none', async () => {
  const workspaceEdit = { documentChanges: true };
  const capabilities = { ...FULL, workspace: { ...FULL.workspace, workspaceEdit } };
  const { client, uri, folder } = await openPod(PRIVILEGED_POD, { capabilities });
  const actions = await client.getActions(uri, rangeOf(PRIVILEGED_POD, 'kind'), REFACTOR);
  expect(actions.filter(({ title }) => title.includes('IRSA'))).toEqual([]);
  const own = folder.uriOf('iam/debug-trust-policy.json');
  await client.open(own, TRUST.replace('shop:api', 'shop:debug'));
  const action = await askFor(client, uri, PRIVILEGED_POD);
  expect(edited(PRIVILEGED_POD, editsOf(action, uri))).toContain('kind: ServiceAccount');
});

test('what comes back from the client spoilt resolves to nothing', async () => {
  const { client, uri } = await openPod(PRIVILEGED_POD);
  for (const irsa of [null, {}, { document: uri, path: ['spec'] }, { document: 7, path: 'spec' }]) {
    const action = { title: 'Spoilt', kind: 'refactor.rewrite', data: { uri, irsa } };
    expect((await client.request<CodeAction>('codeAction/resolve', action)).edit).toBeUndefined();
  }
  expect(client.errors).toEqual([]);
});
