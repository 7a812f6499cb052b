// Takes the pictures of docs/images/ from a running VS Code with the packaged extension on a copy of examples/.
// An argument picks those whose names begin with it.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { browserFlags, ensureBrowser } from './lib/browser.mjs';
import { toRemoteUri, toWorkbenchUrl } from './lib/e2e.mjs';
import { ensureHost } from './lib/host-install.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { findFreePort } from './lib/ports.mjs';
import { runMain } from './lib/problem.mjs';
import { createProfile, installVsix, startHost } from './lib/vscode-host.mjs';
import { getVsixName, packageVsix } from './lib/vsix.mjs';
import { pressUntilSeen, runCommand } from './lib/window.mjs';

const viewport = { width: 1100, height: 680 };
const wide = { width: 1500, height: 760 };

/** What would take room from the point of a picture is left out. */
const settings = {
  'editor.minimap.enabled': false,
  'editor.stickyScroll.enabled': false,
  'editor.wordWrap': 'on',
  'editor.occurrencesHighlight': 'off',
  'editor.selectionHighlight': false,
  'breadcrumbs.enabled': false,
};

/** One picture each: a file of examples/, the text on which the cursor stands, and what a person does then. */
const shots = [
  { name: 'problems', file: 'apps/legacy-agent.yaml', at: 'privileged: true', act: showProblems },
  { name: 'hover', file: 'apps/legacy-agent.yaml', at: 'true # sysctl', act: showHover },
  { name: 'quick-fix', file: 'rbac/namespace-admin.yaml', at: '"*"', act: showQuickFixes },
  { name: 'default-deny', file: 'namespaces/staging.yaml', at: 'staging\n', act: applyDefaultDeny },
  {
    name: 'access-graph',
    file: 'apps/release-bot.yaml',
    at: 'serviceAccountName',
    act: showAccessGraph,
    size: wide,
    hasFindings: false,
  },
  {
    name: 'access-graph-dark',
    file: 'namespaces/staging.yaml',
    at: 'staging\n',
    act: showAccessGraph,
    size: wide,
    scheme: 'dark',
  },
  { name: 'irsa', file: 'iam/archive-reader-trust-policy.json', at: 's3-raeder', act: showMarker },
];

const only = process.argv[2];
await runMain(async () => {
  await ensureDependencies();
  await ensureHost();
  const browser = await ensureBrowser();
  const file = inRoot('out', getVsixName());
  await packageVsix(file);
  const profile = createProfile('screenshots', settings);
  await installVsix(profile, file);
  const host = await startHost(profile, await findFreePort());
  const { chromium } = await import('playwright-core');
  const instance = await chromium.launch({ executablePath: browser, args: browserFlags });
  mkdirSync(inRoot('docs', 'images'), { recursive: true });
  try {
    for (const shot of shots.filter(({ name }) => only === undefined || name.startsWith(only)))
      await take(instance, host.url, shot);
  } finally {
    await instance.close();
    await host.stop();
  }
});

async function take(instance, base, { name, file, at, act, size = viewport, scheme = 'light', hasFindings = true }) {
  const folder = inRoot('out', 'screenshots', 'examples');
  rmSync(folder, { recursive: true, force: true });
  cpSync(inRoot('examples'), folder, { recursive: true });
  if (scheme === 'dark') {
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode', 'settings.json'), '{ "workbench.colorTheme": "Default Dark Modern" }');
  }
  const context = await instance.newContext({ viewport: size, deviceScaleFactor: 1.5, colorScheme: scheme });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const place = toPlace(join(folder, ...file.split('/')), at);
  const payload = [
    ['openFile', `${toRemoteUri(base, join(folder, ...file.split('/')))}:${place}`],
    ['gotoLineMode', 'true'],
    ['skipWelcome', 'true'],
  ];
  try {
    await page.goto(toWorkbenchUrl(base, folder, payload));
    if (hasFindings) await page.locator('.monaco-editor .cdr[class*=squiggly-]').first().waitFor();
    await page.locator('.monaco-editor textarea, .monaco-editor .native-edit-context').first().focus();
    const [line, column] = place.split(':');
    await page.getByText(`Ln ${line}, Col ${column}`).first().waitFor();
    await act(page);
  } catch (error) {
    await page.screenshot({ path: inRoot('out', 'screenshots', 'failed.png') });
    throw error;
  }
  await page.screenshot({ path: inRoot('docs', 'images', `${name}.png`) });
  console.log(`docs/images/${name}.png`);
  await context.close();
}

/** Line and column, counted from one, of the first place where `text` stands in a file. */
function toPlace(path, text) {
  const before = readFileSync(path, 'utf8').split(text)[0].split('\n');
  return `${before.length}:${before.at(-1).length + 1}`;
}

async function showProblems(page) {
  // By its name, because pressed again the key would hide what it has shown.
  await runCommand(page, 'Problems: Focus on Problems View');
  // Not the icon of the row: a light bulb takes its place as soon as there are fixes.
  await page.locator('.markers-panel .monaco-list-row .marker-source').first().waitFor();
}

async function showHover(page) {
  const hover = page.locator('.monaco-hover .hover-contents', { hasText: 'What to do' });
  await pressUntilSeen(page, ['Control+K', 'Control+I'], hover);
}

async function showQuickFixes(page) {
  await pressUntilSeen(page, ['Control+.'], page.locator('.action-widget .monaco-list-row.action'));
}

async function applyDefaultDeny(page) {
  await showQuickFixes(page);
  await page.keyboard.press('Enter');
  await page.locator('.view-line', { hasText: 'NetworkPolicy' }).first().waitFor();
  await page.locator('.monaco-editor .cdr[class*=squiggly-]').first().waitFor({ state: 'detached' });
  // The counts in the tab and the explorer follow the editor after a while.
  await page.waitForTimeout(1_000);
}

async function showMarker(page) {
  await pressUntilSeen(page, ['F8'], page.locator('.marker-widget .message'));
}

/** The graph takes the place of the explorer, and the focus stands on what is worth a look. */
async function showAccessGraph(page) {
  await page.keyboard.press('Control+B');
  await runCommand(page, 'Breakwater: Show Access Graph');
  const graph = page.frameLocator('iframe.webview').frameLocator('iframe');
  const nodes = graph.locator('.node');
  await nodes.first().waitFor();
  const faulty = graph.locator('.node:has(.badge)');
  if ((await faulty.count()) > 0) await faulty.last().focus();
  await page.waitForTimeout(500);
}
