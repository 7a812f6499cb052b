import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setHclParser } from '../../server/src/syntax/hcl/grammar';
import { loadHclParser } from '../../server/src/syntax/hcl/load';

const { resolve } = createRequire(import.meta.url);

/** Makes HCL readable in this test file, with the modules that the products ship. */
export async function loadHclGrammar(): Promise<void> {
  const parser = await loadHclParser({
    runtime: readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm')),
    grammar: readFileSync(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm')),
  });
  setHclParser(parser);
}
