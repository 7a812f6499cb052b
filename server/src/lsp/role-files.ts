import { CONFIGURATION_FILE_NAME } from '../engine/configuration';
import { getPolicyFileProblem, type IrsaRole } from '../engine/configuration/irsa-roles';
import type { ConfigurationStore } from './configuration-store';
import type { OpenDocuments } from './documents';
import type { FileAccess } from './files';
import { joinUri, toKey } from './uri';

/** Longer files (in bytes) are not read. */
const MAX_LENGTH = 1_000_000;

/** A file as the disk has it; without a text when it is not there or cannot be read. */
export interface RoleFile {
  readonly text: string | undefined;
}

/** What the files of roles are looked at with. */
export interface RoleFilesInput {
  readonly files: FileAccess;
  readonly documents: OpenDocuments;
  readonly configuration: ConfigurationStore;
  /** Says something where the person sees it. */
  readonly tell: (message: string) => void;
}

/** The files that `irsa.roles` names, as they are on the disk, those that are left out of the workspace too. */
export class RoleFiles {
  readonly #input: RoleFilesInput;
  readonly #known = new Map<string, RoleFile>();
  #last: Promise<void> = Promise.resolve();
  /** Told when a file is there, or says something else, by now. */
  onChanged: () => void = () => {};

  constructor(input: RoleFilesInput) {
    this.#input = input;
  }

  /** The file at an address; undefined while it is not known, which `onChanged` ends. */
  get(key: string): RoleFile | undefined {
    const known = this.#known.get(key);
    if (!known) void this.#look([key]);
    return known;
  }

  /** Looks at all files that are named, and says which of them are of no use where no diagnostic can. */
  async check(): Promise<void> {
    const { documents, tell } = this.#input;
    const named = this.#listNamed();
    await this.#look([...new Set([...this.#known.keys(), ...named.map(({ key }) => key)])]);
    for (const { folder, role, key } of named) {
      const text = documents.get(key)?.text.getText() ?? this.#known.get(key)?.text;
      const problem = getPolicyFileProblem(role, text);
      if (problem === undefined) continue;
      if (!role.span) tell(problem);
      else if (!documents.has(toKey(joinUri(folder, CONFIGURATION_FILE_NAME))))
        tell(`${CONFIGURATION_FILE_NAME}: ${problem}`);
    }
  }

  /** True when one of the files is at an address, or below it. */
  isConcernedBy(key: string): boolean {
    const keys = [...this.#known.keys(), ...this.#listNamed().map((named) => named.key)];
    return keys.some((known) => known === key || known.startsWith(`${key}/`));
  }

  #listNamed() {
    return this.#input.configuration.roles.map((named) => ({ ...named, key: toRoleKey(named.folder, named.role) }));
  }

  /** One look after the other, so that the last one counts. */
  #look(keys: readonly string[]): Promise<void> {
    this.#last = this.#last.then(() => this.#read(keys));
    return this.#last;
  }

  async #read(keys: readonly string[]): Promise<void> {
    const { files } = this.#input;
    const found = await Promise.all(keys.map(async (key) => [key, await files.read(key, MAX_LENGTH)] as const));
    let isChanged = false;
    for (const [key, text] of found) {
      const known = this.#known.get(key);
      if (known && known.text === text) continue;
      this.#known.set(key, { text });
      isChanged = true;
    }
    if (isChanged) this.onChanged();
  }
}

/** The address of the file that a role is said to have its policy in. */
export function toRoleKey(folder: string, { path }: IrsaRole): string {
  return toKey(joinUri(folder, path));
}
