import type { Fact } from './fact';
import type { Topic } from './topics';

/** Names what a question asks for: one topic under one key, or under every key. */
export type Entry = string;

const EVERY_KEY = '\u0000every';

/** The entry of a topic under a key; under every key without one. */
export function toEntry(topic: Topic, key: string = EVERY_KEY): Entry {
  return `${topic}\u0000${key}`;
}

/** The entries that a fact answers. */
export function entriesOf(fact: Fact): readonly Entry[] {
  return [toEntry(fact.topic, fact.key), toEntry(fact.topic)];
}

/** What a document says, by entry: facts with a text that is equal when they are. */
export interface Statement {
  readonly facts: readonly Fact[];
  readonly signature: string;
}

/** Arranges the facts of one document by the entries that they answer. */
export function toStatements(facts: readonly Fact[]): Map<Entry, Statement> {
  const byEntry = new Map<Entry, Fact[]>();
  for (const fact of facts) {
    for (const entry of entriesOf(fact)) {
      const list = byEntry.get(entry);
      if (list) list.push(fact);
      else byEntry.set(entry, [fact]);
    }
  }
  const statements = new Map<Entry, Statement>();
  for (const [entry, list] of byEntry) {
    statements.set(entry, { facts: list, signature: JSON.stringify(list.map(({ value, path }) => [value, path])) });
  }
  return statements;
}

/** Orders routes in one document as the document is read. */
export function comparePaths(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (typeof x === 'number' && typeof y === 'number' && x !== y) return x - y;
  }
  return a.length - b.length;
}
