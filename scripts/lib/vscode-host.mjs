import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killTree, run } from './exec.mjs';
import { serverProgram } from './host-install.mjs';
import { inRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

const startDeadline = 60_000;
const stopDeadline = 5_000;

/** Settings of the machine that the served VS Code sees: nothing on screen but the folder and its findings. */
const machineSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  // In a browser VS Code saves by itself, which would write every attempt into the checkout.
  'files.autoSave': 'off',
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
};

/**
 * A VS Code with its own data and extensions, below .vscode-test/<name>.
 * @typedef {{ name: string, data: string, extensions: string, log: string }} Profile
 */

/**
 * An empty profile; what an earlier run left there is removed.
 * @param {string} name
 * @param {object} settings of the machine, beside our own
 * @returns {Profile}
 */
export function createProfile(name, settings = {}) {
  const folder = inRoot('.vscode-test', name);
  rmSync(folder, { recursive: true, force: true });
  const profile = { name, data: join(folder, 'data'), extensions: join(folder, 'extensions'), log: `${folder}.log` };
  mkdirSync(join(profile.data, 'data', 'Machine'), { recursive: true });
  mkdirSync(profile.extensions, { recursive: true });
  const all = { ...machineSettings, ...settings };
  writeFileSync(join(profile.data, 'data', 'Machine', 'settings.json'), JSON.stringify(all, null, 2));
  return profile;
}

const profileArgs = ({ data, extensions }) => [
  '--accept-server-license-terms',
  '--server-data-dir',
  data,
  '--extensions-dir',
  extensions,
  '--telemetry-level',
  'off',
];

/** Installs a packaged extension into a profile. Throws a Problem when VS Code refuses it. */
export async function installVsix(profile, file) {
  const log = openSync(profile.log, 'a');
  const args = [serverProgram, ...profileArgs(profile), '--install-extension', file, '--force'];
  const code = await run(process.execPath, args, { stdio: ['ignore', log, log] }).finally(() => closeSync(log));
  if (code !== 0) throw new Problem(`VS Code refused ${file} (exit code ${code}):\n${tail(profile.log)}`);
}

/**
 * Serves VS Code on 127.0.0.1. Resolves when it answers; `stop` ends it with all its children, and so does the end
 * of this process. `ended` resolves with its exit code. The port must be free: see ports.mjs.
 * @param {Profile} profile
 * @param {number} port
 * @returns {Promise<{ url: string, stop: () => Promise<void>, ended: Promise<number> }>}
 */
export async function startHost(profile, port) {
  const log = openSync(profile.log, 'a');
  const args = [serverProgram, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token'];
  const child = spawn(process.execPath, [...args, ...profileArgs(profile), '--disable-workspace-trust'], {
    stdio: ['ignore', log, log],
    detached: process.platform !== 'win32',
  });
  closeSync(log);
  const kill = () => killTree(child, 'SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'close').then(([code]) => {
    process.removeListener('exit', kill);
    return code ?? 1;
  });
  const stop = async () => {
    killTree(child);
    const stopped = await Promise.race([ended, delay(stopDeadline, 'late', { ref: false })]);
    if (stopped === 'late') kill();
    await ended;
  };
  const url = `http://127.0.0.1:${port}/`;
  const died = ended.then((code) => `it ended with exit code ${code}`);
  const why = await Promise.race([died, untilAnswers(url, Date.now() + startDeadline)]);
  if (why === undefined) return { url, stop, ended };
  await stop();
  throw new Problem(`VS Code did not start: ${why}. The end of ${profile.log}:\n${tail(profile.log)}`);
}

async function untilAnswers(url, deadline) {
  while (Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.ok) return undefined;
    await delay(100, undefined, { ref: false });
  }
  return `no answer at ${url} within ${startDeadline / 1000} s`;
}

const tail = (file) => readFileSync(file, 'utf8').split('\n').slice(-30).join('\n');
