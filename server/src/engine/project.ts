import type { DocumentId, Place } from '../model/workspace/fact';
import { readFacts } from '../model/workspace/read-facts';
import { WorkspaceIndex } from '../model/workspace/workspace';
import { Ref } from '../syntax/ref';
import { readSource, type SourceDocument, type SourceFile, updateSource } from '../syntax/source-file';
import { parseYaml } from '../syntax/yaml/parse';
import type { Edit } from '../text/edit';
import { type Span, shiftSpan } from '../text/span';
import type { Finding, Unchecked } from './finding';
import type { RuleSet } from './rule-set';
import { type RunResult, runRules } from './run';
import type { Settings } from './settings';

/** More findings than this in one file are not listed, and the report says so: nobody reads them, every client pays for them. */
export const MAX_FINDINGS_PER_FILE = 10_000;

/** A finding with its place in the file. */
export interface FileFinding extends Omit<Finding, 'span'> {
  readonly span: Span;
  /** The document it was found in. */
  readonly document: DocumentId;
}

/** Everything there is to say of a file, in the order of places. */
export interface FileReport {
  readonly uri: string;
  readonly source: SourceFile;
  readonly findings: readonly FileFinding[];
  readonly unchecked: readonly Unchecked[];
  /** How many Kubernetes objects and trust policies were read. */
  readonly resources: number;
}

interface DocumentState {
  readonly id: DocumentId;
  readonly uri: string;
  source: SourceDocument;
  readonly resources: number;
  /** Undefined until it is judged, and when an answer that it had asked for has changed. */
  result: RunResult | undefined;
}

interface FileState {
  readonly uri: string;
  readonly text: string;
  readonly language: 'yaml' | 'json';
  /** Undefined for a file that is only in the background: its facts are kept, its trees are read again when asked for. */
  source: SourceFile | undefined;
  readonly documents: readonly DocumentState[];
}

/**
 * The files of a workspace with what is found in them. Pure: it is told of files and edits, reads nothing itself, and
 * computes findings when asked. An edit costs as much as the document it touches, plus the documents whose answers changed.
 */
export class Project {
  readonly #rules: RuleSet;
  #index = new WorkspaceIndex();
  readonly #files = new Map<string, FileState>();
  readonly #documents = new Map<DocumentId, DocumentState>();
  readonly #stale = new Set<string>();
  #settings: (uri: string) => Settings;
  #counter = 0;

  constructor(rules: RuleSet, settings: (uri: string) => Settings) {
    this.#rules = rules;
    this.#settings = settings;
  }

  get rules(): RuleSet {
    return this.#rules;
  }

  /** URIs of all files, in no particular order. */
  get uris(): Iterable<string> {
    return this.#files.keys();
  }

  has(uri: string): boolean {
    return this.#files.has(uri);
  }

  /** The text of a file as the project knows it. */
  getText(uri: string): string | undefined {
    return this.#files.get(uri)?.text;
  }

  /** Adds a file or replaces its text. `isKept` false: only its facts are held in memory beside the text. */
  setFile(uri: string, text: string, language: 'yaml' | 'json', isKept = true): void {
    const file = this.#files.get(uri);
    if (file?.text === text && file.language === language) {
      if (isKept) this.#getSource(file);
      else this.#release(file);
      return;
    }
    this.#install(uri, readSource(text, language));
    const installed = this.#files.get(uri);
    if (!isKept && installed) this.#release(installed);
  }

  /** Applies one edit to a file that is known; `text` is the text after it. */
  editFile(uri: string, edit: Edit, text: string): void {
    const file = this.#files.get(uri);
    if (file) this.#install(uri, updateSource(this.#getSource(file), edit, text));
  }

  /** Forgets a file. */
  removeFile(uri: string): void {
    const file = this.#files.get(uri);
    if (!file) return;
    this.#files.delete(uri);
    for (const document of file.documents) this.#drop(document.id);
    this.#stale.delete(uri);
  }

  /** Tells that settings may differ now: everything is judged anew when asked for. */
  setSettings(settings: (uri: string) => Settings): void {
    const before = this.#settings;
    this.#settings = settings;
    for (const file of [...this.#files.values()]) {
      for (const document of file.documents) document.result = undefined;
      this.#stale.add(file.uri);
      if (areSameRoutes(before(file.uri), settings(file.uri))) continue;
      // What counts as a workload differs now, and with it what the file says to others.
      const isKept = file.source !== undefined;
      const { text, language } = file;
      this.removeFile(file.uri);
      this.setFile(file.uri, text, language, isKept);
    }
  }

  /** A copy to try changes in: it shares trees and texts with this one, and neither sees what becomes of the other. */
  fork(): Project {
    const copy = new Project(this.#rules, this.#settings);
    copy.#index = this.#index.fork();
    copy.#counter = this.#counter;
    for (const [uri, file] of this.#files) {
      const documents = file.documents.map((state) => ({ ...state, result: undefined }));
      for (const state of documents) copy.#documents.set(state.id, state);
      copy.#files.set(uri, { ...file, documents });
    }
    return copy;
  }

  /** The files whose report may have changed since the last call, and forgets them. */
  takeStale(): string[] {
    const uris = [...this.#stale];
    this.#stale.clear();
    return uris;
  }

  /** Judges a file; undefined for one that is not known. */
  check(uri: string): FileReport | undefined {
    const file = this.#files.get(uri);
    if (!file) return undefined;
    const source = this.#getSource(file);
    const settings = this.#settings(uri);
    const findings: FileFinding[] = [];
    const unchecked: Unchecked[] = [];
    let resources = 0;
    for (const document of file.documents) {
      const { start, tree } = document.source;
      resources += document.resources;
      if (findings.length < MAX_FINDINGS_PER_FILE) {
        document.result ??= this.#index.ask(document.id, (workspace) =>
          runRules({ tree, uri, document: document.id, rules: this.#rules, settings, workspace }),
        );
        for (const finding of document.result.findings) {
          findings.push({ ...finding, span: shiftSpan(finding.span, start), document: document.id });
        }
        if (document.result.isCut || findings.length >= MAX_FINDINGS_PER_FILE) {
          unchecked.push(toCutNotice(findings));
        }
      }
      for (const problem of tree.problems) {
        if (problem.kind !== 'duplicate-key')
          unchecked.push({ message: problem.message, span: shiftSpan(problem.span, start) });
      }
    }
    return { uri, source, findings: toDistinctKeys(findings), unchecked, resources };
  }

  /** What stands at a place now, with the file it is in; undefined when it is gone. */
  locate(place: Place): { uri: string; source: SourceFile; start: number; ref: Ref } | undefined {
    const document = this.#documents.get(place.document);
    const file = document && this.#files.get(document.uri);
    if (!file) return undefined;
    const source = this.#getSource(file);
    return {
      uri: file.uri,
      source,
      start: document.source.start,
      ref: Ref.root(document.source.tree).get(...place.path),
    };
  }

  #getSource(file: FileState): SourceFile {
    if (file.source) return file.source;
    const source = readSource(file.text, file.language);
    file.source = source;
    file.documents.forEach((state, index) => {
      state.source = source.documents[index] ?? state.source;
    });
    return source;
  }

  #release(file: FileState): void {
    file.source = undefined;
    for (const state of file.documents) state.source = EMPTY_DOCUMENT;
  }

  #install(uri: string, source: SourceFile): void {
    const old = this.#files.get(uri)?.documents ?? [];
    const unclaimed = new Map(old.map((state) => [state.source.tree, state]));
    const kept = source.documents.map(({ tree }) => {
      const state = unclaimed.get(tree);
      unclaimed.delete(tree);
      return state;
    });
    // A document that was edited keeps its identity when it stands between the same neighbours as before.
    const orphans = old.filter((state) => unclaimed.has(state.source.tree));
    const fresh = kept.filter((state) => !state).length;
    const heirs = orphans.length === fresh ? orphans : [];
    const touched = new Set<DocumentId>();
    const { podRoutes } = this.#settings(uri);
    const documents = source.documents.map((document, order): DocumentState => {
      const same = kept[order];
      if (same) {
        this.#index.setOrder(same.id, order);
        same.source = document;
        return same;
      }
      const heir = heirs.shift();
      const id = heir?.id ?? `${uri}#${++this.#counter}`;
      const { facts, resources } = readFacts(document.tree, podRoutes);
      // Text that cannot be read just now, because it is being typed, says to others what it said before.
      if (heir && !document.tree.isReliable) this.#index.setOrder(id, order);
      else for (const asker of this.#index.replace(id, uri, order, facts)) touched.add(asker);
      const state = { id, uri, source: document, resources, result: undefined };
      this.#documents.set(id, state);
      return state;
    });
    const alive = new Set(documents.map(({ id }) => id));
    this.#files.set(uri, { uri, text: source.text, language: source.language, source, documents });
    // Only now: the askers may be neighbours in this very file, whose states are new.
    this.#invalidate(touched);
    for (const state of old) if (!alive.has(state.id)) this.#drop(state.id);
    this.#stale.add(uri);
  }

  #drop(document: DocumentId): void {
    this.#documents.delete(document);
    this.#invalidate(this.#index.remove(document));
  }

  #invalidate(documents: ReadonlySet<DocumentId>): void {
    for (const id of documents) {
      const state = this.#documents.get(id);
      if (!state) continue;
      state.result = undefined;
      this.#stale.add(state.uri);
    }
  }
}

/** What stands for a document whose tree is not kept. */
const EMPTY_DOCUMENT: SourceDocument = { start: 0, tree: parseYaml('') };

function toCutNotice(findings: readonly FileFinding[]): Unchecked {
  const last = findings.at(-1);
  const message = 'Not checked: so many findings above that those after this place are not listed.';
  return { message, span: last?.span ?? { start: 0, end: 0 } };
}

function areSameRoutes(a: Settings, b: Settings): boolean {
  return JSON.stringify(a.podRoutes ?? []) === JSON.stringify(b.podRoutes ?? []);
}

/** Two documents of one file can hold objects of the same name: their findings still need keys of their own. */
function toDistinctKeys(findings: readonly FileFinding[]): FileFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const count = (seen.get(finding.key) ?? 0) + 1;
    seen.set(finding.key, count);
    return count === 1 ? finding : { ...finding, key: `${finding.key}@${count}` };
  });
}
