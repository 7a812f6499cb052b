// What a keystroke costs in a folder of many files that name each other: accounts, roles, bindings, policies.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median, memoryOf, pull, startServer, stopServer } from './client.mjs';
import { generateApplication } from './generate.mjs';

const KEYSTROKES = 40;
const WARM_UP = 20;
const FILES_PER_FOLDER = 500;

// Where a letter is typed and taken away: by a part of the line, behind which it stands.
const PLACES = [
  ['the tag of an image', 'image: registry.example.com/proxy:2.0.0'],
  ['a label of the pods', /^ {8}app: app-\d+/m],
  ['the name of the account', /serviceAccountName: app-\d+/],
  ['the selector of a policy', /podSelector:\n {4}matchLabels:\n {6}app: app-\d+/],
  ['the subject of a binding', /kind: ServiceAccount\n {4}name: app-\d+/],
];

/** Gives how long the folder was read, and what a keystroke costs at each of the places, in milliseconds. */
export async function measureWorkspace([command, args], files) {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-bench-'));
  try {
    for (let i = 0; i < files; i++) {
      const part = join(folder, `part-${Math.floor(i / FILES_PER_FOLDER)}`);
      if (i % FILES_PER_FOLDER === 0) mkdirSync(part);
      writeFileSync(join(part, `app-${i}.yaml`), generateApplication(i));
    }
    const server = await startServer(command, args, folder);
    await server.read;
    const start = server.now();
    const number = Math.floor(files / 2);
    const path = join(folder, `part-${Math.floor(number / FILES_PER_FOLDER)}`, `app-${number}.yaml`);
    const uri = pathToFileURL(path).href;
    const text = generateApplication(number);
    await server.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    await pull(server, uri);
    const clock = { version: 1 };
    const places = [];
    for (const [name, place] of PLACES) places.push({ name, ...(await type(server, uri, text, place, clock)) });
    const memory = memoryOf(server);
    await stopServer(server);
    return { start, places, memory };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function type(server, uri, text, place, clock) {
  const written = typeof place === 'string' ? place : place.exec(text)?.[0];
  const before = text.slice(0, text.indexOf(written) + written.length).split('\n');
  const start = { line: before.length - 1, character: before.at(-1).length };
  const end = { line: start.line, character: start.character + 1 };
  const times = [];
  for (let i = 0; i < KEYSTROKES + WARM_UP; i++) {
    const isInsertion = i % 2 === 0;
    const started = performance.now();
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++clock.version },
      contentChanges: [{ range: { start, end: isInsertion ? start : end }, text: isInsertion ? '7' : '' }],
    });
    await pull(server, uri);
    if (i >= WARM_UP) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { median: median(times), p95: times[Math.floor(times.length * 0.95)] };
}
