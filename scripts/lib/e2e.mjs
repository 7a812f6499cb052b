import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openBrowser } from './browser.mjs';
import { inRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

const deadline = 8 * 60_000;

/** What the host itself says: how it connects, what it starts, and that it has no native modules, network or service worker. */
const hostNoise = new RegExp(
  'native-watchdog|spdlog|open-vsx|getaddrinfo|service ?worker|an unknown error occurred|' +
    'connection token|creating a socket|chatsessionstore|builtin (extensions cache|location)|from gallery|' +
    'agenthost:|accountpolicygate|package\\.nls\\.json|enopro|loading development|vscode-test-web-support',
  'i',
);

const toRemotePath = (path) => decodeURIComponent(pathToFileURL(path).pathname);

/**
 * The address under which a served VS Code opens a folder, with workbench options such as
 * ['extensionTestsPath', …].
 * @param {string} base the host's address
 * @param {string} folder absolute, on the machine that serves
 * @param {readonly (readonly [string, string])[]} payload
 */
export function toWorkbenchUrl(base, folder, payload = []) {
  const url = `${base}?folder=${encodeURIComponent(toRemotePath(folder)).replaceAll('%2F', '/')}`;
  return payload.length === 0 ? url : `${url}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** The address of an absolute path as the workbench of that host names it. */
export const toRemoteUri = (base, path) => `vscode-remote://${new URL(base).host}${pathToFileURL(path).pathname}`;

/** A fresh copy of test/e2e/workspace, which the suite edits as a person would. Returns its absolute path. */
export function copyWorkspace() {
  const copy = inRoot('out', 'e2e', 'workspace');
  rmSync(copy, { recursive: true, force: true });
  cpSync(inRoot('test', 'e2e', 'workspace'), copy, { recursive: true });
  return copy;
}

/**
 * Runs a bundled suite inside the extension host of a served VS Code, with a headless browser as its window.
 * Its console output is printed as it comes; what the host itself complains of goes to `log`.
 * @param {{ base: string, browser: string, workspace: string, extension: string, tests: string, log: string }} options
 *   `browser` is the browser's program; `extension` a folder with package.json; `tests` a module that exports run()
 * @returns {Promise<number>} 0 when run() resolved, else another code
 */
export async function runSuite({ base, browser, workspace, extension, tests, log }) {
  const payload = [
    ['extensionDevelopmentPath', toRemoteUri(base, extension)],
    ['extensionTestsPath', toRemoteUri(base, tests)],
    ['skipWelcome', 'true'],
  ];
  return await watchSuite({
    url: toWorkbenchUrl(base, workspace, payload),
    browser,
    print: (args) => print(args, log),
  });
}

/**
 * Runs the suite of a served VS Code for the Web, which names it itself, and reads mocha's statistics from what it prints.
 * @param {{ url: string, browser: string, log: string }} options
 * @returns {Promise<{ code: number, passed: number, failed: number, skipped: number }>}
 */
export async function runWebSuite({ url, browser, log }) {
  rmSync(log, { force: true });
  let stats;
  const read = (args) => {
    const results = /^results: (.*)$/.exec(String(args[0]))?.[1];
    if (results === undefined) print(args, log);
    else stats = JSON.parse(results);
  };
  const code = await watchSuite({ url, browser, print: read });
  if (!stats?.passes) throw new Problem('not a single test passed inside VS Code for the Web.');
  return { code, passed: stats.passes, failed: stats.failures, skipped: stats.pending };
}

/** Opens a page whose suite runs by itself, and resolves with 0 when it passed, else with another code. */
async function watchSuite({ url, browser, print }) {
  const instance = await openBrowser(browser);
  let timer;
  try {
    const page = await instance.newPage();
    await page.exposeFunction('codeAutomationLog', (_type, args) => print(args));
    const exit = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
    const crash = new Promise((resolve) => page.once('crash', () => resolve('the browser page crashed')));
    const late = new Promise((resolve) => {
      timer = setTimeout(resolve, deadline, `no result after ${deadline / 60_000} minutes`);
    });
    await page.goto(url);
    const outcome = await Promise.race([exit, crash, late]);
    if (typeof outcome === 'number') return outcome;
    throw new Problem(`the suite in VS Code did not finish: ${outcome}.${await photograph(page)}`);
  } finally {
    clearTimeout(timer);
    await instance.close();
  }
}

function print(args, log) {
  const text = args.map(String).join(' ');
  if (hostNoise.test(text)) appendFileSync(log, `${text}\n`);
  else console.log(...args);
}

async function photograph(page) {
  const path = inRoot('out', 'e2e', 'unfinished.png');
  mkdirSync(dirname(path), { recursive: true });
  const taken = await page.screenshot({ path, timeout: 10_000 }).catch(() => undefined);
  return taken ? ` The window at that moment: ${path}` : '';
}

/** Where the suite of a bundled module leaves mocha's statistics. */
const toResultsFile = (tests) => tests.replace(/\.js$/, '.results.json');

/** Forgets the results of an earlier run of that suite. */
export const clearResults = (tests) => rmSync(toResultsFile(tests), { force: true });

/**
 * How many tests of the suite ran, from mocha's statistics. Throws a Problem when it has left none:
 * a suite that did not run has not passed.
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
export function readResults(tests) {
  const file = toResultsFile(tests);
  if (!existsSync(file)) throw new Problem(`no test of ${join('out', 'e2e')} ran inside VS Code.`);
  const { passes, failures, pending } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: passes, failed: failures, skipped: pending };
}
