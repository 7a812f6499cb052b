import { expect, test } from 'vitest';
import type { Location, ShowMessageParams, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { ASSOCIATIONS, withName } from '../unit/navigation/pod-identity';
import { TestClient } from './client';
import { edited, makeFolder, rangeOf, startOf } from './texts';

/** A client in a folder with an account and all that gives it roles, with one file open. */
async function start(opened: string, files: Readonly<Record<string, string>> = ASSOCIATIONS) {
  const folder = makeFolder(files);
  const client = await TestClient.start({ folders: [folder.uri] });
  await client.scans.take();
  const uri = folder.uriOf(opened);
  const text = files[opened] ?? '';
  await client.open(uri, text, opened.endsWith('.tf') ? 'terraform' : undefined);
  const rename = async (needle: string, newName: string) => {
    const position = startOf(text, needle);
    const edit = await client.request<WorkspaceEdit>('textDocument/rename', {
      textDocument: { uri },
      position,
      newName,
    });
    const changes = (edit.documentChanges ?? []) as TextDocumentEdit[];
    return Object.fromEntries(
      Object.entries(files).map(([name, before]) => {
        const change = changes.find(({ textDocument }) => textDocument.uri === folder.uriOf(name));
        return [name, edited(before, (change?.edits ?? []) as TextEdit[])];
      }),
    );
  };
  return { folder, client, uri, text, rename };
}

test.each([
  ['account.yaml', 'writer'],
  ['eksctl.yaml', 'writer # by eksctl'],
  ['ack.yaml', 'writer'],
  ['crossplane.yaml', "writer'"],
  ['template.yaml', 'writer # by CloudFormation'],
  ['template.json', 'writer'],
  ['iam/main.tf', 'writer" # 🚢'],
  ['iam/main.tf', 'writer" /* both */'],
])(
  'a rename from %s at %s reaches every association, condition and module, and no other account',
  async (file, needle) => {
    const { rename, client } = await start(file);
    expect(await rename(needle, 'scribe')).toEqual(withName('scribe'));
    expect(client.errors).toEqual([]);
  },
);

test('references of an account are all of them, and from an association a definition leads to the account', async () => {
  const { client, folder, uri, text } = await start('iam/main.tf');
  const at = { textDocument: { uri }, position: startOf(text, 'writer" # 🚢') };
  const found = await client.request<Location[]>('textDocument/references', {
    ...at,
    context: { includeDeclaration: true },
  });
  const files = new Set(found.map((one) => one.uri));
  expect(files).toEqual(new Set(Object.keys(ASSOCIATIONS).map((name) => folder.uriOf(name))));
  expect(await client.request('textDocument/prepareRename', at)).toEqual({
    range: rangeOf(text.replace(/writer(?=" # 🚢)/, 'WRITER'), 'WRITER'),
    placeholder: 'writer',
  });
  const definition = await client.request<Location[]>('textDocument/definition', at);
  expect(definition).toMatchObject([{ uri: folder.uriOf('account.yaml') }]);
});

test('what Terraform takes from a local is left, and the person is told', async () => {
  const main =
    'locals {\n  who = "writer"\n}\nresource "aws_eks_pod_identity_association" "a" {\n  namespace = "shop"\n  service_account = local.who\n}\n';
  const files = { 'account.yaml': ASSOCIATIONS['account.yaml'] ?? '', 'main.tf': main };
  const { rename, client } = await start('account.yaml', files);
  const told = new Promise<ShowMessageParams>((resolve) => {
    client.connection.onNotification('window/showMessage', resolve);
  });
  expect(await rename('writer', 'scribe')).toEqual({
    ...files,
    'account.yaml': files['account.yaml'].replace('writer', 'scribe'),
  });
  expect((await told).message).toContain('"local.who" in main.tf, which Terraform takes from elsewhere');
});
