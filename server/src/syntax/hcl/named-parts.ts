import type { ScalarNode } from '../node';
import type { NamedPart } from './template';

const NAMED = new WeakMap<ScalarNode, readonly NamedPart[]>();
const NONE: readonly NamedPart[] = [];

/** Remembers which parts of a here-document's text are written as names. */
export function rememberNamed(node: ScalarNode, named: readonly NamedPart[]): void {
  if (named.length > 0) NAMED.set(node, named);
}

/** The parts of a here-document's text that are written as names. */
export function getNamed(node: ScalarNode): readonly NamedPart[] {
  return NAMED.get(node) ?? NONE;
}
