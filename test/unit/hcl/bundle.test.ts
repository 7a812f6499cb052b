import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadHcl as loadForCommandLine } from '../../../server/src/cli/load-hcl';
import { loadHcl as loadForServer } from '../../../server/src/lsp/node-hcl';
import { getHclParser } from '../../../server/src/syntax/hcl/grammar';

const ROOT = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'breakwater-hcl-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const entry: BuildOptions = {
  entryPoints: [join(ROOT, 'server/src/syntax/hcl/load.ts')],
  bundle: true,
  minify: true,
  logLevel: 'silent',
};

test('where the parser does not lie, nothing is loaded and nothing fails', async () => {
  expect(await loadForServer(join(folder, 'missing'))).toBe(false);
  expect(await loadForCommandLine(join(folder, 'missing'))).toBe(false);
  expect(getHclParser()).toBeUndefined();
});

describe('the bundle of the parser', () => {
  beforeAll(async () => {
    const alias = { 'web-tree-sitter': join(ROOT, 'node_modules/web-tree-sitter/web-tree-sitter.cjs') };
    await build({ ...entry, alias, platform: 'node', format: 'cjs', outfile: join(folder, 'hcl.js') });
    for (const file of [
      'web-tree-sitter/web-tree-sitter.wasm',
      '@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm',
    ]) {
      copyFileSync(join(ROOT, 'node_modules', file), join(folder, basename(file)));
    }
  });

  test.each([
    ['the server', loadForServer],
    ['the command line', loadForCommandLine],
  ])('is loaded by %s from beside its own', async (_, load) => {
    expect(await load(folder)).toBe(true);
    expect(getHclParser()?.('a = "😀"', (root) => [root.hasError, root.endIndex])).toEqual([false, 'a = "😀"'.length]);
  });

  test("can be made for a browser's worker too", async () => {
    const { errors, outputFiles } = await build({ ...entry, platform: 'browser', format: 'esm', write: false });
    expect(errors).toEqual([]);
    // What only Node has is asked for at run time, and only there.
    expect(outputFiles[0]?.text).not.toMatch(/^import .* from ["'](node:|fs|module)/m);
  });
});
