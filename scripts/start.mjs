// Shows the whole thing at work on examples/: what the command line finds, then VS Code with the extension installed.
// Works right after `git clone`. Options: --port N (or PORT; default 8123), --no-serve (the command line part only).
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { toWorkbenchUrl } from './lib/e2e.mjs';
import { findProgram, runNode } from './lib/exec.mjs';
import { ensureHost } from './lib/host-install.mjs';
import { ensureDependencies } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { requireFreePort } from './lib/ports.mjs';
import { Problem, runMain, untilStopped } from './lib/problem.mjs';
import { createProfile, installVsix, startHost } from './lib/vscode-host.mjs';
import { getVsixName, packageVsix, toSizeText } from './lib/vsix.mjs';

const usage = 'usage: npm start -- [--port N] [--no-serve]';
const examples = inRoot('examples');

await runMain(async () => {
  const { port, serves } = readOptions();
  if (serves) await requireFreePort(port);
  await ensureDependencies();
  console.log('Building …');
  const file = inRoot('out', getVsixName());
  const size = await packageVsix(file);
  console.log(`Packaged ${getVsixName()} (${toSizeText(size)}).\n`);
  await lintExamples();
  if (!serves) return 0;
  await ensureHost();
  const profile = createProfile('start');
  await installVsix(profile, file);
  return await serve(profile, port);
});

function readOptions() {
  const options = { port: { type: 'string' }, 'no-serve': { type: 'boolean', default: false } };
  let values;
  try {
    values = parseArgs({ options }).values;
  } catch (error) {
    throw new Problem(`${error.message}\n${usage}`);
  }
  const port = Number(values.port ?? process.env.PORT ?? 8123);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Problem(`the port must be a number from 1 to 65535.\n${usage}`);
  }
  return { port, serves: !values['no-serve'] };
}

/** The examples are full of faults, so exit code 1 is the expected one. */
async function lintExamples() {
  console.log('$ breakwater lint examples\n');
  const code = await runNode(inRoot('dist', 'cli.js'), ['lint', 'examples']);
  if (code > 1) throw new Problem(`breakwater lint examples exited with code ${code}; its own words are above.`);
}

async function serve(profile, port) {
  const host = await startHost(profile, port);
  const stopped = untilStopped();
  const url = toWorkbenchUrl(host.url, examples);
  console.log(`\nVS Code with Breakwater on examples/ is at\n\n    ${url}\n\nOpen a file there. Ctrl+C stops it.`);
  openInBrowser(url);
  const code = await Promise.race([host.ended, stopped.then(() => undefined)]);
  if (code !== undefined) throw new Problem(`VS Code ended by itself with exit code ${code}; its log: ${profile.log}`);
  console.log('\nStopping …');
  await host.stop();
  return 0;
}

/** Only where somebody looks at a desktop; a failure is no news, as the address is printed anyway. */
function openInBrowser(url) {
  const [command, ...args] = toOpenCommand(url);
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => {});
  child.unref();
}

function toOpenCommand(url) {
  if (process.env.CI || process.env.SSH_CONNECTION) return [];
  if (process.platform === 'darwin') return ['open', url];
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  return hasDisplay && findProgram('xdg-open') ? ['xdg-open', url] : [];
}
