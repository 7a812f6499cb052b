import { existsSync, readFileSync } from 'node:fs';
import { runNpm } from './exec.mjs';
import { inRoot } from './paths.mjs';
import { Problem } from './problem.mjs';

const oldestNode = [20, 19];

/**
 * Makes node_modules agree with package-lock.json; does nothing when it does already.
 * Install scripts never run: esbuild and biome bring their programs as optional packages, one per platform.
 * Throws a Problem when Node is too old, npm is missing, or the installation fails.
 */
export async function ensureDependencies() {
  requireNode();
  if (isInstalled()) return;
  console.log('Installing dependencies (npm ci) …');
  const code = await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  if (code !== 0) throw new Problem(`npm ci failed with exit code ${code}; its own words are above.`);
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldMajor, oldMinor] = oldestNode;
  if (major < oldMajor || (major === oldMajor && minor < oldMinor)) {
    throw new Problem(`Node ${oldestNode.join('.')} or later is needed; this is ${process.versions.node}.`);
  }
}

/**
 * npm writes node_modules/.package-lock.json as the last act of an installation, so an interrupted one has none,
 * and its contents say what lies there. Optional packages may be absent: they belong to other platforms.
 */
function isInstalled() {
  const wanted = readPackages(inRoot('package-lock.json'));
  if (!wanted) throw new Problem('package-lock.json is missing or broken: restore it from git.');
  const present = readPackages(inRoot('node_modules', '.package-lock.json'));
  if (!present) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = present[path];
    return found ? found.version === version : optional === true;
  });
}

function readPackages(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
