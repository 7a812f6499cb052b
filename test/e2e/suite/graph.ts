import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { DrawnState } from '../../../client/src/graph/messages';
import { closeAll, open, rangeOf, replace, toUri } from './editing';
import { waitForFinding } from './wait';

/** The view that draws who may do what. */
export function defineGraphSuite(): void {
  describe('The access graph', () => {
    afterEach(closeAll);

    it('of a workload leads from its pods to what they may do', async () => {
      const { title, nodes, refusal } = await showFrom('apps/web.yaml', 'serviceAccountName');
      assert.equal(title, 'Deployment "web"');
      assert.equal(refusal, undefined);
      assert.deepEqual(nodes.map(toName), [
        'Deployment web',
        'ServiceAccount web',
        'RoleBinding web-views',
        'ClusterRole view',
      ]);
      assert.match(nodes[0]?.label ?? '', /runs as ServiceAccount web\.$/);
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      assert.equal(tab?.label, 'Access: Deployment web', 'the graph has the focus');
    });

    it('of an account marks that its role refuses it', async () => {
      const { nodes } = await showFrom('apps/accounts.yaml', 'report-writer');
      const account = nodes.find(({ label }) => label.startsWith('ServiceAccount'));
      assert.equal(account?.fault, 'warning');
      assert.match(account?.label ?? '', /1 warning.* is refused IAM role report-writer/);
    });

    it('follows an edit, and comes back with it when it is shown again', async () => {
      await showFrom('apps/web.yaml', 'serviceAccountName');
      const document = await open('apps/web.yaml');
      await replace(document, 'serviceAccountName: web', 'serviceAccountName: nobody');
      const { nodes } = await showFrom('apps/web.yaml', 'serviceAccountName');
      assert.deepEqual(nodes.map(toName), ['Deployment web', 'ServiceAccount nobody']);
      assert.match(nodes[1]?.label ?? '', /not in these files/);
    });

    it('of a namespace holds all of it', async () => {
      await openRead('namespaces/shop.yaml');
      const state = await vscode.commands.executeCommand<DrawnState>('breakwater.showNamespaceAccessGraph', 'shop');
      assert.equal(state.title, 'Namespace "shop"');
      const names = state.nodes.map(toName);
      for (const name of ['Deployment web', 'Role deployer', 'IAM role report-writer']) {
        assert(names.includes(name), `${name} is among ${names.join(', ')}`);
      }
    });

    it('is saved as a picture that needs no editor', async () => {
      await showFrom('apps/web.yaml', 'serviceAccountName');
      const file = toUri('access.svg');
      await vscode.commands.executeCommand('breakwater.exportAccessGraph', file);
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
      await vscode.workspace.fs.delete(file);
      assert.match(text, /^<\?xml .*<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/s);
      assert.match(text, /Access: Deployment &quot;web&quot;/);
      assert.match(text, /fill="rgb\(/);
      assert.doesNotMatch(text, /var\(|href|<script/);
    });
  });
}

/** Opens a file once the workspace is read. */
async function openRead(path: string): Promise<vscode.TextDocument> {
  const accounts = await open('apps/accounts.yaml');
  await waitForFinding(accounts.uri, 'irsa-role-not-admitting');
  return await open(path);
}

async function showFrom(path: string, text: string): Promise<DrawnState> {
  const document = await openRead(path);
  const { start } = rangeOf(document, text);
  return await vscode.commands.executeCommand<DrawnState>('breakwater.showAccessGraph', document.uri, start);
}

function toName({ label }: DrawnState['nodes'][number]): string {
  const [, kind, name] = /^(\w[\w ]*?)(?: in [\w-]+)?(?:, [\w ]+)?: ([^.]+)/.exec(label) ?? [];
  return `${kind} ${name}`;
}
