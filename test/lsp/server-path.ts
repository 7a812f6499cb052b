import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');

let server: string | undefined;

/** The server as it is built; when dist/ is older than the sources, a bundle of the sources as they are. */
export function getServerPath(): string {
  if (server !== undefined) return server;
  const built = join(ROOT, 'dist/server.js');
  if (existsSync(built) && statSync(built).mtimeMs > getNewestSource()) {
    server = built;
    return server;
  }
  const outfile = join(ROOT, `out/test-lsp/server-${process.pid}.js`);
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ['server/src/lsp/main.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    charset: 'utf8',
  });
  process.once('exit', () => rmSync(outfile, { force: true }));
  server = outfile;
  return server;
}

function getNewestSource(): number {
  const folder = join(ROOT, 'server/src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((name) => statSync(join(folder, name)).mtimeMs));
}
