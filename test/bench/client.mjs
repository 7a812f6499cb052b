// A language client as small as it can be, to measure a server over stdio.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import rpc from 'vscode-jsonrpc/node';

const CAPABILITIES = {
  textDocument: { diagnostic: { dynamicRegistration: false, relatedDocumentSupport: false }, synchronization: {} },
  workspace: { configuration: false, diagnostics: { refreshSupport: false } },
};

/** Starts a server and initializes it, in a folder if one is given. `now` counts milliseconds since the start. */
export async function startServer(command, args, folder) {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(child.stdout),
    new rpc.StreamMessageWriter(child.stdin),
  );
  connection.onRequest(() => null);
  const read = new Promise((resolve) => {
    connection.onNotification('$/progress', ({ value }) => value.kind === 'end' && resolve());
  });
  connection.listen();
  const uri = folder === undefined ? null : pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: uri === null ? null : [{ uri, name: 'bench' }],
    capabilities: folder === undefined ? CAPABILITIES : { ...CAPABILITIES, window: { workDoneProgress: true } },
  });
  await connection.sendNotification('initialized', {});
  const now = () => performance.now() - started;
  return { child, connection, now, read };
}

/** Asks for the diagnostics of a document. */
export function pull({ connection }, uri) {
  return connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
}

/** Resident memory of a server in MiB; undefined where the system has no /proc. */
export function memoryOf({ child }) {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

/** Ends a server as the protocol asks. */
export async function stopServer({ child, connection }) {
  const exited = new Promise((resolve) => child.once('exit', resolve));
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  await exited;
  connection.dispose();
}

/** The middle one of numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
