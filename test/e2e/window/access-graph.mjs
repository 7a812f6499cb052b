// The access graph as a person meets it: keys, theme, dialogs and a reload, in the window of a real VS Code.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/lib/window.mjs';

const START = { file: 'apps/nightly-report.yaml', at: 'serviceAccountName' };

/** @type {readonly import('../../../scripts/lib/window.mjs').WindowTest[]} */
export const accessGraphTests = [
  { title: 'arrow keys walk along the edges, Enter jumps, and what is typed there shows at once', run: walkAndJump },
  { title: 'the drawing takes the colours of a light, a dark and a high contrast theme', run: changeThemes },
  { title: 'the picture is saved where the dialog says', run: exportPicture },
  { title: 'the view comes back after the window is reloaded', run: comeBack },
];

async function walkAndJump({ open }) {
  const page = await open(START);
  const graph = await showGraph(page);
  const focused = graph.locator('.node:focus');
  await assertLabel(focused, /^CronJob in staging: nightly-report/);
  await page.keyboard.press('ArrowDown');
  await assertLabel(focused, /^ServiceAccount in staging: report-uploader/);
  await page.keyboard.press('ArrowDown');
  await assertLabel(focused, /^IAM role: s3-reader/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Shift+Tab');
  await assertLabel(focused, /^CronJob/);
  await page.keyboard.press('Tab');
  await assertLabel(focused, /1 warning.* is refused IAM role s3-reader/);
  await page.keyboard.press('Enter');
  await page.locator('.tab.active', { hasText: 'service-accounts.yaml' }).waitFor();
  await page.getByText('(15 selected)').first().waitFor();
  await page.keyboard.type('renamed');
  await graph.locator('.node[aria-label*="report-uploader"][aria-label*="not in these files"]').waitFor();
}

async function changeThemes({ open }) {
  const seen = new Set();
  for (const theme of ['Default Light Modern', 'Default Dark Modern', 'Default High Contrast']) {
    const page = await open({ ...START, settings: { 'workbench.colorTheme': theme } });
    const card = (await showGraph(page)).locator('.node .card').first();
    const name = (await showGraph(page)).locator('.node text').nth(1);
    const colors = [await card.evaluate(getFill), await name.evaluate(getFill)];
    assert.notEqual(colors[0], colors[1], `names are legible in ${theme}`);
    seen.add(colors.join(' on '));
  }
  assert.equal(seen.size, 3, [...seen].join('; '));
}

const getFill = (element) => getComputedStyle(element).fill;

async function exportPicture({ open, folder }) {
  const page = await open(START);
  const graph = await showGraph(page);
  await graph.getByRole('button', { name: 'Export SVG' }).click();
  const dialog = page.locator('.quick-input-widget');
  const file = join(folder, 'access-cronjob-nightly-report.svg');
  await dialog.locator('input').first().waitFor();
  await page.waitForFunction(
    (name) => document.querySelector('.quick-input-widget input')?.value.endsWith(name),
    'access-cronjob-nightly-report.svg',
  );
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  const deadline = Date.now() + 30_000;
  while (!existsSync(file) || readFileSync(file, 'utf8') === '') {
    assert(Date.now() < deadline, `${file} is written`);
    await page.waitForTimeout(50);
  }
  const text = readFileSync(file, 'utf8');
  assert.match(text, /<svg .*report-uploader.*<\/svg>/s);
  assert.doesNotMatch(text, /var\(|href|<script/);
}

async function comeBack({ open }) {
  const page = await open({ ...START, isLasting: true });
  const graph = await showGraph(page);
  await graph.locator('.node[aria-label^="ServiceAccount"]').focus();
  await runCommand(page, 'Developer: Reload Window');
  await page.locator('iframe.webview').waitFor({ state: 'detached' });
  await findGraph(page).locator('.node.current[aria-label^="ServiceAccount"]').waitFor();
}

/** Opens the graph of what stands at the cursor by its command; the second call only finds it. */
async function showGraph(page) {
  const graph = findGraph(page);
  if ((await page.locator('iframe.webview').count()) === 0) {
    await runCommand(page, 'Breakwater: Show Access Graph');
  }
  await graph.locator('.node:focus').waitFor();
  return graph;
}

const findGraph = (page) => page.frameLocator('iframe.webview').frameLocator('iframe');

async function assertLabel(node, pattern) {
  await node.waitFor();
  assert.match(await node.getAttribute('aria-label'), pattern);
}
