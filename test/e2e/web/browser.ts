import { strict as assert } from 'node:assert';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, toUri, write } from '../suite/editing';
import { waitForAbsence, waitForFinding } from '../suite/wait';

/** What is different where there is neither Node nor a disk. */
export function defineBrowserSuite(): void {
  describe('In a browser', () => {
    afterEach(closeAll);

    it('neither the extension nor its folder is on a disk', async () => {
      await waitForFinding((await open('apps/web.yaml')).uri, 'privileged-container');
      assert.equal(vscode.env.uiKind, vscode.UIKind.Web);
      assert.notEqual(toUri('apps').scheme, 'file');
      const extension = vscode.extensions.getExtension('breakwater.breakwater');
      assert(extension?.isActive);
      assert.match(extension.extensionUri.scheme, /^https?$/);
    });

    it('the configuration file of the folder counts, as soon as it is written', async () => {
      const { uri } = await open('apps/web.yaml');
      await waitForFinding(uri, 'privileged-container');
      await write('.breakwater.yaml', 'rules:\n  privileged-container: off\n');
      await waitForAbsence(uri, 'privileged-container');
      await vscode.workspace.fs.delete(toUri('.breakwater.yaml'));
      await waitForFinding(uri, 'privileged-container');
    });

    it('what is written in an unopened file is read', async () => {
      const { uri } = await open('namespaces/shop.yaml');
      await waitForFinding(uri, 'default-deny-missing');
      await write('policies/shop.yaml', policy);
      await waitForAbsence(uri, 'default-deny-missing');
      await vscode.workspace.fs.delete(toUri('policies'), { recursive: true });
      await waitForFinding(uri, 'default-deny-missing');
    });
  });
}

const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`;
