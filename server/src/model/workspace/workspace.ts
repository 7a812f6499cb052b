import {
  areSameFacts,
  comparePaths,
  type Entry,
  type Statements,
  toConclusionEntry,
  toEntry,
  toStatements,
} from './entries';
import type { DocumentId, Fact, Known } from './fact';
import type { Topic, Topics } from './topics';

/** The facts of all files, as a rule may ask for them. Each question is noted, so that the rule runs again when its answer changes. */
export interface Workspace {
  /** The facts of a topic under one key, in the order of files and places. */
  find<T extends Topic>(topic: T, key: string): readonly Known<Topics[T]>[];
  /** All facts of a topic, in the order of files and places. */
  all<T extends Topic>(topic: T): readonly Known<Topics[T]>[];
  /**
   * What `conclude` makes of the workspace, remembered under `name` for as long as none of its answers changes. For what many
   * documents ask alike; `conclude` may use nothing but the workspace and what `name` says.
   */
  conclude<R>(name: string, conclude: (workspace: Workspace) => R): R;
}

interface StoredDocument {
  readonly uri: string;
  /** Place of the document in its file. */
  order: number;
  readonly statements: Statements;
}

interface Conclusion {
  readonly value: unknown;
  /** The entries that were asked for, with their versions then. */
  readonly versions: ReadonlyMap<Entry, number>;
}

// Who types asks for one thing, for another, and for the first again; each key asks for some ten things.
const MOST_RETIRED = 500;

/**
 * Keeps the facts of every document, and who asked for which of them. What is remembered of an entry goes some time after its
 * last reader, so that memory follows what documents ask now and not what they have ever asked.
 */
export class WorkspaceIndex {
  readonly #documents = new Map<DocumentId, StoredDocument>();
  /** The documents that answer an entry. */
  readonly #speakers = new Map<Entry, Set<DocumentId>>();
  readonly #readers = new Map<Entry, Set<DocumentId>>();
  readonly #questions = new Map<DocumentId, ReadonlySet<Entry>>();
  /** Numbers the answers of entries that were asked for; no number comes twice. */
  readonly #versions = new Map<Entry, number>();
  #lastVersion = 0;
  readonly #answers = new Map<Entry, readonly Known<unknown>[]>();
  readonly #conclusions = new Map<Entry, Conclusion>();
  /** Entries that nobody reads any more, the longest unread first. */
  readonly #retired = new Set<Entry>();

  /** A copy that can be changed by itself. It knows what documents say, and of no question that was asked. */
  fork(): WorkspaceIndex {
    const copy = new WorkspaceIndex();
    for (const [id, stored] of this.#documents) copy.#documents.set(id, { ...stored });
    for (const [entry, speakers] of this.#speakers) copy.#speakers.set(entry, new Set(speakers));
    return copy;
  }

  /**
   * Replaces what a document says. Returns the documents that had asked for something that has changed; a change that alters
   * no fact returns none.
   */
  replace(document: DocumentId, uri: string, order: number, facts: readonly Fact[]): Set<DocumentId> {
    const before = this.#documents.get(document)?.statements;
    const statements = toStatements(facts);
    const affected = new Set<DocumentId>();
    for (const [entry, said] of statements) {
      const saidBefore = before?.get(entry);
      if (saidBefore && areSameFacts(saidBefore, said)) continue;
      const speakers = this.#speakers.get(entry);
      if (speakers) speakers.add(document);
      else this.#speakers.set(entry, new Set([document]));
      this.#change(entry, affected);
    }
    for (const entry of before?.keys() ?? []) {
      if (!statements.has(entry)) this.#withdraw(document, entry, affected);
    }
    this.#documents.set(document, { uri, order, statements });
    return affected;
  }

  /** Forgets a document with all that it said and asked. Returns the documents whose answers have changed. */
  remove(document: DocumentId): Set<DocumentId> {
    const affected = new Set<DocumentId>();
    for (const entry of this.#documents.get(document)?.statements.keys() ?? []) {
      this.#withdraw(document, entry, affected);
    }
    this.#documents.delete(document);
    this.#note(document, new Set());
    this.#questions.delete(document);
    affected.delete(document);
    return affected;
  }

  /** Tells where in its file a document stands now. */
  setOrder(document: DocumentId, order: number): void {
    const stored = this.#documents.get(document);
    if (!stored || stored.order === order) return;
    stored.order = order;
    for (const entry of stored.statements.keys()) this.#forget(entry);
  }

  /** Lets `ask` put questions to the workspace on behalf of a document, and remembers them in place of its earlier ones. */
  ask<R>(document: DocumentId, ask: (workspace: Workspace) => R): R {
    const questions = new Set<Entry>();
    try {
      return ask(this.#toView(questions));
    } finally {
      // Also after a throw: what has been answered is remembered, and goes only with a reader.
      this.#note(document, questions);
    }
  }

  #toView(questions: Set<Entry>): Workspace {
    return {
      find: (topic, key) => this.#answer(topic, toEntry(topic, key), questions),
      all: (topic) => this.#answer(topic, toEntry(topic), questions),
      conclude: (name, conclude) => this.#conclude(name, conclude, questions),
    };
  }

  #conclude<R>(name: string, conclude: (workspace: Workspace) => R, questions: Set<Entry>): R {
    const itself = toConclusionEntry(name);
    questions.add(itself);
    const known = this.#conclusions.get(itself);
    if (known && [...known.versions].every(([entry, version]) => this.#versions.get(entry) === version)) {
      for (const entry of known.versions.keys()) questions.add(entry);
      return known.value as R;
    }
    const asked = new Set<Entry>();
    try {
      const value = conclude(this.#toView(asked));
      const versions = new Map([...asked].map((entry) => [entry, this.#versionOf(entry)]));
      this.#conclusions.set(itself, { value, versions });
      return value;
    } finally {
      for (const entry of asked) questions.add(entry);
    }
  }

  #answer<T extends Topic>(topic: T, entry: Entry, questions: Set<Entry>): readonly Known<Topics[T]>[] {
    questions.add(entry);
    const remembered = this.#answers.get(entry);
    if (remembered) return remembered as readonly Known<Topics[T]>[];
    const found = [...(this.#speakers.get(entry) ?? [])].flatMap((document) => {
      const stored = this.#documents.get(document);
      if (!stored) return [];
      const { uri, order, statements } = stored;
      return (statements.get(entry) ?? []).flatMap((fact) => {
        if (fact.topic !== topic) return [];
        return [{ order, known: { value: fact.value as Topics[T], place: { document, path: fact.path }, uri } }];
      });
    });
    found.sort((a, b) => {
      if (a.known.uri !== b.known.uri) return a.known.uri < b.known.uri ? -1 : 1;
      return a.order - b.order || comparePaths(a.known.place.path, b.known.place.path);
    });
    const answer = found.map(({ known }) => known);
    this.#answers.set(entry, answer);
    return answer;
  }

  #note(document: DocumentId, questions: ReadonlySet<Entry>): void {
    for (const entry of this.#questions.get(document) ?? []) {
      if (questions.has(entry)) continue;
      const readers = this.#readers.get(entry);
      readers?.delete(document);
      if (readers?.size === 0) this.#retire(entry);
    }
    for (const entry of questions) {
      const readers = this.#readers.get(entry);
      if (readers) readers.add(document);
      else this.#readers.set(entry, new Set([document]));
      this.#retired.delete(entry);
    }
    this.#questions.set(document, questions);
  }

  #retire(entry: Entry): void {
    this.#readers.delete(entry);
    this.#retired.add(entry);
    for (const oldest of this.#retired) {
      if (this.#retired.size <= MOST_RETIRED) return;
      this.#retired.delete(oldest);
      this.#answers.delete(oldest);
      this.#conclusions.delete(oldest);
      this.#versions.delete(oldest);
    }
  }

  #withdraw(document: DocumentId, entry: Entry, affected: Set<DocumentId>): void {
    const speakers = this.#speakers.get(entry);
    speakers?.delete(document);
    if (speakers?.size === 0) this.#speakers.delete(entry);
    this.#change(entry, affected);
  }

  #change(entry: Entry, affected: Set<DocumentId>): void {
    this.#forget(entry);
    for (const reader of this.#readers.get(entry) ?? []) affected.add(reader);
  }

  #forget(entry: Entry): void {
    this.#answers.delete(entry);
    this.#versions.delete(entry);
  }

  #versionOf(entry: Entry): number {
    const version = this.#versions.get(entry) ?? ++this.#lastVersion;
    this.#versions.set(entry, version);
    return version;
  }
}
