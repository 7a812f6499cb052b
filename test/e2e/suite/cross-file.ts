import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyAction, closeAll, getActions, open, pickAction, rangeOf, replace, toUri, undoTo } from './editing';
import { getFindings, getRule, waitForAbsence, waitForFinding } from './wait';

/** Findings whose cause, or whose fix, lies in another file. */
export function defineCrossFileSuite(): void {
  describe('Across files', () => {
    afterEach(closeAll);

    it('a namespace without default deny is named once, at its Namespace', async () => {
      const document = await open('namespaces/shop.yaml');
      const finding = await waitForFinding(document.uri, 'default-deny-missing');
      assert(rangeOf(document, 'name: shop').contains(finding.range), 'it underlines the name');
      const web = await open('apps/web.yaml');
      await waitForFinding(web.uri, 'privileged-container');
      const rules = vscode.languages.getDiagnostics(web.uri).map(getRule);
      assert(!rules.includes('default-deny-missing'), 'and not again at the workload');
    });

    it('the fix writes the policy in a new file, which settles the finding', async () => {
      const document = await open('namespaces/shop.yaml');
      const { range } = await waitForFinding(document.uri, 'default-deny-missing');
      const fix = pickAction(await getActions(document, range), /ingress and egress .* new file/);
      const created = toUri('namespaces/shop-default-deny.yaml');
      try {
        await applyAction(fix);
        const policy = await vscode.workspace.openTextDocument(created);
        assert.match(policy.getText(), /kind: NetworkPolicy/);
        assert.match(policy.getText(), /namespace: shop/);
        assert.match(policy.getText(), /port: 53/);
        await policy.save();
        await waitForAbsence(document.uri, 'default-deny-missing');
        assert.deepEqual(getFindings(created).map(getRule), []);
      } finally {
        await vscode.workspace.fs.delete(created);
      }
      await waitForFinding(document.uri, 'default-deny-missing');
    });

    it('or the fix writes it in the same file, and is undone', async () => {
      const document = await open('namespaces/shop.yaml');
      const before = document.getText();
      const { range } = await waitForFinding(document.uri, 'default-deny-missing');
      await applyAction(pickAction(await getActions(document, range), /ingress and egress .* this file/));
      assert(document.getText().startsWith(before), 'what was there stays');
      assert.match(document.getText(), /---\napiVersion: networking\.k8s\.io\/v1\nkind: NetworkPolicy/);
      await waitForAbsence(document.uri, 'default-deny-missing');
      await undoTo(document, before);
      await waitForFinding(document.uri, 'default-deny-missing');
    });

    it('a misspelt IRSA subject leads to the ServiceAccount that it nearly names', async () => {
      const document = await open('iam/report-writer.json');
      const finding = await waitForFinding(document.uri, 'irsa-subject-mismatch');
      assert.match(document.getText(finding.range), /report-witer/);
      const [related] = finding.relatedInformation ?? [];
      assert(related, 'there is related information');
      assert.equal(related.location.uri.toString(), toUri('apps/accounts.yaml').toString());
      const accounts = await vscode.workspace.openTextDocument(related.location.uri);
      assert.match(accounts.lineAt(related.location.range.start).text, /report-writer/);
    });

    it('a ServiceAccount whose role does not admit it leads to the trust policy', async () => {
      const document = await open('apps/accounts.yaml');
      const finding = await waitForFinding(document.uri, 'irsa-role-not-admitting');
      assert(
        rangeOf(document, 'eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/report-writer').contains(
          finding.range,
        ),
      );
      const files = (finding.relatedInformation ?? []).map(({ location }) => location.uri.toString());
      assert(files.includes(toUri('iam/report-writer.json').toString()));
    });

    it('typing in one file changes the findings of the other', async () => {
      const accounts = await open('apps/accounts.yaml');
      await waitForFinding(accounts.uri, 'irsa-role-not-admitting');
      const trust = await open('iam/report-writer.json');
      await waitForFinding(trust.uri, 'irsa-subject-mismatch');
      await replace(trust, 'report-witer', 'report-writer');
      await waitForAbsence(trust.uri, 'irsa-subject-mismatch');
      await waitForAbsence(accounts.uri, 'irsa-role-not-admitting');
    });

    it('the fix at the ServiceAccount edits the trust policy', async () => {
      const trust = await open('iam/report-writer.json');
      const accounts = await open('apps/accounts.yaml');
      const { range } = await waitForFinding(accounts.uri, 'irsa-role-not-admitting');
      const before = accounts.getText();
      await applyAction(pickAction(await getActions(accounts, range), /^Change .*report-writer/));
      assert.equal(accounts.getText(), before);
      assert.match(trust.getText(), /system:serviceaccount:shop:report-writer"/);
      await waitForAbsence(accounts.uri, 'irsa-role-not-admitting');
    });

    it('the subject is corrected by its fix', async () => {
      const document = await open('iam/report-writer.json');
      const finding = await waitForFinding(document.uri, 'irsa-subject-mismatch');
      const actions = await getActions(document, finding.range);
      await applyAction(pickAction(actions, /report-writer/));
      assert.match(document.getText(), /system:serviceaccount:shop:report-writer"/);
      await waitForAbsence(document.uri, 'irsa-subject-mismatch');
    });
  });
}
