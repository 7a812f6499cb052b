import type { Fact } from './fact';
import type { Topic } from './topics';

/** Names what a question asks for: one topic under one key, or under every key. */
export type Entry = string;

const EVERY_KEY = '\u0000every';

/** The entry of a topic under a key; under every key without one. */
export function toEntry(topic: Topic, key: string = EVERY_KEY): Entry {
  return `${topic}\u0000${key}`;
}

/** The entry of what is concluded under a name, which documents read as they read a topic. */
export function toConclusionEntry(name: string): Entry {
  return `\u0000conclusion\u0000${name}`;
}

/** The entries that a fact answers. */
export function entriesOf(fact: Fact): readonly Entry[] {
  return [toEntry(fact.topic, fact.key), toEntry(fact.topic)];
}

/** What a document says, by entry. */
export type Statements = ReadonlyMap<Entry, readonly Fact[]>;

/** Arranges the facts of one document by the entries that they answer. */
export function toStatements(facts: readonly Fact[]): Statements {
  const statements = new Map<Entry, Fact[]>();
  for (const fact of facts) {
    for (const entry of entriesOf(fact)) {
      const list = statements.get(entry);
      if (list) list.push(fact);
      else statements.set(entry, [fact]);
    }
  }
  return statements;
}

/** True for facts that say the same of the same places, in the same order. */
export function areSameFacts(a: readonly Fact[], b: readonly Fact[]): boolean {
  return (
    a.length === b.length && a.every(({ value, path }, i) => isSame(value, b[i]?.value) && isSame(path, b[i]?.path))
  );
}

/** Compares plain data. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [entries, others] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    entries.length === others.size && entries.every(([key, value]) => others.has(key) && isSame(value, others.get(key)))
  );
}

/** Orders routes in one document as the document is read. */
export function comparePaths(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (typeof x === 'number' && typeof y === 'number' && x !== y) return x - y;
  }
  return a.length - b.length;
}
