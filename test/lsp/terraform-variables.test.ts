import { describe, expect, test } from 'vitest';
import { TestClient } from './client';
import { makeFolder, rangeOf } from './texts';

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';

/** A role for the account `default` of a namespace that files of variables say. */
const MAIN = `resource "aws_iam_role" "reader" {
  name = "reader"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${PROVIDER}" }
      Condition = { StringEquals = {
        "${PROVIDER}:sub" = "system:serviceaccount:\${var.namespace}:default"
        "${PROVIDER}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}
`;

const set = (namespace: string, file = '') =>
  file.endsWith('.json') ? `{ "namespace": "${namespace}" }\n` : `namespace = "${namespace}"\n`;

/** The namespace that the finding at the subject names, as the server reads the module. */
async function namespaceOf(client: TestClient, uri: string): Promise<string | undefined> {
  const found = (await client.diagnose(uri)).find(({ code }) => code === 'irsa-default-subject');
  return /namespace "(.*?)"/.exec(String(found?.message))?.[1];
}

async function start(files: Readonly<Record<string, string>>) {
  const folder = makeFolder({ 'iam/main.tf': MAIN, ...files });
  const client = await TestClient.start({ folders: [folder.uri] });
  await client.scans.take();
  const uri = folder.uriOf('iam/main.tf');
  await client.open(uri, MAIN, 'terraform');
  return { folder, client, uri };
}

describe.each([
  ['iam/terraform.tfvars', 'terraform-vars'],
  ['iam/terraform.tfvars', 'plaintext'],
  ['iam/any.auto.tfvars', 'opentofu-vars'],
  ['iam/terraform.tfvars.json', 'json'],
  ['iam/any.auto.tfvars.json', 'jsonc'],
])('%s as %s', (file, languageId) => {
  test('what the editor holds counts, and not what is on the disk', async () => {
    const { folder, client, uri } = await start({ [file]: set('saved', file) });
    const variables = folder.uriOf(file);
    expect(await namespaceOf(client, uri)).toBe('saved');
    await client.open(variables, set('opened', file), languageId);
    expect(await namespaceOf(client, uri)).toBe('opened');
    const text = set('opened', file);
    await client.change(variables, 2, [{ range: rangeOf(text, 'opened'), text: 'typed' }]);
    expect(await namespaceOf(client, uri)).toBe('typed');
    expect(await client.diagnose(variables)).toEqual([]);
    await client.close(variables);
    await client.refreshes.take();
    expect(await namespaceOf(client, uri)).toBe('saved');
    expect(client.errors).toEqual([]);
  });
});

test('a file of variables that is not on the disk yet counts while it is open', async () => {
  const { folder, client, uri } = await start({});
  expect(await namespaceOf(client, uri)).toBeUndefined();
  await client.open(folder.uriOf('iam/terraform.tfvars'), set('new'), 'terraform-vars');
  expect(await namespaceOf(client, uri)).toBe('new');
});

test('text that is half typed says nothing, and the module is read as if the file set nothing', async () => {
  const { folder, client, uri } = await start({
    'iam/variables.tf': 'variable "namespace" {\n  default = "usual"\n}\n',
  });
  const variables = folder.uriOf('iam/terraform.tfvars');
  await client.open(variables, set('other'), 'terraform-vars');
  expect(await namespaceOf(client, uri)).toBe('other');
  await client.change(variables, 2, [{ text: 'namespace = "oth' }]);
  expect(await namespaceOf(client, uri)).toBeUndefined();
  await client.change(variables, 3, [{ text: '# nothing\n' }]);
  expect(await namespaceOf(client, uri)).toBe('usual');
});
