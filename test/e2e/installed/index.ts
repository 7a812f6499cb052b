import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { open } from '../suite/editing';
import { runMocha } from '../suite/run';
import { waitForFindings } from '../suite/wait';

/** Entry point that VS Code calls in its extension host: the packaged extension, installed, on examples/. */
export function run(): Promise<void> {
  return runMocha('installed', [defineInstalledSuite]);
}

function defineInstalledSuite(): void {
  describe('The installed package', () => {
    const extension = vscode.extensions.getExtension('breakwater.breakwater');

    it('lies where VS Code installs extensions, without sources or tests', async () => {
      assert(extension, 'the extension is installed');
      assert.match(extension.extensionUri.path, /\/extensions\/breakwater\.breakwater-[^/]+$/);
      const entries = await vscode.workspace.fs.readDirectory(extension.extensionUri);
      const folders = entries.filter(([, type]) => type === vscode.FileType.Directory).map(([name]) => name);
      assert.deepEqual(folders.sort(), ['dist', 'docs', 'images', 'schemas', 'snippets']);
    });

    it('starts and finds the faults of the examples', async () => {
      const { uri } = await open('apps/legacy-agent.yaml');
      await waitForFindings(uri, (findings) => (findings.length > 5 ? true : undefined), 'more than five findings');
      assert.equal(extension?.isActive, true);
    });
  });
}
