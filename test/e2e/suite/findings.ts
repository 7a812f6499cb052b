import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, rangeOf, replace, toUri, undoTo } from './editing';
import { getFindings, getRule, waitForAbsence, waitForFinding, waitForFindings } from './wait';

/** What a person sees when a file is opened and while it is typed. */
export function defineFindingsSuite(): void {
  describe('Findings', () => {
    afterEach(closeAll);

    it('appear when a manifest is opened, with our name, the rule and a link to its page', async () => {
      const document = await open('apps/web.yaml');
      const finding = await waitForFinding(document.uri, 'privileged-container');
      assert.equal(finding.source, 'Breakwater');
      assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
      assert(typeof finding.code === 'object', 'the code carries a link');
      assert.match(String(finding.code.target), /:\/\/breakwater\.breakwater\/rules\/privileged-container$/);
      assert(rangeOf(document, 'privileged: true').contains(finding.range), 'it underlines the field');
      assert.match(finding.message, /\bweb\b/, 'it names the container');
    });

    it('cover the headline checks of a Pod', async () => {
      const { uri } = await open('apps/web.yaml');
      const rules = [
        'privilege-escalation-allowed',
        'capabilities-not-dropped',
        'run-as-root-allowed',
        'seccomp-profile-missing',
        'writable-root-filesystem',
      ];
      for (const rule of rules) await waitForFinding(uri, rule);
    });

    it('see the second rule of a Role', async () => {
      const document = await open('rbac/deployer.yaml');
      const finding = await waitForFinding(document.uri, 'verb-wildcard');
      assert(rangeOf(document, 'verbs: ["*"]').contains(finding.range), 'it underlines the wildcard');
    });

    it('are silent on YAML that is no manifest', async () => {
      const web = await open('apps/web.yaml');
      await waitForFinding(web.uri, 'privileged-container');
      const notes = await open('notes.yaml');
      // A fault in a manifest next to it is answered after the notes were: the server works in order.
      await waitForFinding((await open('rbac/deployer.yaml')).uri, 'verb-wildcard');
      assert.deepEqual(getFindings(notes.uri), []);
    });

    it('follow the typing, and undo', async () => {
      const document = await open('apps/web.yaml');
      const before = document.getText();
      await waitForFinding(document.uri, 'privileged-container');
      await replace(document, 'privileged: true', 'privileged: false');
      await waitForAbsence(document.uri, 'privileged-container');
      await undoTo(document, before);
      await waitForFinding(document.uri, 'privileged-container');
    });

    it('move with the text when lines are typed above', async () => {
      const document = await open('rbac/deployer.yaml');
      await waitForFinding(document.uri, 'verb-wildcard');
      await replace(document, 'rules:\n', '# One more line, and another 🙂.\n# 日本語\nrules:\n');
      await waitForFindings(
        document.uri,
        (findings) => {
          const finding = findings.find((one) => getRule(one) === 'verb-wildcard');
          return finding && rangeOf(document, '["*"]').intersection(finding.range) ? true : undefined;
        },
        'the finding at the moved wildcard',
      );
    });

    it('stay for the healthy document while its neighbour is broken', async () => {
      const document = await open('rbac/deployer.yaml');
      await waitForFinding(document.uri, 'verb-wildcard');
      const end = document.getText().length;
      const editor = vscode.window.activeTextEditor;
      assert(editor);
      await editor.edit((builder) => builder.insert(document.positionAt(end), '---\nkind: "Role\n  - [:\n'));
      await waitForFindings(
        document.uri,
        (findings) => {
          const ids = findings.map(getRule);
          return ids.includes('verb-wildcard') && ids.length > 1 ? true : undefined;
        },
        'the wildcard and a word on the broken document',
      );
    });

    it('appear in a file that has never been saved', async () => {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(toUri('rbac/deployer.yaml')));
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: text });
      await vscode.window.showTextDocument(document);
      await waitForFinding(document.uri, 'verb-wildcard');
    });
  });
}
