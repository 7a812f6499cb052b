import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setHclParser } from '../syntax/hcl/grammar';
import type * as Loader from '../syntax/hcl/load';

/**
 * Makes HCL readable with the parser that lies in a folder: a bundle of its own, because most workspaces have no use for it.
 * False where it is not there or cannot be used; files in HCL are then not read.
 */
export async function loadHcl(folder: string): Promise<boolean> {
  try {
    const runtime = readFileSync(join(folder, 'web-tree-sitter.wasm'));
    const grammar = readFileSync(join(folder, 'tree-sitter-terraform.wasm'));
    const { loadHclParser }: typeof Loader = await import(pathToFileURL(join(folder, 'hcl.js')).href);
    setHclParser(await loadHclParser({ runtime, grammar }));
    return true;
  } catch {
    return false;
  }
}
