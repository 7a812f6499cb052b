import type { NodeKind, Rule } from './rule';

/** Rules, ready to be found by what they visit. */
export interface RuleSet {
  readonly all: readonly Rule[];
  readonly byId: ReadonlyMap<string, Rule>;
  readonly byKind: Readonly<Record<NodeKind, readonly Rule[]>>;
}

const KINDS: readonly NodeKind[] = [
  'document',
  'unread',
  'resource',
  'pod',
  'container',
  'policyRule',
  'trustPolicy',
  'trustStatement',
];

/** Arranges rules; throws when two have one id, which is a programming error. */
export function toRuleSet(all: readonly Rule[]): RuleSet {
  const byId = new Map(all.map((rule) => [rule.id, rule]));
  if (byId.size !== all.length) throw new Error('two rules have the same id');
  const byKind = Object.fromEntries(KINDS.map((kind) => [kind, all.filter((rule) => rule.visit[kind])]));
  return { all, byId, byKind: byKind as unknown as Record<NodeKind, readonly Rule[]> };
}
