import { type Configuration, EMPTY_CONFIGURATION, isExcluded, toSettings } from '../engine/configuration';
import { toExactMatcher, toPathMatcher } from '../engine/configuration/glob';
import type { IrsaRole } from '../engine/configuration/irsa-roles';
import { toWorkspaceScope } from '../engine/configuration/workspace-scope';
import { DEFAULT_SETTINGS, type Settings } from '../engine/settings';
import { type EditorSettings, NO_EDITOR_SETTINGS, readEditorSettings } from './editor-settings';
import { getRelativePath, joinUri, toKey } from './uri';

/** Where settings come from. */
export interface ConfigurationSource {
  /** The editor's section `breakwater` for a file or folder. */
  fetchSection(uri: string): Promise<unknown>;
  /** The workspace folder that holds a file. */
  findFolder(key: string): string | undefined;
  /** The editor's setting `files.exclude` for a folder. */
  fetchHidden(uri: string): Promise<unknown>;
  /** The configuration file of a workspace folder. */
  readFolder(folder: string): Promise<Configuration>;
  /** Told of each setting that cannot be used. */
  onProblem(message: string): void;
}

/** What holds for all files of a workspace folder. */
interface Base {
  readonly configuration: Configuration;
  readonly editor: EditorSettings;
  /** Globs of what the editor does not show. */
  readonly hidden: readonly string[];
}

interface Scope {
  readonly settings: Settings;
  readonly isExcluded: boolean;
  readonly hasCodeLens: boolean;
}

const DEFAULT_SCOPE: Scope = { settings: DEFAULT_SETTINGS, isExcluded: false, hasCodeLens: true };

/**
 * The settings by which each file is judged: the configuration file of its workspace folder, and over it what the person has
 * set in the editor. They are asked for once per open document; until then the defaults hold.
 */
export class ConfigurationStore {
  readonly #source: ConfigurationSource;
  readonly #ruleIds: readonly string[];
  readonly #folders = new Map<string, Promise<Configuration>>();
  readonly #bases = new Map<string, Base>();
  readonly #scopes = new Map<string, Scope>();
  readonly #pending = new Map<string, Promise<void>>();
  #generation = 0;

  constructor(source: ConfigurationSource, ruleIds: readonly string[]) {
    this.#source = source;
    this.#ruleIds = ruleIds;
  }

  /** The settings of a file, as far as they are known: its own, else those of its folder. */
  getSettings(key: string): Settings {
    const own = this.#scopes.get(key);
    if (own) return own.settings;
    const folder = this.#source.findFolder(key);
    const base = folder === undefined ? undefined : this.#bases.get(folder);
    if (folder === undefined || !base) return DEFAULT_SETTINGS;
    return toScope(base.configuration, base.editor, getRelativePath(folder, key), folder).settings;
  }

  /** The roles whose policies are said to be in files, by the folder to which the paths are relative. */
  get roles(): readonly { readonly folder: string; readonly role: IrsaRole }[] {
    return [...this.#bases].flatMap(([folder, { configuration, editor }]) =>
      [...configuration.irsaRoles, ...editor.irsaRoles].map((role) => ({ folder, role })),
    );
  }

  /** True for a file that the person wants left alone. */
  isExcluded(key: string): boolean {
    return (this.#scopes.get(key) ?? DEFAULT_SCOPE).isExcluded;
  }

  /** Whether lenses are wanted in a file. */
  hasCodeLens(key: string): boolean {
    return (this.#scopes.get(key) ?? DEFAULT_SCOPE).hasCodeLens;
  }

  /** Learns the settings of a file; nothing to wait for when they are known. `uri` is the client's spelling. */
  prepare(key: string, uri = key): Promise<void> | undefined {
    if (this.#scopes.has(key)) return undefined;
    const pending = this.#pending.get(key) ?? this.#load(key, uri).finally(() => this.#pending.delete(key));
    this.#pending.set(key, pending);
    return pending;
  }

  /** Learns what holds for a folder. Tells which of its files the person wants left alone, by their way from the folder. */
  async prepareFolder(folder: string): Promise<(path: string) => boolean> {
    for (;;) {
      const generation = this.#generation;
      const [configuration, editor, hidden] = await Promise.all([
        this.#readFolder(folder),
        this.#fetch(folder),
        this.#fetchHidden(folder),
      ]);
      // The settings have changed while they were asked for.
      if (generation !== this.#generation) continue;
      this.#bases.set(folder, { configuration, editor, hidden });
      const isUnwanted = toPathMatcher(editor.exclude);
      const isHidden = toExactMatcher(hidden);
      return (path) => isExcluded(configuration, path) || isUnwanted(path) || isHidden(path);
    }
  }

  /** Forgets one file's settings. */
  forget(key: string): void {
    this.#scopes.delete(key);
  }

  /**
   * Learns the settings of the files given anew, and those of the folders that are known, whose configuration files are read
   * again with `areFilesStale`. Tells what has changed: something, and whether it holds for whole folders.
   */
  async reload(
    files: readonly { readonly key: string; readonly uri: string }[],
    areFilesStale: boolean,
  ): Promise<{ readonly isChanged: boolean; readonly isFolderChanged: boolean }> {
    const folders = [...this.#bases.keys()];
    const printFolders = () => JSON.stringify(folders.map((one) => this.#bases.get(one)));
    const printFiles = () => JSON.stringify(files.map(({ key }) => this.#scopes.get(key)));
    const before = [printFolders(), printFiles()];
    this.#generation++;
    if (areFilesStale) this.#folders.clear();
    this.#pending.clear();
    await Promise.all([
      ...files.map(({ key, uri }) => this.#load(key, uri)),
      ...folders.map((folder) => this.prepareFolder(folder)),
    ]);
    const isFolderChanged = printFolders() !== before[0];
    return { isChanged: isFolderChanged || printFiles() !== before[1], isFolderChanged };
  }

  async #load(key: string, uri: string): Promise<void> {
    const generation = this.#generation;
    const folder = this.#source.findFolder(key);
    const [configuration, editor] = await Promise.all([
      folder === undefined ? EMPTY_CONFIGURATION : this.#readFolder(folder),
      this.#fetch(uri),
    ]);
    const path = folder === undefined ? undefined : getRelativePath(folder, key);
    // An answer that was asked for before the settings changed must not overwrite the one after it.
    if (generation === this.#generation) this.#scopes.set(key, toScope(configuration, editor, path, folder));
  }

  #readFolder(folder: string): Promise<Configuration> {
    const known = this.#folders.get(folder) ?? this.#source.readFolder(folder).catch(() => EMPTY_CONFIGURATION);
    this.#folders.set(folder, known);
    return known;
  }

  async #fetchHidden(folder: string): Promise<readonly string[]> {
    const globs: unknown = await this.#source.fetchHidden(folder).catch(() => undefined);
    // A glob with a condition hides only what was made from something beside it.
    return Object.entries(Object(globs ?? {})).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []));
  }

  async #fetch(uri: string): Promise<EditorSettings> {
    try {
      const { settings, problems } = readEditorSettings(await this.#source.fetchSection(uri), this.#ruleIds);
      for (const problem of problems) this.#source.onProblem(problem);
      return settings;
    } catch (error) {
      this.#source.onProblem(`The settings could not be read: ${String(error)}`);
      return NO_EDITOR_SETTINGS;
    }
  }
}

function toScope(
  configuration: Configuration,
  editor: EditorSettings,
  path: string | undefined,
  folder: string | undefined,
): Scope {
  const toUri = (name: string) => toKey(joinUri(folder ?? '', name));
  const forced = {
    ...(editor.podSecurityLevel !== undefined && { podSecurityLevel: editor.podSecurityLevel }),
    ...(editor.kubernetesMinor !== undefined && { kubernetesMinor: editor.kubernetesMinor }),
  };
  const {
    namespaces,
    podRoutes = [],
    ...settings
  } = toSettings(configuration, path ?? '', {
    forced,
    ...(folder !== undefined && { toUri }),
  });
  const ownRoles =
    folder === undefined ? [] : editor.irsaRoles.map(({ arn, path: name }) => [arn, toUri(name)] as const);
  const irsaRoles = { ...settings.irsaRoles, ...Object.fromEntries(ownRoles) };
  const allRoutes = [...podRoutes, ...editor.podRoutes];
  const workspace = toWorkspaceScope([settings.workspace, editor.workspace]);
  const allowedRegistries = editor.allowedRegistries.length > 0 ? editor.allowedRegistries : settings.allowedRegistries;
  const clusterCidrs = editor.clusterCidrs.length > 0 ? editor.clusterCidrs : settings.clusterCidrs;
  return {
    settings: {
      ...settings,
      rules: { ...settings.rules, ...editor.rules },
      ...(namespaces && {
        namespaces: namespaces.map((one) => ({ ...one, rules: { ...one.rules, ...editor.rules } })),
      }),
      ...(allRoutes.length > 0 && { podRoutes: allRoutes }),
      ...(allowedRegistries && { allowedRegistries }),
      ...(clusterCidrs && { clusterCidrs }),
      ...(Object.keys(irsaRoles).length > 0 && { irsaRoles }),
      ...(workspace && { workspace }),
    },
    hasCodeLens: editor.hasCodeLens,
    isExcluded: path !== undefined && (isExcluded(configuration, path) || toPathMatcher(editor.exclude)(path)),
  };
}
