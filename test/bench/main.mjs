// npm run bench: what a keystroke, a start and a folder cost, beside a server that does no work. Figures of one run compare;
// figures of different machines do not. Nothing here passes or fails.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, memoryOf, pull, startServer, stopServer } from './client.mjs';
import { generateManifests } from './generate.mjs';
import { measureWorkspace } from './workspace.mjs';

const root = join(import.meta.dirname, '../..');
const OURS = ['node', [join(root, 'dist/server.js'), '--stdio']];
const FLOOR = ['node', [join(import.meta.dirname, 'floor-server.mjs'), '--stdio']];
const SIZES = [100, 1_000, 10_000];
const KEYSTROKES = 40;
const WARM_UP = 60;
const STARTS = 7;
const WORKSPACES = [1_000, 10_000];

/** Types one letter into a name in the middle of the file, and takes it away, again and again. */
async function measureKeystrokes(server, text, uri) {
  const lines = text.split('\n');
  const middle = lines.findIndex((line, index) => index > lines.length / 2 && /^ {2}name: /.test(line));
  const line = middle === -1 ? lines.findIndex((candidate) => /^ {2}name: /.test(candidate)) : middle;
  const character = lines[line].length;
  const times = [];
  for (let i = 0; i < KEYSTROKES + WARM_UP; i++) {
    const isInsertion = i % 2 === 0;
    const range = { start: { line, character }, end: { line, character: isInsertion ? character : character + 1 } };
    const started = performance.now();
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: i + 2 },
      contentChanges: [{ range, text: isInsertion ? 'x' : '' }],
    });
    await pull(server, uri);
    if (i >= WARM_UP) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { median: median(times), p95: times[Math.floor(times.length * 0.95)] };
}

async function measure([command, args], text) {
  const uri = 'file:///bench/manifests.yaml';
  const starts = [];
  for (let i = 0; i < STARTS; i++) {
    const server = await startServer(command, args);
    await open(server, uri, text);
    starts.push(server.now());
    await stopServer(server);
  }
  const server = await startServer(command, args);
  const report = await open(server, uri, text);
  const keystroke = await measureKeystrokes(server, text, uri);
  const memory = memoryOf(server);
  await stopServer(server);
  return { start: median(starts), keystroke, memory, findings: report.items.length };
}

async function open(server, uri, text) {
  await server.connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'yaml', version: 1, text },
  });
  return pull(server, uri);
}

const ms = (value) => `${value.toFixed(1)} ms`.padStart(10);
const times = (a, b) => `${(a / b).toFixed(1)} x`.padStart(7);

console.log('Language server, over stdio, pull diagnostics; "floor" is a server that does no work.\n');
console.log('  lines  findings   keystroke      p95    floor  ratio   start to first    floor    memory');
let previous;
for (const size of SIZES) {
  const text = generateManifests(size);
  const ours = await measure(OURS, text);
  const floor = await measure(FLOOR, text);
  console.log(
    `${String(size).padStart(7)}${String(ours.findings).padStart(10)} ${ms(ours.keystroke.median)}${ms(ours.keystroke.p95)}` +
      `${ms(floor.keystroke.median)}${times(ours.keystroke.median, floor.keystroke.median)}${ms(ours.start).padStart(16)}` +
      `${ms(floor.start)}${ours.memory === undefined ? '' : `${ours.memory.toFixed(0)} MiB`.padStart(10)}` +
      `${previous ? `   keystroke ${(ours.keystroke.median / previous).toFixed(2)} x that of the file a tenth its size` : ''}`,
  );
  previous = ours.keystroke.median;
}

for (const files of WORKSPACES) {
  const { start, places, memory } = await measureWorkspace(OURS, files);
  const rest = memory === undefined ? '' : `, ${memory.toFixed(0)} MiB`;
  console.log(`\nWorkspace of ${files} files that name each other: read after ${(start / 1000).toFixed(1)} s${rest}.`);
  for (const place of places) {
    console.log(`  a keystroke in ${place.name.padEnd(26)}${ms(place.median)}, p95${ms(place.p95)}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'breakwater-bench-'));
const FILES = 500;
try {
  mkdirSync(join(folder, 'manifests'));
  for (let i = 0; i < FILES; i++) writeFileSync(join(folder, 'manifests', `${i}.yaml`), generateManifests(200, i));
  const run = (args) => {
    const started = performance.now();
    const { status, stderr } = spawnSync('node', args, { cwd: folder, maxBuffer: 1 << 28, encoding: 'utf8' });
    if (status !== 0 && status !== 1) throw new Error(`exit code ${status}: ${stderr}`);
    return performance.now() - started;
  };
  const lint = median([0, 1, 2].map(() => run([join(root, 'dist/cli.js'), 'lint', 'manifests'])));
  const bare = median([0, 1, 2].map(() => run(['-e', '0'])));
  console.log(
    `\nCommand line, ${FILES} files of about 200 lines: ${(lint / 1000).toFixed(2)} s, ${Math.round(FILES / (lint / 1000))} files per second (a bare node: ${bare.toFixed(0)} ms).`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
