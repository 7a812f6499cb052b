import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { bundleProducts } from './bundle.mjs';
import { runNode } from './exec.mjs';
import { toNotices } from './notices.mjs';
import { inRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

const readManifest = () => JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

/** The name under which this version is packaged. */
export function getVsixName() {
  const { name, version } = readManifest();
  return `${name}-${version}.vsix`;
}

/**
 * Builds for production and packages the extension as one platform-neutral VSIX. Needs the dependencies.
 * @param {string} file where to write it, absolute
 * @returns {Promise<number>} its size in bytes
 */
export async function packageVsix(file) {
  const inputs = await bundleProducts({ production: true });
  writeFileSync(inRoot('dist', 'THIRD-PARTY-NOTICES.txt'), toNotices(inputs));
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  // The README's relative links can lead to the repository only where the manifest names one.
  const links = readManifest().repository ? [] : ['--allow-missing-repository', '--no-rewrite-relative-links'];
  const vsce = inRoot('node_modules', '@vscode', 'vsce', 'vsce');
  const code = await runNode(vsce, ['package', '--no-dependencies', ...links, '--out', file]);
  if (code !== 0) throw new Problem(`packaging failed: vsce exited with code ${code}; its own words are above.`);
  return statSync(file).size;
}

/** The files that are packaged, relative to the checkout. They must have been built. */
export async function listPackaged() {
  const { listFiles } = createRequire(import.meta.url)('@vscode/vsce');
  return await listFiles({ cwd: inRoot(), packageManager: 0 });
}

/** A size for people: "412 KiB". */
export const toSizeText = (bytes) => `${Math.ceil(bytes / 1024)} KiB`;
