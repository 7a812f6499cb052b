import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { findProgram, run, runNode } from './exec.mjs';
import { inRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

/** Flags under which Chromium runs as root, without a display, and without talking to the outside. */
export const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  `${homedir()}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
  `${process.env.PROGRAMFILES}\\Google\\Chrome\\Application\\chrome.exe`,
  `${process.env['PROGRAMFILES(X86)']}\\Microsoft\\Edge\\Application\\msedge.exe`,
];

/**
 * The path of a Chromium-like browser: named by BREAKWATER_BROWSER or CHROME_PATH, else an installed one,
 * else one that this function installs. Needs the dependencies. Throws a Problem that says how to get one.
 * @returns {Promise<string>}
 */
export async function ensureBrowser() {
  return namedBrowser() ?? installedBrowser() ?? (await installBrowser());
}

function namedBrowser() {
  for (const name of ['BREAKWATER_BROWSER', 'CHROME_PATH']) {
    const path = process.env[name];
    if (!path) continue;
    if (!existsSync(path)) throw new Problem(`${name} names a browser that is not there: ${path}`);
    return path;
  }
  return undefined;
}

function installedBrowser() {
  for (const name of programs) {
    const path = findProgram(name);
    if (path) return path;
  }
  return applications.find((path) => existsSync(path));
}

async function installBrowser() {
  console.log('No browser found; installing one …');
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    const code = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
    const path = findProgram('chromium');
    if (code === 0 && path) return path;
  }
  await runNode(inRoot('node_modules', 'playwright-core', 'cli.js'), ['install', 'chromium']);
  const { chromium } = await import('playwright-core');
  if (existsSync(chromium.executablePath())) return chromium.executablePath();
  throw new Problem(
    'the tests need Chromium, Chrome or Edge, and none could be found or installed. Install one ' +
      '(Debian: apt-get install chromium), or set BREAKWATER_BROWSER to the path of its program.',
  );
}

/**
 * Starts a headless browser with a fresh profile of its own, in which VS Code for the Web can show its views: they come from
 * other addresses than the window, so that by default they may not keep anything.
 * @param {string} program
 * @returns {Promise<import('playwright-core').BrowserContext>}
 */
export async function openBrowser(program) {
  const { chromium } = await import('playwright-core');
  const profile = inRoot('.vscode-test', 'browser');
  rmSync(profile, { recursive: true, force: true });
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { cookie_controls_mode: 0, block_third_party_cookies: false } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
  const viewport = { width: 1280, height: 900 };
  return await chromium.launchPersistentContext(profile, { executablePath: program, args: browserFlags, viewport });
}
