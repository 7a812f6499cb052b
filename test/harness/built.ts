import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

/** The folder of the project. */
export const ROOT = join(import.meta.dirname, '../..');

const OPTIONS: BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  charset: 'utf8',
};

const MODULES = [
  'web-tree-sitter/web-tree-sitter.wasm',
  '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
];

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
  const folder = join(ROOT, `out/test-built/${name}-${process.pid}`);
  const bundle = (entry: string, file: string, alias: Record<string, string> = {}) => {
    const outfile = join(folder, file);
    buildSync({ ...OPTIONS, entryPoints: [entry], outfile, alias });
    return outfile;
  };
  const path = bundle(`server/src/${name === 'cli' ? 'cli' : 'lsp'}/main.ts`, `${name}.js`);
  // Terraform is read by a parser that lies beside the program.
  bundle('server/src/syntax/hcl/load.ts', 'hcl.js', {
    'web-tree-sitter': join(ROOT, 'node_modules/web-tree-sitter/web-tree-sitter.cjs'),
  });
  for (const module of MODULES) copyFileSync(join(ROOT, 'node_modules', module), join(folder, basename(module)));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return path;
}

function getNewestSource(): number {
  const folder = join(ROOT, 'server/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const sources = [join(ROOT, 'package.json'), ...files.map((name) => join(folder, name))];
  return Math.max(...sources.map((path) => statSync(path).mtimeMs));
}
