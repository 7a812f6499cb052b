import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Project } from '../engine/project';
import type { ClientFeatures } from './client-features';
import { isFetched } from './client-files';
import type { ConfigurationStore } from './configuration-store';
import type { OpenDocuments } from './documents';
import type { FileAccess } from './files';
import type { Folders } from './folders';
import { createIgnored, type Ignored, isNeverRead, readGitignoresTo } from './ignored';
import { getLanguageOfFile } from './language';
import { readInBackground, type ScanInput, scanFolder } from './scan';
import { getRelativePath, toBaseName } from './uri';

/** What the workspace's files are read with. */
export interface WorkspaceFilesInput {
  readonly connection: Connection;
  readonly features: ClientFeatures;
  readonly files: FileAccess;
  readonly project: Project;
  readonly documents: OpenDocuments;
  readonly configuration: ConfigurationStore;
  readonly folders: Folders;
  /** Says something where the person sees it. */
  readonly tell: (message: string) => void;
}

/** A folder with more files is left alone when the editor has to fetch each of them from a network. */
const MAX_FETCHED = 1000;

/** Keeps the project in step with the files of the workspace that are not open. */
export class WorkspaceFiles {
  readonly #input: WorkspaceFilesInput;
  readonly #ignored = new Map<string, Promise<Ignored>>();
  readonly #stamps = new Map<string, string>();
  readonly #readings = new Map<string, symbol>();
  /** Folders that hold too much to be fetched. */
  readonly #unread = new Set<string>();
  #round = 0;
  /** What has been looked at since the last scan began, be it by the scan or because the client told of it. */
  #seen = new Set<string>();

  constructor(input: WorkspaceFilesInput) {
    this.#input = input;
  }

  /**
   * Goes through all folders, reads what is not known as it is on the disk, and forgets files that are no longer wanted. A scan
   * that is under way gives up.
   */
  async scan(): Promise<void> {
    const { folders, project, documents } = this.#input;
    const round = ++this.#round;
    this.#ignored.clear();
    const progress = this.#startProgress();
    const seen = new Set<string>();
    this.#seen = seen;
    const input: ScanInput = {
      ...this.#toScanInput(() => round !== this.#round),
      onFile: (key) => {
        seen.add(key);
        if (seen.size % 100 === 0) progress?.report(`${seen.size} files`);
      },
    };
    try {
      for (const folder of folders.all) await this.#scanFolder(input, folder);
      if (round !== this.#round) return;
      const known = new Set([...project.uris, ...this.#stamps.keys()]);
      for (const key of known) if (!seen.has(key) && !documents.has(key)) this.#forget(key);
    } finally {
      progress?.done();
    }
  }

  async #scanFolder(input: ScanInput, folder: string): Promise<void> {
    const limited = isFetched(folder) ? { ...input, limit: MAX_FETCHED } : input;
    if (await scanFolder(limited, folder, await this.#getIgnored(folder))) {
      this.#unread.delete(folder);
      return;
    }
    this.#unread.add(folder);
    this.#input.tell(
      `"${toBaseName(folder)}" has more than ${MAX_FETCHED} files that may matter and would have to be fetched one by one: only those that are open are checked. In a clone all of them are.`,
    );
  }

  /** Reads what has come, changed or gone on the disk: a file, or everything below a folder. False when that is nothing to us. */
  async refresh(key: string): Promise<boolean> {
    const { files, folders } = this.#input;
    const folder = folders.find(key);
    const path = folder === undefined ? undefined : getRelativePath(folder, key);
    if (folder === undefined || path === undefined) return this.remove(key);
    if (isNeverRead(path)) return false;
    if (this.#unread.has(folder)) return this.remove(key);
    const kind = await files.kindOf(key);
    if (kind === undefined) return this.remove(key);
    if (kind === 'file' && !getLanguageOfFile(key)) return false;
    const ignored = await readGitignoresTo(files, folder, path, kind, await this.#getIgnored(folder));
    if (!ignored) return this.remove(key);
    const input = this.#toScanInput(() => false);
    if (kind === 'file') await readInBackground(input, key);
    else await scanFolder(input, folder, ignored, `${path}/`);
    return true;
  }

  /** Forgets a file, or everything below a folder. Open documents stay until the editor closes them. False when none was known. */
  remove(key: string): boolean {
    const { project, documents } = this.#input;
    const prefix = `${key}/`;
    // What is being read may have been read before it went.
    const known = new Set([...project.uris, ...this.#stamps.keys(), ...this.#readings.keys()]);
    const gone = known.has(key) ? [key] : [...known].filter((uri) => uri.startsWith(prefix));
    for (const uri of gone) if (!documents.has(uri)) this.#forget(uri);
    return gone.length > 0;
  }

  /** Tells that the project knows another text of a file than the disk holds: the next time it is read whatever its stamp. */
  setEdited(key: string): void {
    this.#stamps.delete(key);
  }

  #forget(key: string): void {
    this.#input.project.removeFile(key);
    this.#stamps.delete(key);
    this.#readings.delete(key);
  }

  /** Shows that the workspace is read, as soon as the client has agreed to show it; nothing waits for that. */
  #startProgress(): { report(text: string): void; done(): void } | undefined {
    const { connection, features, folders } = this.#input;
    if (!features.hasProgress || folders.all.length === 0) return undefined;
    let isDone = false;
    let shown: WorkDoneProgressServerReporter | undefined;
    connection.window.createWorkDoneProgress().then(
      (progress) => {
        if (isDone) return;
        shown = progress;
        progress.begin('Breakwater: reading the workspace');
      },
      () => {},
    );
    return {
      report: (text) => shown?.report(text),
      done: () => {
        isDone = true;
        shown?.done();
      },
    };
  }

  #toScanInput(isStopped: () => boolean): ScanInput {
    const { files, project, documents } = this.#input;
    return {
      files,
      project,
      stamps: this.#stamps,
      readings: this.#readings,
      isStopped,
      isOpen: (key) => documents.has(key),
      onFile: (key) => this.#seen.add(key),
    };
  }

  #getIgnored(folder: string): Promise<Ignored> {
    const known = this.#ignored.get(folder) ?? this.#input.configuration.prepareFolder(folder).then(createIgnored);
    this.#ignored.set(folder, known);
    return known;
  }
}
