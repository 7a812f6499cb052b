import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessGraphTests } from '../../test/e2e/window/access-graph.mjs';
import { ensureBrowser } from './browser.mjs';
import { bundleProducts, bundleSuites } from './bundle.mjs';
import { clearResults, copyWorkspace, readResults, runSuite, runWebSuite } from './e2e.mjs';
import { runNode } from './exec.mjs';
import { ensureHost } from './host-install.mjs';
import { inRoot } from './paths.mjs';
import { findFreePort } from './ports.mjs';
import { createProfile, installVsix, startHost } from './vscode-host.mjs';
import { getVsixName, listPackaged, packageVsix, toSizeText } from './vsix.mjs';
import { ensureWebHost, layOutExtension, startWebHost } from './web-host.mjs';
import { runWindowTests } from './window.mjs';

/** @typedef {{ code: number, passed?: number, failed?: number, skipped?: number }} Outcome */

const tool = (...parts) => inRoot('node_modules', ...parts);
/** biome colours its report letter by letter, even in a log file. */
const plain = process.stdout.isTTY ? [] : ['--colors=off'];
const check = async (script, ...args) => ({ code: await runNode(script, args) });

/**
 * The steps of `npm test`, in order.
 * @type {readonly { name: string, title: string, needsBuild?: boolean, action: () => Promise<Outcome> }[]}
 */
export const steps = [
  { name: 'build', title: 'Build', action: build },
  {
    name: 'generated',
    title: 'Generated files are fresh',
    action: () => check(inRoot('scripts', 'generate.mjs'), '--check'),
  },
  { name: 'types', title: 'Type check', action: types },
  { name: 'lint', title: 'Lint', action: () => check(tool('@biomejs', 'biome', 'bin', 'biome'), 'ci', '.', ...plain) },
  { name: 'unit', title: 'Tests in Node: units, rules, language server, command line', needsBuild: true, action: unit },
  { name: 'e2e', title: 'Tests inside VS Code', needsBuild: true, action: e2e },
  { name: 'web', title: 'Tests inside VS Code for the Web', needsBuild: true, action: web },
  { name: 'package', title: 'Packaging, and the package inside VS Code', needsBuild: true, action: packaged },
];

async function build() {
  await bundleProducts();
  await bundleSuites();
  return { code: 0 };
}

/** The scripts of views run in a page, so that they are checked against other types. */
async function types() {
  const { code } = await check(tool('typescript', 'bin', 'tsc'), '--noEmit', '-p', '.');
  if (code !== 0) return { code };
  return await check(tool('typescript', 'bin', 'tsc'), '-p', inRoot('client', 'src', 'graph', 'webview'));
}

async function unit() {
  const file = inRoot('out', 'vitest.json');
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = await runNode(tool('vitest', 'vitest.mjs'), ['run', ...reporters]);
  if (!existsSync(file)) return { code: code || 1 };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(file, 'utf8'));
  return { code, passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

async function e2e() {
  const only = process.env.BREAKWATER_E2E_GREP;
  if (only) console.log(`(Only tests with "${only}" in their title: BREAKWATER_E2E_GREP is set.)`);
  return await runInHost(await createHostProfile('e2e'), 'index', { workspace: copyWorkspace(), extension: inRoot() });
}

async function web() {
  await ensureWebHost();
  const browser = await ensureBrowser();
  const options = layOutExtension(await listPackaged(), inRoot('out', 'e2e', 'web.js'));
  const host = await startWebHost({ ...options, workspace: copyWorkspace(), port: await findFreePort() });
  try {
    return await runWebSuite({ url: host.url, browser, log: inRoot('.vscode-test', 'web.log') });
  } finally {
    host.stop();
  }
}

async function packaged() {
  const file = inRoot('out', getVsixName());
  const size = await packageVsix(file);
  console.log(`${getVsixName()}: ${toSizeText(size)}`);
  const profile = await createHostProfile('installed');
  await installVsix(profile, file);
  const options = { workspace: inRoot('examples'), extension: createEmptyExtension(), tests: accessGraphTests };
  return await runInHost(profile, 'installed', options);
}

async function createHostProfile(name) {
  await ensureHost();
  return createProfile(name);
}

/** `tests`: beside the suite, those that use the window itself. */
async function runInHost(profile, suite, { tests = [], ...options }) {
  const browser = await ensureBrowser();
  const module = inRoot('out', 'e2e', `${suite}.js`);
  clearResults(module);
  const host = await startHost(profile, await findFreePort());
  try {
    const code = await runSuite({ ...options, base: host.url, browser, tests: module, log: profile.log });
    const results = readResults(module);
    if (results.passed === 0) console.error('error: not a single test passed inside VS Code.');
    const inWindow = await runWindowTests({ base: host.url, browser, tests });
    return {
      code: results.passed === 0 || inWindow.failed > 0 ? 1 : code,
      passed: results.passed + inWindow.passed,
      failed: results.failed + inWindow.failed,
      skipped: results.skipped,
    };
  } finally {
    await host.stop();
  }
}

/** VS Code runs suites only for an extension under development; this one does nothing, so the installed one is seen. */
function createEmptyExtension() {
  const folder = inRoot('out', 'e2e', 'empty-extension');
  mkdirSync(folder, { recursive: true });
  const manifest = { name: 'empty', publisher: 'test', version: '0.0.0', engines: { vscode: '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
