import { expect, test } from 'vitest';
import type {
  ClientCapabilities,
  DocumentLink,
  Location,
  LocationLink,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { CLUSTER } from '../unit/navigation/files';
import { FULL, TestClient } from './client';
import { ACCOUNT, edited, MISSPELT_TRUST, makeFolder, PRIVILEGED_POD, rangeOf, startOf, textAt } from './texts';

const POD = PRIVILEGED_POD.replace('spec:\n', 'spec:\n  serviceAccountName: report-writer # 🙂\n');
const TRUST = MISSPELT_TRUST.replace('report-witer', 'report-writer');
const BINDING = `apiVersion: rbac.authorization.k8s.io/v1\r
kind: RoleBinding\r
metadata:\r
  name: writes\r
  namespace: shop\r
roleRef:\r
  apiGroup: rbac.authorization.k8s.io\r
  kind: Role\r
  name: deployer\r
subjects:\r
  - kind: ServiceAccount\r
    name: report-writer # 漢字\r
`;

const FILES = { 'accounts.yaml': ACCOUNT, 'pod.yaml': POD, 'rbac/b.yaml': BINDING, 'iam/trust.json': TRUST };
const LINKS: ClientCapabilities = {
  ...FULL,
  textDocument: { ...FULL.textDocument, definition: { linkSupport: true }, rename: { prepareSupport: true } },
};

/** A client in a folder with the account and all that names it; the pod's file is open. */
async function start(capabilities = LINKS) {
  const folder = makeFolder(FILES);
  const client = await TestClient.start({ folders: [folder.uri], capabilities });
  await client.scans.take();
  const uri = folder.uriOf('pod.yaml');
  await client.open(uri, POD);
  const at = (needle: string) => ({ textDocument: { uri }, position: startOf(POD, needle) });
  return { folder, client, uri, at };
}

/** The files after an edit, by their names. */
function applied(edit: WorkspaceEdit | null, uriOf: (name: string) => string): Record<string, string> {
  const changes = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  const after = Object.entries(FILES).map(([name, text]): [string, string] => {
    const change = changes.find(({ textDocument }) => textDocument.uri === uriOf(name));
    return [name, edited(text, (change?.edits ?? []) as TextEdit[])];
  });
  return Object.fromEntries(after);
}

test('a definition is a link from the name to the name, with the object around it', async () => {
  const { client, at, folder } = await start();
  const [link, ...rest] = await client.request<LocationLink[]>('textDocument/definition', at('report-writer'));
  expect(rest).toEqual([]);
  expect(link).toMatchObject({
    targetUri: folder.uriOf('accounts.yaml'),
    originSelectionRange: rangeOf(POD, 'report-writer'),
    targetSelectionRange: rangeOf(ACCOUNT, 'report-writer'),
    targetRange: { start: startOf(ACCOUNT, 'apiVersion') },
  });
});

test('a client without links is told a place, and nothing where there is no name', async () => {
  const { client, at, folder } = await start(FULL);
  expect(await client.request<Location[]>('textDocument/definition', at('report-writer'))).toEqual([
    { uri: folder.uriOf('accounts.yaml'), range: rangeOf(ACCOUNT, 'report-writer') },
  ]);
  expect(await client.request('textDocument/definition', at('image:'))).toBeNull();
});

test('references are in all files, with the declaration when it is asked for', async () => {
  const { client, at, folder, uri } = await start();
  const refer = (includeDeclaration: boolean) =>
    client.request<Location[]>('textDocument/references', { ...at('report-writer'), context: { includeDeclaration } });
  const uses = [
    { uri: folder.uriOf('iam/trust.json'), range: rangeOf(TRUST, 'report-writer') },
    { uri, range: rangeOf(POD, 'report-writer') },
    { uri: folder.uriOf('rbac/b.yaml'), range: rangeOf(BINDING, 'report-writer') },
  ];
  expect(await refer(false)).toEqual(uses);
  expect(await refer(true)).toEqual([
    { uri: folder.uriOf('accounts.yaml'), range: rangeOf(ACCOUNT, 'report-writer') },
    ...uses,
  ]);
});

test('a reference to what is typed just now is found', async () => {
  const { client, uri, at } = await start();
  await client.change(uri, 2, [{ range: rangeOf(POD, 'report-writer'), text: 'other' }]);
  expect(await client.request('textDocument/definition', at('report-writer'))).toEqual([]);
});

test('a rename changes every file at once and names the version of the open one', async () => {
  const { client, at, folder, uri } = await start();
  expect(await client.request('textDocument/prepareRename', at('report-writer'))).toEqual({
    range: rangeOf(POD, 'report-writer'),
    placeholder: 'report-writer',
  });
  const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
    ...at('report-writer'),
    newName: 'scribe',
  });
  const renamed = Object.entries(FILES).map(([name, text]) => [name, text.replaceAll('report-writer', 'scribe')]);
  expect(applied(edit, folder.uriOf)).toEqual(Object.fromEntries(renamed));
  const versions = (edit.documentChanges as TextDocumentEdit[]).map(({ textDocument }) => textDocument);
  expect(versions).toContainEqual({ uri, version: 1 });
  expect(versions).toContainEqual({ uri: folder.uriOf('accounts.yaml'), version: null });
});

test('a name that cannot be is refused with a reason, and what is no account is not renamed', async () => {
  const { client, at } = await start();
  const rename = (newName: string) => client.request('textDocument/rename', { ...at('report-writer'), newName });
  await expect(rename('Scribe')).rejects.toThrow('A ServiceAccount cannot be called "Scribe"');
  expect(await client.request('textDocument/prepareRename', at('debug'))).toBeNull();
  expect(client.errors).toEqual([]);
});

test('the files of a kustomization are links that are looked up when they are followed', async () => {
  const text = 'resources:\n  - pod.yaml\n  - ../base\n  - https://example.com/all.yaml\n  - gone.yaml\n';
  const folder = makeFolder({ 'app/pod.yaml': POD, 'base/kustomization.yaml': '', 'app/kustomization.yaml': text });
  const client = await TestClient.start({ folders: [folder.uri] });
  const uri = folder.uriOf('app/kustomization.yaml');
  await client.open(uri, text);
  const links = await client.request<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
  expect(links.map(({ range }) => range)).toEqual(
    ['pod.yaml', '../base', 'gone.yaml'].map((one) => rangeOf(text, one)),
  );
  const resolved = links.map((link) => client.request<DocumentLink>('documentLink/resolve', link));
  expect((await Promise.all(resolved)).map(({ target }) => target)).toEqual([
    folder.uriOf('app/pod.yaml'),
    folder.uriOf('base/kustomization.yaml'),
    undefined,
  ]);
});

/** Every name of a small cluster that leads somewhere: where it stands, and the beginning of the text of its target's file. */
const LEADS: readonly (readonly [from: string, around: string, to: string, name: string])[] = [
  ['apps/web.yaml', 'serviceAccountName: |writer', 'apps/account.yaml', 'writer'],
  ['rbac/rights.yaml', 'kind: Role, name: |reader', 'rbac/rights.yaml', 'reader'],
  ['rbac/rights.yaml', "name: '|writer'", 'apps/account.yaml', 'writer'],
  ['rbac/rights.yaml', 'system:serviceaccount:shop:|writer', 'apps/account.yaml', 'writer'],
  ['iam/trust.json', 'system:serviceaccount:shop:|writer', 'apps/account.yaml', 'writer'],
  ['apps/web.yaml', '- name: |registry', 'apps/needs.yaml', 'registry'],
  ['apps/web.yaml', 'secretKeyRef: { name: |web-token', 'apps/needs.yaml', 'web-token'],
  ['apps/web.yaml', 'secret: { name: |web-token', 'apps/needs.yaml', 'web-token'],
  ['apps/web.yaml', 'configMapRef: { name: |web-config', 'apps/needs.yaml', 'web-config'],
  ['apps/web.yaml', 'claimName: |web-data', 'apps/needs.yaml', 'web-data'],
  ['apps/web.yaml', 'namespace: |shop', 'apps/needs.yaml', 'shop'],
  ['net/policies.yaml', 'selector:\n    |app: web', 'apps/web.yaml', 'web'],
  ['net/policies.yaml', 'podSelector: { matchLabels: { |app: web', 'apps/web.yaml', 'web'],
];

test('the role of an account leads to its trust policy', async () => {
  const folder = makeFolder(CLUSTER);
  const client = await TestClient.start({ folders: [folder.uri], capabilities: FULL });
  await client.scans.take();
  const text = CLUSTER['apps/account.yaml'] ?? '';
  const uri = folder.uriOf('apps/account.yaml');
  await client.open(uri, text);
  const params = { textDocument: { uri }, position: startOf(text, 'report-writer') };
  const [target, ...rest] = await client.request<Location[]>('textDocument/definition', params);
  expect([target?.uri, rest]).toEqual([folder.uriOf('iam/trust.json'), []]);
});

test('every name of a cluster leads to its object, from which it is found again', async () => {
  const folder = makeFolder(CLUSTER);
  const client = await TestClient.start({ folders: [folder.uri], capabilities: FULL });
  await client.scans.take();
  for (const [name, text] of Object.entries(CLUSTER)) await client.open(folder.uriOf(name), text);
  for (const [from, around, to, name] of LEADS) {
    const text = CLUSTER[from] ?? '';
    const offset = text.indexOf(around.replace('|', '')) + around.indexOf('|');
    const document = TextDocument.create('', '', 0, text);
    const params = { textDocument: { uri: folder.uriOf(from) }, position: document.positionAt(offset) };
    const found = await client.request<Location[]>('textDocument/definition', params);
    expect(
      found.map(({ uri }) => uri),
      around,
    ).toEqual([folder.uriOf(to)]);
    const [target] = found;
    if (!target) continue;
    expect(textAt(CLUSTER[to] ?? '', target.range), around).toBe(name);
    const back = { textDocument: { uri: target.uri }, position: target.range.start };
    const references = await client.request<Location[]>('textDocument/references', {
      ...back,
      context: { includeDeclaration: false },
    });
    const isSelector = from.startsWith('net/');
    const origins = references.filter(({ uri, range }) => {
      if (uri !== params.textDocument.uri) return false;
      // Of a selector the object that holds it is told.
      return isSelector || document.offsetAt(range.start) === offset;
    });
    expect(origins.length, around).toBeGreaterThan(0);
  }
});

test('a pattern of a trust policy that will not mean the account any more is left, and said to be', async () => {
  const pattern = TRUST.replace('StringEquals', 'StringLike').replace('shop:report-writer', 'shop:report-*');
  const folder = makeFolder({ ...FILES, 'iam/pattern.json': pattern });
  const client = await TestClient.start({ folders: [folder.uri], capabilities: LINKS });
  await client.scans.take();
  const uri = folder.uriOf('pod.yaml');
  await client.open(uri, POD);
  const rename = (newName: string) =>
    client.request<WorkspaceEdit>('textDocument/rename', {
      textDocument: { uri },
      position: startOf(POD, 'report-writer'),
      newName,
    });
  const edit = await rename('scribe');
  const changed = (edit.documentChanges as TextDocumentEdit[]).map(({ textDocument }) => textDocument.uri);
  expect(changed).not.toContain(folder.uriOf('iam/pattern.json'));
  expect(await client.warnings.take()).toContain('"system:serviceaccount:shop:report-*" in pattern.json');
  // The new name is meant by the pattern as the old one was.
  await rename('report-scribe');
  expect(client.warnings.size).toBe(0);
});
