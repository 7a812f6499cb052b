import type { DocumentId, Fact, Known } from './fact';
import type { Topic, Topics } from './topics';

/** The facts of all files, as a rule may ask for them. Each question is noted, so that the rule runs again when its answer changes. */
export interface Workspace {
  /** The facts of a topic under one key, in the order of files and places. */
  find<T extends Topic>(topic: T, key: string): readonly Known<Topics[T]>[];
  /** All facts of a topic, in the order of files and places. */
  all<T extends Topic>(topic: T): readonly Known<Topics[T]>[];
}

const EVERY_KEY = '\u0000every';

interface StoredDocument {
  readonly uri: string;
  /** Place of the document in its file. */
  order: number;
  readonly entries: ReadonlyMap<string, string>;
}

interface StoredFact {
  readonly fact: Fact;
  readonly document: DocumentId;
}

/** Keeps the facts of every document, and who asked for which of them. */
export class WorkspaceIndex {
  readonly #documents = new Map<DocumentId, StoredDocument>();
  readonly #facts = new Map<string, StoredFact[]>();
  readonly #readers = new Map<string, Set<DocumentId>>();
  readonly #questions = new Map<DocumentId, ReadonlySet<string>>();

  /** A copy that can be changed by itself. It knows what documents say, and of no question that was asked. */
  fork(): WorkspaceIndex {
    const copy = new WorkspaceIndex();
    for (const [id, stored] of this.#documents) copy.#documents.set(id, { ...stored });
    for (const [entry, facts] of this.#facts) copy.#facts.set(entry, [...facts]);
    return copy;
  }

  /**
   * Replaces what a document says. Returns the documents that had asked for something that has changed; a change that alters
   * no fact returns none.
   */
  replace(document: DocumentId, uri: string, order: number, facts: readonly Fact[]): Set<DocumentId> {
    const before = this.#documents.get(document);
    const entries = toEntries(facts);
    const affected = new Set<DocumentId>();
    for (const [entry, signature] of entries) {
      if (before?.entries.get(entry) !== signature) this.#collectReaders(entry, affected);
    }
    for (const entry of before?.entries.keys() ?? []) {
      if (!entries.has(entry)) this.#collectReaders(entry, affected);
    }
    if (!before || affected.size > 0 || !isSame(before.entries, entries)) {
      this.#withdraw(document, before);
      for (const fact of facts) for (const entry of entriesOf(fact)) this.#insert(entry, { fact, document });
    }
    this.#documents.set(document, { uri, order, entries });
    return affected;
  }

  /** Forgets a document with all that it said and asked. Returns the documents whose answers have changed. */
  remove(document: DocumentId): Set<DocumentId> {
    const before = this.#documents.get(document);
    const affected = new Set<DocumentId>();
    for (const entry of before?.entries.keys() ?? []) this.#collectReaders(entry, affected);
    this.#withdraw(document, before);
    this.#documents.delete(document);
    this.#note(document, new Set());
    this.#questions.delete(document);
    affected.delete(document);
    return affected;
  }

  /** Tells where in its file a document stands now. */
  setOrder(document: DocumentId, order: number): void {
    const stored = this.#documents.get(document);
    if (stored) stored.order = order;
  }

  /** Lets `ask` put questions to the workspace on behalf of a document, and remembers them in place of its earlier ones. */
  ask<R>(document: DocumentId, ask: (workspace: Workspace) => R): R {
    const questions = new Set<string>();
    const view: Workspace = {
      find: (topic, key) => this.#answer(topic, toEntry(topic, key), questions),
      all: (topic) => this.#answer(topic, toEntry(topic, EVERY_KEY), questions),
    };
    const result = ask(view);
    this.#note(document, questions);
    return result;
  }

  #answer<T extends Topic>(_topic: T, entry: string, questions: Set<string>): readonly Known<Topics[T]>[] {
    questions.add(entry);
    const stored = this.#facts.get(entry) ?? [];
    const known = stored.map(({ fact, document }) => {
      const { uri, order } = this.#documents.get(document) ?? { uri: '', order: 0 };
      return { uri, order, known: { value: fact.value as Topics[T], place: { document, path: fact.path }, uri } };
    });
    known.sort((a, b) =>
      a.uri < b.uri
        ? -1
        : a.uri > b.uri
          ? 1
          : a.order - b.order || comparePaths(a.known.place.path, b.known.place.path),
    );
    return known.map((item) => item.known);
  }

  #note(document: DocumentId, questions: ReadonlySet<string>): void {
    for (const entry of this.#questions.get(document) ?? []) {
      if (questions.has(entry)) continue;
      const readers = this.#readers.get(entry);
      readers?.delete(document);
      if (readers?.size === 0) this.#readers.delete(entry);
    }
    for (const entry of questions) {
      const readers = this.#readers.get(entry);
      if (readers) readers.add(document);
      else this.#readers.set(entry, new Set([document]));
    }
    this.#questions.set(document, questions);
  }

  #collectReaders(entry: string, into: Set<DocumentId>): void {
    for (const reader of this.#readers.get(entry) ?? []) into.add(reader);
  }

  #insert(entry: string, fact: StoredFact): void {
    const list = this.#facts.get(entry);
    if (list) list.push(fact);
    else this.#facts.set(entry, [fact]);
  }

  #withdraw(document: DocumentId, stored: StoredDocument | undefined): void {
    for (const entry of stored?.entries.keys() ?? []) {
      const rest = (this.#facts.get(entry) ?? []).filter((fact) => fact.document !== document);
      if (rest.length > 0) this.#facts.set(entry, rest);
      else this.#facts.delete(entry);
    }
  }
}

function toEntry(topic: Topic, key: string): string {
  return `${topic}\u0000${key}`;
}

function entriesOf(fact: Fact): string[] {
  return [toEntry(fact.topic, fact.key), toEntry(fact.topic, EVERY_KEY)];
}

function toEntries(facts: readonly Fact[]): Map<string, string> {
  const entries = new Map<string, string>();
  for (const fact of facts) {
    const signature = JSON.stringify([fact.value, fact.path]);
    for (const entry of entriesOf(fact)) entries.set(entry, `${entries.get(entry) ?? ''}${signature}\n`);
  }
  return entries;
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}

/** Orders routes in one document as the document is read. */
function comparePaths(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i], b[i]];
    if (typeof x === 'number' && typeof y === 'number' && x !== y) return x - y;
  }
  return a.length - b.length;
}
