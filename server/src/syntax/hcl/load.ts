import { Language, Parser } from 'web-tree-sitter';
import type { HclParser } from './grammar';

/** The WebAssembly modules of the parser and of the grammar; whoever calls knows where they lie. */
export interface HclModules {
  readonly runtime: Uint8Array;
  readonly grammar: Uint8Array;
}

/** Loads the parser for HCL, in Node as in a browser's worker. Rejects when a module cannot be used. */
export async function loadHclParser({ runtime, grammar }: HclModules): Promise<HclParser> {
  await Parser.init({ wasmBinary: runtime });
  const language = await Language.load(grammar);
  const parser = new Parser();
  parser.setLanguage(language);
  return (text, read) => {
    const tree = parser.parse(text);
    if (!tree) return undefined;
    try {
      return read(tree.rootNode);
    } finally {
      tree.delete();
    }
  };
}
