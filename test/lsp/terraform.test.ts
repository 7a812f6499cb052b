import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { TestClient } from './client';
import { ACCOUNT, edited, editsOf, findRule, makeFolder, rangeOf, rulesOf, textAt } from './texts';

const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';
const WRONG = 'system:serviceaccount:shop:report-witer';
const RIGHT = 'system:serviceaccount:shop:report-writer';
const ROLE = '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/report-writer\n';
const BARE = ACCOUNT;
const ANNOTATED = `${ACCOUNT}${ROLE}`;

/** A role in Terraform, oddly laid out and with comments in every place that could lose one; 🚢 takes two code units. */
const TERRAFORM = `# 🚢 Writes the reports.
resource "aws_iam_role" "report_writer" {
  name               = "report-writer"   // not aligned on purpose
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = [ "sts:AssumeRoleWithWebIdentity" ]
    principals {
      type        = "Federated"
      identifiers = ["arn:aws:iam::111122223333:oidc-provider/${PROVIDER}"]
    }
    condition {
      test     = "StringEquals"
      variable = "${PROVIDER}:aud"
      values   = ["sts.amazonaws.com"]
    }
    condition { # 🚢 who
      test     = "StringEquals"
      variable = "${PROVIDER}:sub"
      values   = [ "${WRONG}" /* the writer */ ] # agreed with the platform team
    }
  }
}
`;

/** A server that has read a folder of both files, with one of them open. */
async function start(files: Readonly<Record<string, string>>, opened: string) {
  const folder = makeFolder(files);
  const client = await TestClient.start({ folders: [folder.uri] });
  await client.scans.take();
  const uri = folder.uriOf(opened);
  await client.open(uri, files[opened] ?? '', opened.endsWith('.tf') ? 'terraform' : 'yaml');
  return { folder, client, uri };
}

async function fixOf(client: TestClient, uri: string, rule: string, title: RegExp): Promise<CodeAction> {
  const diagnostic = findRule(await client.diagnose(uri), rule);
  const actions = await client.getActions(uri, diagnostic.range, { diagnostics: [diagnostic] });
  const fix = actions.find((one) => title.test(one.title));
  if (!fix) throw new Error(`no fix ${title} among ${actions.map((one) => one.title).join(', ')}`);
  return fix;
}

test('a wrong subject in Terraform is found, and its quick fix changes the subject and nothing else', async () => {
  const { client, uri, folder } = await start({ 'account.yaml': ANNOTATED, 'iam/main.tf': TERRAFORM }, 'iam/main.tf');
  const diagnostic = findRule(await client.diagnose(uri), 'irsa-subject-mismatch');
  expect(textAt(TERRAFORM, diagnostic.range)).toBe(WRONG);
  expect(diagnostic.relatedInformation?.[0]?.location).toEqual({
    uri: folder.uriOf('account.yaml'),
    range: rangeOf(ANNOTATED, 'report-writer'),
  });
  const fix = await fixOf(client, uri, 'irsa-subject-mismatch', /^Change the subject to/);
  expect(fix.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 1 } }]);
  const fixed = edited(TERRAFORM, editsOf(fix, uri));
  expect(fixed).toBe(TERRAFORM.replace(WRONG, RIGHT));
  await client.change(uri, 2, [{ text: fixed }]);
  expect(rulesOf(await client.diagnose(uri))).toEqual([]);
  expect(client.errors).toEqual([]);
});

test('typing in Terraform is followed: what was wrong is right, and wrong again', async () => {
  const { client, uri } = await start({ 'account.yaml': BARE, 'iam/main.tf': TERRAFORM }, 'iam/main.tf');
  expect(rulesOf(await client.diagnose(uri))).toContain('irsa-subject-mismatch');
  const letters = rangeOf(TERRAFORM, 'witer');
  await client.change(uri, 2, [{ range: letters, text: 'writer' }]);
  expect(rulesOf(await client.diagnose(uri))).not.toContain('irsa-subject-mismatch');
  await client.change(uri, 3, [{ range: rangeOf(TERRAFORM.replace('witer', 'writer'), 'writer'), text: 'witer' }]);
  await client.change(uri, 4, [{ text: TERRAFORM.slice(0, TERRAFORM.lastIndexOf('}')) }]);
  const broken = await client.diagnose(uri);
  expect(rulesOf(broken)).toEqual(['not-checked']);
});

test('a finding at the ServiceAccount has a fix that edits the Terraform file, which is not open', async () => {
  const { client, uri, folder } = await start({ 'account.yaml': ANNOTATED, 'iam/main.tf': TERRAFORM }, 'account.yaml');
  const main = folder.uriOf('iam/main.tf');
  const changed = await fixOf(client, uri, 'irsa-role-not-admitting', /^Change ".*" in main\.tf$/);
  expect(editsOf(changed, uri)).toEqual([]);
  expect(changed.edit?.documentChanges).toMatchObject([{ textDocument: { uri: main, version: null } }]);
  expect(edited(TERRAFORM, editsOf(changed, main))).toBe(TERRAFORM.replace(WRONG, RIGHT));
  const added = await fixOf(client, uri, 'irsa-role-not-admitting', /^Add ".*" to the trust policy in main\.tf$/);
  const both = edited(TERRAFORM, editsOf(added, main));
  expect(both.replace(`, "${RIGHT}"`, '')).toBe(TERRAFORM);
  await client.open(main, both, 'terraform');
  expect(rulesOf(await client.diagnose(uri))).not.toContain('irsa-role-not-admitting');
});

test('findings in Terraform have fixes that edit the ServiceAccount', async () => {
  const { client, uri, folder } = await start({ 'account.yaml': BARE, 'iam/main.tf': TERRAFORM }, 'iam/main.tf');
  const account = folder.uriOf('account.yaml');
  const fix = await fixOf(client, uri, 'irsa-subject-mismatch', /follow the policy: call it "report-witer"$/);
  expect(editsOf(fix, uri)).toEqual([]);
  const renamed = edited(BARE, editsOf(fix, account));
  expect(renamed).toBe(BARE.replace('report-writer', 'report-witer'));
  await client.open(account, renamed);
  expect(rulesOf(await client.diagnose(uri))).not.toContain('irsa-subject-mismatch');
  const right = TERRAFORM.replace(WRONG, RIGHT);
  await client.change(uri, 2, [{ text: right }]);
  await client.change(account, 2, [{ text: BARE }]);
  const annotate = await fixOf(client, uri, 'irsa-account-not-annotated', /annotat/i);
  expect(editsOf(annotate, uri)).toEqual([]);
  expect(edited(BARE, editsOf(annotate, account))).toBe(ANNOTATED);
});
