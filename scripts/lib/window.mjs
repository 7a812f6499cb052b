import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { browserFlags } from './browser.mjs';
import { toRemoteUri, toWorkbenchUrl } from './e2e.mjs';
import { inRoot } from './paths.mjs';

/** How long (in milliseconds) a test waits for what it expects to see. */
const patience = 30_000;

/**
 * What a test of the window works with: `folder` is its copy of examples/, `open` shows a file of it with the cursor on a text.
 * The address of a lasting window names no file, so that it comes back as it was left.
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ file: string, at: string, settings?: object, isLasting?: boolean }} OpenPlace
 * @typedef {{ folder: string, open(place: OpenPlace): Promise<Page> }} WindowTools
 * @typedef {{ title: string, run(tools: WindowTools): Promise<void> }} WindowTest
 */

/**
 * Runs tests that use a served VS Code as a person does, each with a window and a copy of examples/ of its own.
 * BREAKWATER_E2E_GREP picks tests by title.
 * @param {{ base: string, browser: string, tests: readonly WindowTest[] }} options `browser` is the browser's program
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runWindowTests({ base, browser, tests }) {
  const { chromium } = await import('playwright-core');
  const instance = await chromium.launch({ executablePath: browser, args: browserFlags });
  const totals = { passed: 0, failed: 0 };
  try {
    const only = process.env.BREAKWATER_E2E_GREP ?? '';
    for (const { title, run } of tests.filter((test) => test.title.includes(only))) {
      const failure = await runTest(instance, base, run);
      console.log(`    ${failure ? '✖' : '✔'} ${title}`);
      if (failure) console.error(failure);
      totals[failure ? 'failed' : 'passed']++;
    }
  } finally {
    await instance.close();
  }
  return totals;
}

async function runTest(instance, base, run) {
  const folder = inRoot('out', 'e2e', 'window');
  rmSync(folder, { recursive: true, force: true });
  cpSync(inRoot('examples'), folder, { recursive: true });
  const contexts = [];
  const open = async ({ file, at, settings, isLasting = false }) => {
    if (settings) {
      mkdirSync(join(folder, '.vscode'), { recursive: true });
      writeFileSync(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    }
    const context = await instance.newContext({ viewport: { width: 1280, height: 900 } });
    contexts.push(context);
    return await openFile(context, base, folder, { file, at, isLasting });
  };
  try {
    await run({ folder, open });
    return undefined;
  } catch (error) {
    const path = inRoot('out', 'e2e', 'window-failed.png');
    await contexts
      .at(-1)
      ?.pages()[0]
      ?.screenshot({ path, timeout: 10_000 })
      .catch(() => undefined);
    return error;
  } finally {
    for (const context of contexts) await context.close();
  }
}

/** Opens a file in a new window, and waits until it has been checked and the cursor stands on the text. */
async function openFile(context, base, folder, { file, at, isLasting }) {
  const path = join(folder, ...file.split('/'));
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const before = readFileSync(path, 'utf8').split(at)[0].split('\n');
  const [line, column] = [before.length, before.at(-1).length + 1];
  const place = `${line}:${column}`;
  const opened = [
    ['openFile', `${toRemoteUri(base, path)}:${place}`],
    ['gotoLineMode', 'true'],
  ];
  await page.goto(toWorkbenchUrl(base, folder, [['skipWelcome', 'true'], ...(isLasting ? [] : opened)]));
  if (isLasting) await choose(page, 'Control+P', `${path}:${place}`, basename(path));
  await page.locator('.monaco-editor .cdr[class*=squiggly-]').first().waitFor();
  await page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
  await page.getByText(`Ln ${line}, Col ${column}`).first().waitFor();
  return page;
}

/**
 * Runs a command by its name from the palette.
 * @param {Page} page
 * @param {string} name
 */
export const runCommand = (page, name) => choose(page, 'F1', `>${name}`, name);

/** A window that is still starting may take back what was typed: then once more. */
async function choose(page, key, text, wanted) {
  const input = page.locator('.quick-input-widget input').first();
  const row = page.locator('.quick-input-list .monaco-list-row', { hasText: wanted }).first();
  await retry(page, async (timeout) => {
    await page.keyboard.press(key);
    await input.fill(text, { timeout });
    await row.waitFor({ timeout });
  });
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

/**
 * Presses keys in the editor until what they bring is to be seen. A window that is busy may not hear a key, and VS Code drops what a
 * provider answers while one of its own extensions starts.
 * @param {Page} page
 * @param {readonly string[]} keys one after the other
 * @param {import('playwright-core').Locator} seen
 */
export async function pressUntilSeen(page, keys, seen) {
  await retry(page, async (timeout) => {
    for (const key of keys) await page.keyboard.press(key);
    await seen.first().waitFor({ timeout });
  });
}

/** Tries again, from a window without anything opened over the editor, for as long as a person would. */
async function retry(page, attempt) {
  const deadline = Date.now() + 2 * patience;
  for (;;) {
    try {
      await attempt(patience / 6);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await page.keyboard.press('Escape');
    }
  }
}
