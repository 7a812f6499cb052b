import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { root } from './paths.mjs';
import { Problem } from './problem.mjs';

const isWindows = process.platform === 'win32';

/**
 * Runs a program with its output shown as it comes, in the checkout's root unless `options.cwd` says otherwise.
 * Resolves with its exit code (128 + 15 when a signal ended it); rejects with a Problem when it cannot be started.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', (error) => reject(new Problem(`cannot start ${command}: ${error.message}`)));
    child.once('close', (code) => resolve(code ?? 143));
  });
}

/** Runs a Node script or a package's own bin script (a path in the checkout) under this very Node. */
export const runNode = (script, args = [], options = {}) => run(process.execPath, [script, ...args], options);

/**
 * Runs npm, with the copy that runs us when there is one. Rejects with a Problem when npm is not installed.
 * @returns {Promise<number>} npm's exit code
 */
export function runNpm(args, options = {}) {
  const own = process.env.npm_execpath;
  if (own && basename(own) === 'npm-cli.js' && existsSync(own)) return runNode(own, args, options);
  if (!findProgram('npm')) {
    throw new Problem('npm is not installed. It comes with Node: https://nodejs.org (version 20.19 or later).');
  }
  // On Windows npm is a batch file, and only a shell runs those.
  return run('npm', args, { shell: isWindows, ...options });
}

/** The full path of a program on PATH, or undefined. */
export function findProgram(name) {
  const names = isWindows ? [`${name}.exe`, `${name}.cmd`, name] : [name];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const candidate of names) {
      const path = join(folder, candidate);
      if (folder !== '' && existsSync(path)) return path;
    }
  }
  return undefined;
}

/** Ends a process and all it started. The process must lead its own group (`detached: true`), except on Windows. */
export function killTree(child, signal = 'SIGTERM') {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (isWindows) {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}
