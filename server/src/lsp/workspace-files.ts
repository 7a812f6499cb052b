import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Project } from '../engine/project';
import type { ClientFeatures } from './client-features';
import type { ConfigurationStore } from './configuration-store';
import type { OpenDocuments } from './documents';
import type { FileAccess } from './files';
import type { Folders } from './folders';
import { createIgnored, type Ignored, readGitignoresTo } from './ignored';
import { getLanguageOfFile } from './language';
import { readInBackground, type ScanInput, scanFolder } from './scan';
import { getRelativePath } from './uri';

/** What the workspace's files are read with. */
export interface WorkspaceFilesInput {
  readonly connection: Connection;
  readonly features: ClientFeatures;
  readonly files: FileAccess;
  readonly project: Project;
  readonly documents: OpenDocuments;
  readonly configuration: ConfigurationStore;
  readonly folders: Folders;
}

/** Keeps the project in step with the files of the workspace that are not open. */
export class WorkspaceFiles {
  readonly #input: WorkspaceFilesInput;
  readonly #ignored = new Map<string, Promise<Ignored>>();
  readonly #stamps = new Map<string, string>();
  #round = 0;

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
    const input: ScanInput = {
      ...this.#toScanInput(() => round !== this.#round),
      onFile: (key) => {
        seen.add(key);
        if (seen.size % 100 === 0) progress?.report(`${seen.size} files`);
      },
    };
    try {
      for (const folder of folders.all) await scanFolder(input, folder, await this.#getIgnored(folder));
      if (round !== this.#round) return;
      const known = new Set([...project.uris, ...this.#stamps.keys()]);
      for (const key of known) if (!seen.has(key) && !documents.has(key)) this.#forget(key);
    } finally {
      progress?.done();
    }
  }

  /** Reads what has come, changed or gone on the disk: a file, or everything below a folder. */
  async refresh(key: string): Promise<void> {
    const { files, folders } = this.#input;
    const folder = folders.find(key);
    const kind = folder === undefined ? undefined : await files.kindOf(key);
    const path = folder === undefined ? undefined : getRelativePath(folder, key);
    if (folder === undefined || kind === undefined || path === undefined) return this.remove(key);
    if (kind === 'file' && !getLanguageOfFile(key)) return;
    const ignored = await readGitignoresTo(files, folder, path, kind, await this.#getIgnored(folder));
    if (!ignored) return this.remove(key);
    const input = this.#toScanInput(() => false);
    if (kind === 'file') await readInBackground(input, key);
    else await scanFolder(input, folder, ignored, `${path}/`);
  }

  /** Forgets a file, or everything below a folder. Open documents stay until the editor closes them. */
  remove(key: string): void {
    const { project, documents } = this.#input;
    const prefix = `${key}/`;
    const known = new Set([...project.uris, ...this.#stamps.keys()]);
    const gone = known.has(key) ? [key] : [...known].filter((uri) => uri.startsWith(prefix));
    for (const uri of gone) if (!documents.has(uri)) this.#forget(uri);
  }

  /** Tells that the project knows another text of a file than the disk holds: the next time it is read whatever its stamp. */
  setEdited(key: string): void {
    this.#stamps.delete(key);
  }

  #forget(key: string): void {
    this.#input.project.removeFile(key);
    this.#stamps.delete(key);
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
    return { files, project, stamps: this.#stamps, isStopped, isOpen: (key) => documents.has(key) };
  }

  #getIgnored(folder: string): Promise<Ignored> {
    const known = this.#ignored.get(folder) ?? this.#input.configuration.prepareFolder(folder).then(createIgnored);
    this.#ignored.set(folder, known);
    return known;
  }
}
