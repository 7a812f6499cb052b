/** A node of a concrete syntax tree of HCL, with places in UTF-16 code units. */
export interface HclNode {
  readonly type: string;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly hasError: boolean;
  readonly children: readonly (HclNode | null)[];
}

/** Calls `read` with the root of a text's syntax tree, which is gone afterwards. */
export type HclParser = <R>(text: string, read: (root: HclNode) => R) => R | undefined;

let parser: HclParser | undefined;

/** Hands in the parser once its grammar is loaded. Until then, files in HCL are not read. */
export function setHclParser(loaded: HclParser): void {
  parser = loaded;
}

/** The parser; undefined until its grammar is loaded. */
export function getHclParser(): HclParser | undefined {
  return parser;
}
