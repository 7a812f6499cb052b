import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** The folder of the project. */
export const ROOT = join(import.meta.dirname, '../..');

const paths = new Map<string, string>();

/** A program as it is built; when dist/ is older than the sources, a bundle of the sources as they are. */
export function getBuilt(name: 'cli' | 'server'): string {
  const path = paths.get(name) ?? findBuilt(name);
  paths.set(name, path);
  return path;
}

function findBuilt(name: 'cli' | 'server'): string {
  const built = join(ROOT, `dist/${name}.js`);
  if (existsSync(built) && statSync(built).mtimeMs > getNewestSource()) return built;
  const outfile = join(ROOT, `out/test-built/${name}-${process.pid}.js`);
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: [`server/src/${name === 'cli' ? 'cli' : 'lsp'}/main.ts`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    charset: 'utf8',
  });
  process.once('exit', () => rmSync(outfile, { force: true }));
  return outfile;
}

function getNewestSource(): number {
  const folder = join(ROOT, 'server/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = [join(ROOT, 'package.json'), ...files.map((name) => join(folder, name))];
  return Math.max(...sources.map((path) => statSync(path).mtimeMs));
}
