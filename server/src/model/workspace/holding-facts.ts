import type { Fact } from './fact';
import { UNKNOWN_NAMESPACE } from './topics';

/** The key of a kind's holdings in a namespace; undefined where none is written, and for kinds without one. */
export function toHoldingKey(kind: string, namespace: string | undefined): string {
  return `${kind}/${namespace ?? UNKNOWN_NAMESPACE}`;
}

/**
 * What kinds of objects a document holds of which namespaces. Names are left out, so that a name that is being typed concerns
 * only those who look for it.
 */
export function toHoldingFacts(
  objects: readonly { readonly kind: string; readonly namespace: string | undefined; readonly isNamed: boolean }[],
): Fact[] {
  const facts = new Map<string, Fact>();
  for (const { kind, namespace, isNamed } of objects) {
    const key = toHoldingKey(kind, namespace);
    facts.set(`${key} ${isNamed}`, { topic: 'holding', key, value: { isNamed }, path: [] });
  }
  return [...facts.values()];
}
