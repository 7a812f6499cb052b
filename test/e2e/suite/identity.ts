import { strict as assert } from 'node:assert';
import { afterEach, beforeEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  applyAction,
  closeAll,
  getActions,
  hover,
  open,
  pickAction,
  rangeOf,
  replace,
  toUri,
  undoTo,
  waitForText,
  write,
} from './editing';
import { getFindings, getRule, waitForAbsence, waitForFinding } from './wait';

const provider = 'oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D4E5F60718293A4B5C6D7E8F9';
const wrong = 'system:serviceaccount:reports:exprter';
const right = 'system:serviceaccount:reports:exporter';

const account = `# Carries the reports away.
apiVersion: v1
kind: ServiceAccount
metadata:
  name: exporter
  namespace: reports
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/exporter
`;

const terraform = `# Lets the exporter in.
resource "aws_iam_role" "exporter" {
  name               = "exporter" // not aligned with what follows
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity" # by its token
      Principal = { Federated = "arn:aws:iam::111122223333:oidc-provider/${provider}" }
      Condition = { StringEquals = {
        "${provider}:sub" = "${wrong}" /* agreed */
        "${provider}:aud" = "sts.amazonaws.com"
      } }
    }]
  })
}
`;

const manifests = 'reports/account.yaml';
const roles = 'reports/main.tf';

/** ServiceAccounts, their roles, and who may take them on. */
export function defineIdentitySuite(): void {
  describe('Setting up IRSA', () => {
    afterEach(closeAll);

    it('account, field and trust policy are written by one action, and taken back by one undo', async () => {
      const document = await open('apps/import.yaml');
      const accounts = await vscode.workspace.openTextDocument(toUri('apps/accounts.yaml'));
      const before = [document.getText(), accounts.getText()] as const;
      const made = toUri('iam/tools-import-trust-policy.json');
      await waitForFinding(document.uri, 'run-as-root-allowed');
      await applyAction(
        pickAction(await getSetups(document), /^Set up IRSA for Job "import": ServiceAccount "import",/),
      );
      assert.match(document.getText(), /^ {6}serviceAccountName: import$/m);
      assert(document.getText().includes('# nobody remembers why'));
      assert(accounts.getText().startsWith(before[1]), 'the accounts that were there stay');
      assert.match(accounts.getText(), /name: import\n {2}namespace: tools\n {2}annotations:\n.*role\/tools-import\n/);
      const policy = await vscode.workspace.openTextDocument(made);
      assert.match(policy.getText(), new RegExp(`"${provider}:sub": "system:serviceaccount:tools:import"`));
      const rules = [document, accounts, policy].flatMap(({ uri }) => getFindings(uri).map(getRule));
      assert.deepEqual(
        rules.filter((rule) => rule.startsWith('irsa') && rule !== 'irsa-role-not-admitting'),
        [],
      );
      const restored = waitForText(accounts, (text) => text === before[1]);
      await vscode.window.showTextDocument(document);
      await undoTo(document, before[0]);
      await restored;
      await assert.rejects(async () => await vscode.workspace.fs.stat(made), 'the new file is gone');
    });

    it('a hover on the ServiceAccount says who runs as it and which role it has', async () => {
      const document = await open('apps/accounts.yaml');
      await waitForFinding(document.uri, 'irsa-role-not-admitting');
      const web = await hover(document, rangeOf(document, 'web').start);
      assert.match(web, /Pods that run as it: \[Deployment "web"\]\([^)]*apps\/web\.yaml#L\d+\)/);
      const writer = await hover(document, rangeOf(document, 'name: report-writer').end);
      assert.match(writer, /\*\*IAM role `report-writer`\*\*/);
      assert.match(writer, /\[trust policy in report-writer\.json\]\([^)]*\) \*\*does not admit this account\*\*/);
    });
  });

  describe('Terraform', () => {
    beforeEach(async () => {
      await write(manifests, account);
      await write(roles, terraform);
    });

    afterEach(async () => {
      await closeAll();
      await vscode.workspace.fs.delete(toUri('reports'), { recursive: true });
    });

    it('a wrong subject is found where it stands, and its fix changes nothing else', async () => {
      const document = await open(roles);
      assert.equal(document.languageId, 'terraform');
      const finding = await waitForFinding(document.uri, 'irsa-subject-mismatch');
      assert.equal(document.getText(finding.range), wrong);
      await applyAction(pickAction(await getActions(document, finding.range), /^Change the subject to/));
      assert.equal(document.getText(), terraform.replace(wrong, right));
      await waitForAbsence(document.uri, 'irsa-subject-mismatch');
      await undoTo(document, terraform);
      await waitForFinding(document.uri, 'irsa-subject-mismatch');
    });

    it('a finding at the ServiceAccount has a fix that edits the Terraform file', async () => {
      const role = await open(roles);
      const document = await open(manifests);
      const { range } = await waitForFinding(document.uri, 'irsa-role-not-admitting');
      await applyAction(pickAction(await getActions(document, range), /^Change .* in main\.tf$/));
      assert.equal(role.getText(), terraform.replace(wrong, right));
      assert.equal(document.getText(), account);
      await waitForAbsence(document.uri, 'irsa-role-not-admitting');
    });

    it('a finding in the Terraform file has a fix that edits the ServiceAccount', async () => {
      const manifest = await open(manifests);
      const document = await open(roles);
      const { range } = await waitForFinding(document.uri, 'irsa-subject-mismatch');
      await applyAction(pickAction(await getActions(document, range), /follow the policy: call it "exprter"$/));
      assert.equal(manifest.getText(), account.replace('name: exporter', 'name: exprter'));
      assert.equal(document.getText(), terraform);
      await waitForAbsence(document.uri, 'irsa-subject-mismatch');
    });

    it('what is typed in a file of variables counts before it is saved', async () => {
      await write(roles, terraform.replace(wrong, 'system:serviceaccount:reports:${var.account}'));
      await write('reports/terraform.tfvars', 'account = "exporter"\n');
      const role = await open(roles);
      const variables = await open('reports/terraform.tfvars');
      assert.equal(variables.languageId, 'terraform-vars');
      await replace(variables, 'exporter', 'exprter');
      assert(variables.isDirty);
      await waitForFinding(role.uri, 'irsa-subject-mismatch');
      await replace(variables, 'exprter', 'exporter');
      await waitForAbsence(role.uri, 'irsa-subject-mismatch');
    });
  });
}

async function getSetups(document: vscode.TextDocument): Promise<readonly vscode.CodeAction[]> {
  const kind = vscode.CodeActionKind.RefactorRewrite.append('breakwater').append('irsa');
  return await getActions(document, rangeOf(document, 'restartPolicy'), kind);
}
