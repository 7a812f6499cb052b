import type { DocumentId, Place } from '../model/workspace/fact';
import { readFacts } from '../model/workspace/read-facts';
import { type Workspace, WorkspaceIndex } from '../model/workspace/workspace';
import type { Language } from '../syntax/language';
import { Ref } from '../syntax/ref';
import { type SourceFile, updateSource } from '../syntax/source-file';
import type { Edit } from '../text/edit';
import { type DocumentReport, type FileReport, toFileReport } from './file-report';
import type { Finding } from './finding';
import { type Outline, readOutline } from './outline';
import { areSameRoutes, type DocumentState, EMPTY_DOCUMENT, type FileState } from './project-state';
import type { RuleSet } from './rule-set';
import { runRules } from './run';
import type { Settings } from './settings';
import { TerraformModules } from './terraform-modules';

export type { DocumentReport, FileFinding, FileReport } from './file-report';

/** More findings than this in one file are not listed, and the report says so: nobody reads them, every client pays for them. */
export const MAX_FINDINGS_PER_FILE = 10_000;

/**
 * The files of a workspace with what is found in them. Pure: it is told of files and edits, reads nothing itself, and
 * computes findings when asked. An edit costs as much as the document it touches, plus the documents whose answers changed.
 */
export class Project {
  readonly #rules: RuleSet;
  #index = new WorkspaceIndex();
  #modules = new TerraformModules();
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

  /** The settings by which a file is judged. */
  getSettings(uri: string): Settings {
    return this.#settings(uri);
  }

  /** Puts questions to the facts of all files, outside of judging. */
  ask<R>(ask: (workspace: Workspace) => R): R {
    return this.#index.ask(NOBODY, ask);
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

  /** What the documents of Kubernetes objects or trust policies seem to say that could not be read, in no particular order. */
  get unread(): { readonly uri: string; readonly outline: Outline }[] {
    return [...this.#documents.values()].flatMap(({ uri, outline }) => (outline ? [{ uri, outline }] : []));
  }

  /** Adds a file or replaces its text. `isKept` false: only its facts are held in memory beside the text. */
  setFile(uri: string, text: string, language: Language, isKept = true): void {
    const file = this.#files.get(uri);
    if (file?.text === text && file.language === language) {
      if (isKept) this.#getSource(file);
      else this.#release(file);
      return;
    }
    this.#replace(uri, text, language, () => this.#modules.read(uri, text, language));
    const installed = this.#files.get(uri);
    if (!isKept && installed) this.#release(installed);
  }

  /** Applies one edit to a file that is known; `text` is the text after it. */
  editFile(uri: string, edit: Edit, text: string): void {
    const file = this.#files.get(uri);
    if (!file) return;
    const { language } = file;
    this.#replace(uri, text, language, () => {
      const isPart = language === 'yaml';
      return isPart ? updateSource(this.#getSource(file), edit, text) : this.#modules.read(uri, text, language);
    });
  }

  /** Forgets a file. */
  removeFile(uri: string): void {
    const file = this.#files.get(uri);
    if (!file) return;
    this.#files.delete(uri);
    for (const document of file.documents) this.#drop(document.id);
    this.#stale.delete(uri);
    this.#readOthers(this.#modules.remove(uri));
  }

  /** Tells that settings may differ now: everything is judged anew when asked for. */
  setSettings(settings: (uri: string) => Settings): void {
    this.#settings = settings;
    for (const file of [...this.#files.values()]) {
      for (const document of file.documents) document.result = undefined;
      this.#stale.add(file.uri);
      this.#readAgain(file);
    }
  }

  /** A copy to try changes in: it shares trees and texts with this one, and neither sees what becomes of the other. */
  fork(): Project {
    const copy = new Project(this.#rules, this.#settings);
    copy.#index = this.#index.fork();
    copy.#modules = this.#modules.fork();
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
    const reports = this.checkDocuments(uri);
    const source = this.#files.get(uri)?.source;
    return reports && source && toFileReport(uri, source, reports);
  }

  /**
   * Judges a file document by document, for callers that keep what they made of a document for as long as it is the same.
   * Keys are distinct within a document only: `toDistinctKey` says how they become so within the file.
   */
  checkDocuments(uri: string): readonly DocumentReport[] | undefined {
    const known = this.#files.get(uri);
    // The settings of a file may be learnt only after its text.
    if (known) this.#readAgain(known);
    const file = this.#files.get(uri);
    if (!file) return undefined;
    this.#getSource(file);
    const settings = this.#settings(uri);
    let count = 0;
    return file.documents.map((state): DocumentReport => {
      const { id: document, source, resources } = state;
      if (count >= MAX_FINDINGS_PER_FILE) return { document, source, findings: NO_FINDINGS, isCut: false, resources };
      state.result ??= this.#index.ask(document, (workspace) =>
        runRules({ tree: source.tree, uri, document, rules: this.#rules, settings, workspace }),
      );
      const { findings, isCut } = state.result;
      count += findings.length;
      return { document, source, findings, isCut: isCut || count >= MAX_FINDINGS_PER_FILE, resources };
    });
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

  /** Reads a file anew where what counts as a workload differs by now, and with it what the file says to others. */
  #readAgain({ uri, text, language, source, podRoutes }: FileState): void {
    if (areSameRoutes(podRoutes, this.#settings(uri).podRoutes)) return;
    this.removeFile(uri);
    this.setFile(uri, text, language, source !== undefined);
  }

  #replace(uri: string, text: string, language: Language, read: () => SourceFile): void {
    const others = this.#modules.set(uri, text, language);
    this.#install(uri, read());
    this.#readOthers(others);
  }

  /** Reads files anew whose names mean something else by now, because another file of their module has changed. */
  #readOthers(uris: readonly string[]): void {
    for (const uri of uris) {
      const file = this.#files.get(uri);
      if (!file) continue;
      this.#install(uri, this.#modules.read(uri, file.text, file.language));
      const installed = this.#files.get(uri);
      if (!file.source && installed) this.#release(installed);
    }
  }

  #getSource(file: FileState): SourceFile {
    if (file.source) return file.source;
    const source = this.#modules.read(file.uri, file.text, file.language);
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
      const { text, isReliable, language } = document.tree;
      const outline = isReliable ? undefined : readOutline(text, language);
      const state = { id, uri, source: document, resources, outline, result: undefined };
      this.#documents.set(id, state);
      return state;
    });
    const alive = new Set(documents.map(({ id }) => id));
    this.#files.set(uri, { uri, text: source.text, language: source.language, source, documents, podRoutes });
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

/** Asks on behalf of no document, so that nothing is judged anew for it. */
const NOBODY: DocumentId = '';

const NO_FINDINGS: readonly Finding[] = [];
