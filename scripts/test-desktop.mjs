// The suite of test/e2e inside desktop VS Code, through @vscode/test-electron, which downloads it.
// VSCODE_EXECUTABLE_PATH names an installed one to use instead.
import { existsSync, rmSync } from 'node:fs';
import { bundleProducts, bundleSuites } from './lib/bundle.mjs';
import { clearResults, copyWorkspace, readResults } from './lib/e2e.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { Problem, runMain } from './lib/problem.mjs';

await runMain(async () => {
  await ensureDependencies();
  await bundleProducts();
  await bundleSuites();
  const vscodeExecutablePath = await findVscode();
  const tests = inRoot('out', 'e2e', 'index.js');
  clearResults(tests);
  const { runTests } = await import('@vscode/test-electron');
  const profile = inRoot('.vscode-test', 'desktop');
  rmSync(profile, { recursive: true, force: true });
  const code = await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: inRoot(),
    extensionTestsPath: tests,
    launchArgs: [copyWorkspace(), '--disable-extensions', `--user-data-dir=${profile}`],
  }).catch((error) => {
    console.error(String(error));
    return 1;
  });
  const { passed, failed } = readResults(tests);
  console.log(`${passed} passed, ${failed} failed`);
  return code;
});

async function findVscode() {
  const path = process.env.VSCODE_EXECUTABLE_PATH;
  if (path) {
    if (existsSync(path)) return path;
    throw new Problem(`VSCODE_EXECUTABLE_PATH names a program that is not there: ${path}`);
  }
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({ cachePath: inRoot('.vscode-test', 'vscode'), version: 'stable' });
  } catch (error) {
    throw new Problem(
      `desktop VS Code could not be downloaded (${error.message}), so its tests did not run. ` +
        'Set VSCODE_EXECUTABLE_PATH to the program of an installed VS Code to use that one.',
    );
  }
}
