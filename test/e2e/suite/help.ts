import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, hover, open, rangeOf } from './editing';
import { getFindings, getRule, waitForFinding } from './wait';

/** What explains itself on demand: hovers and snippets. */
export function defineHelpSuite(): void {
  describe('Help', () => {
    afterEach(closeAll);

    it('hovering a finding explains what, why and how', async () => {
      const document = await open('apps/web.yaml');
      const { range } = await waitForFinding(document.uri, 'privileged-container');
      const text = await hover(document, range.start);
      assert.match(text, /privileged-container/);
      // The page of the rule has three parts; one sentence alone is the diagnostic's message.
      assert(text.length > 200, `the hover explains at some length: ${text}`);
    });

    it('hovering elsewhere stays silent', async () => {
      const document = await open('apps/web.yaml');
      await waitForFinding(document.uri, 'privileged-container');
      const text = await hover(document, rangeOf(document, 'containerPort').start);
      assert.doesNotMatch(text, /privileged-container/);
    });

    it('hovering a Pod Security label says what it asks for and which workloads would not pass', async () => {
      const document = await open('namespaces/shop.yaml');
      const text = await hover(document, rangeOf(document, 'restricted').start);
      assert.match(text, /Pod Security: enforce `restricted`, v1\.34/);
      assert.match(text, /\[Deployment "web"\]\([^)]*apps\/web\.yaml#L\d+\)/);
    });

    for (const prefix of ['bw-pod', 'bw-deployment', 'bw-networkpolicy-default-deny', 'bw-serviceaccount-irsa']) {
      it(`the snippet ${prefix} is offered in YAML`, async () => {
        const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: prefix });
        await vscode.window.showTextDocument(document);
        const end = document.positionAt(prefix.length);
        const { items } = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          document.uri,
          end,
        );
        const labels = items.filter(({ kind }) => kind === vscode.CompletionItemKind.Snippet).map(toLabel);
        assert(labels.includes(prefix), `${prefix} is among ${labels.join(', ')}`);
      });
    }

    it('a snippet that is inserted is a Pod without a fault', async () => {
      const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: '' });
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('editor.action.insertSnippet', { langId: 'yaml', name: 'Restricted Pod' });
      assert.match(document.getText(), /^kind: Pod$/m);
      const web = await open('apps/web.yaml');
      await waitForFinding(web.uri, 'privileged-container');
      // Its namespace has no network policy yet, which no Pod can help.
      const rules = getFindings(document.uri).map(getRule);
      assert.deepEqual(
        rules.filter((rule) => rule !== 'default-deny-missing'),
        [],
      );
    });
  });
}

const toLabel = ({ label }: vscode.CompletionItem) => (typeof label === 'string' ? label : label.label);
