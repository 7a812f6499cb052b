import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { applyAction, closeAll, getActions, hover, open, pickAction } from './editing';
import { waitFor, waitForFinding } from './wait';

const RULE = 'privileged-container';

/** The pages of rules, which come with the extension. */
export function defineDocsSuite(): void {
  describe('Documentation', () => {
    afterEach(closeAll);

    it('the link of a finding opens the page of its rule', async () => {
      const { uri } = await open('apps/web.yaml');
      const { code } = await waitForFinding(uri, RULE);
      assert(typeof code === 'object', 'the code carries a link');
      assert.equal(code.target.scheme, vscode.env.uriScheme);
      await vscode.commands.executeCommand('vscode.open', code.target);
      await waitForPage();
    });

    it('the link in a hover opens the page of its rule', async () => {
      const document = await open('apps/web.yaml');
      const { range } = await waitForFinding(document.uri, RULE);
      const text = await hover(document, range.start);
      const [, address] = new RegExp(`\\[${RULE}\\]\\(([^)]+)\\)`).exec(text) ?? [];
      const { scheme, path, query } = vscode.Uri.parse(address ?? '');
      assert.equal(scheme, 'command', 'VS Code follows no other link of ours in a hover');
      await vscode.commands.executeCommand(path, ...JSON.parse(query));
      await waitForPage();
    });

    it('the action at a finding opens the page of its rule', async () => {
      const document = await open('apps/web.yaml');
      const { range } = await waitForFinding(document.uri, RULE);
      await applyAction(pickAction(await getActions(document, range), new RegExp(`^Show documentation for ${RULE}$`)));
      await waitForPage();
    });

    it('a rule that does not exist opens nothing', async () => {
      await vscode.commands.executeCommand('breakwater.openRuleDocs', 'no-such-rule');
      assert.deepEqual(getPreviews(), []);
    });
  });
}

function getPreviews(): readonly vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(({ input }) => input instanceof vscode.TabInputWebview);
}

async function waitForPage(): Promise<void> {
  const isPage = ({ label }: vscode.Tab) => label.includes(`${RULE}.md`);
  await waitFor(
    vscode.window.tabGroups.onDidChangeTabs,
    () => getPreviews().find(isPage),
    `the preview of ${RULE}.md`,
    () => JSON.stringify(vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label))),
  );
}
