// The access graph as a person meets it: keys, theme, dialogs and a reload, in the window of a real VS Code.
import { strict as assert } from 'node:assert';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../../../scripts/lib/window.mjs';

const START = { file: 'apps/nightly-report.yaml', at: 'serviceAccountName' };

/** @type {readonly import('../../../scripts/lib/window.mjs').WindowTest[]} */
export const accessGraphTests = [
  { title: 'arrow keys walk along the edges, Enter jumps, and what is typed there shows at once', run: walkAndJump },
  { title: 'the drawing takes the colours of a light, a dark and a high contrast theme', run: changeThemes },
  {
    title: 'of a large namespace the gravest is shown first, legible, and the rest by scrolling and zooming',
    run: lookAround,
  },
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

async function lookAround({ open, folder }) {
  const names = Array.from({ length: 40 }, (_, index) => `service-${index}`);
  writeFileSync(
    join(folder, 'large.yaml'),
    names.map((name) => toLargeNamespace(name, name === 'service-39')).join('---\n'),
  );
  const page = await open({ file: 'large.yaml', at: 'serviceAccountName' });
  await runCommand(page, 'Breakwater: Show Access Graph of a Namespace');
  await page.locator('.quick-input-list .monaco-list-row', { hasText: 'large' }).click();
  const graph = findGraph(page);
  const current = graph.locator('.node.current');
  await assertLabel(current, /^Role in large: service-39\. .*error|^Role in large: service-39\. .*warning/);
  await assertInSight(graph, current);
  const getZoom = async () => Number.parseInt(await graph.locator('#zoom').textContent(), 10);
  assert((await getZoom()) >= 60, 'names are legible');
  const last = graph.locator('.node').last();
  await last.focus();
  await assertInSight(graph, last);
  const before = await getZoom();
  await page.keyboard.press('+');
  assert((await getZoom()) > before);
  await assertInSight(graph, last);
  const { x, y, width, height } = await page.locator('iframe.webview').boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, 300);
  await page.keyboard.up('Control');
  await graph.locator('#zoom', { hasNotText: `${Math.round(before * 1.25)} %` }).waitFor();
  await page.keyboard.press('0');
  for (const node of [graph.locator('.node').first(), last]) await assertInSight(graph, node);
  await page.keyboard.press('n');
  await assertLabel(graph.locator('.node:focus'), /\d (error|warning|hint)/);
}

/** A workload, its account and what it may do. */
const toLargeNamespace = (name, isGrave) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: large }
spec:
  serviceAccountName: ${name}
  containers: [{ name: main, image: registry.example.com/large/main:1.0.0 }]
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: large }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: ${name}, namespace: large }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: ${name} }
subjects: [{ kind: ServiceAccount, name: ${name}, namespace: large }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: ${name}, namespace: large }
rules: [{ apiGroups: [""], resources: [${isGrave ? '"*"' : 'configmaps'}], verbs: [${isGrave ? '"*"' : 'get'}] }]
`;

async function assertInSight(graph, node) {
  const frame = await graph.locator('#window').boundingBox();
  const box = await node.boundingBox();
  const isWithin =
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height;
  assert(isWithin, `${JSON.stringify(box)} is within ${JSON.stringify(frame)}`);
}

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
