import { readAssignments, readDefinitions } from '../syntax/hcl/definitions';
import { getHclParser } from '../syntax/hcl/grammar';
import { isHclOfConcern } from '../syntax/hcl/parse';
import { type HclValues, listNames, NO_VALUES, resolveDefinitions, toUnknown } from '../syntax/hcl/values';
import type { Language } from '../syntax/language';
import { readSource, type SourceFile } from '../syntax/source-file';
import { isVariableFile, toAssigned } from './terraform-variables';

interface ModuleFile {
  readonly text: string;
  readonly language: Language;
  /** Read when they are first asked for. */
  definitions: HclValues | undefined;
  /** The values by which the file was read last; undefined until then. */
  used: string | undefined;
}

/** True for a file of Terraform, by its name: all such files of one folder are one module. */
export function isTerraformFile(uri: string, language: Language): boolean {
  return language === 'hcl' || (language === 'json' && /\.(?:tf|tfvars)\.json$/i.test(uri));
}

/** The files of Terraform by folder, and what each of them knows of the others: locals, defaults of variables, and what files of variables set. */
export class TerraformModules {
  readonly #folders = new Map<string, Map<string, ModuleFile>>();

  /** Notes a file's text. Returns the other files of its folder that have to be read anew. Other languages change nothing. */
  set(uri: string, text: string, language: Language): readonly string[] {
    if (!isTerraformFile(uri, language)) return [];
    const folder = this.#folders.get(toFolder(uri)) ?? new Map<string, ModuleFile>();
    this.#folders.set(toFolder(uri), folder);
    const before = folder.get(uri);
    if (before?.text === text) return [];
    folder.set(uri, { text, language, definitions: undefined, used: undefined });
    return this.#listStale(folder, uri);
  }

  /** Forgets a file. Returns the other files of its folder that have to be read anew. */
  remove(uri: string): readonly string[] {
    const folder = this.#folders.get(toFolder(uri));
    if (!folder?.delete(uri)) return [];
    if (folder.size === 0) this.#folders.delete(toFolder(uri));
    return this.#listStale(folder, uri);
  }

  /** Reads a file, one of Terraform with what the others of its folder define. */
  read(uri: string, text: string, language: Language): SourceFile {
    if (!isTerraformFile(uri, language)) return readSource(text, language);
    const folder = this.#folders.get(toFolder(uri));
    const file = folder?.get(uri);
    const values = folder ? this.#getValues(folder, text, file) : NO_VALUES;
    if (file) file.used = toSignature(values);
    return readSource(text, language, values);
  }

  /** A copy that can be changed by itself. */
  fork(): TerraformModules {
    const copy = new TerraformModules();
    for (const [name, folder] of this.#folders) {
      copy.#folders.set(name, new Map([...folder].map(([uri, file]) => [uri, { ...file }])));
    }
    return copy;
  }

  /** What the files of a folder say of the names that one of them uses, but for what that one says literally itself. */
  #getValues(folder: ReadonlyMap<string, ModuleFile>, text: string, own: ModuleFile | undefined): HclValues {
    const names = isHclOfConcern(text) ? listNames(text) : new Set<string>();
    if (names.size === 0 || folder.size < 2) return NO_VALUES;
    const files = [...folder].map(([uri, file]) => ({ uri, values: this.#getDefinitions(uri, file) }));
    const assigned = toAssigned(files.filter(({ uri }) => isVariableFile(uri)));
    const code = files.flatMap(({ uri, values }) => (isVariableFile(uri) ? [] : [withoutNames(values, assigned)]));
    const known = resolveDefinitions([...code, assigned]);
    const ofOwn = files.find(({ uri }) => folder.get(uri) === own)?.values;
    const values = [...known].filter(([name]) => assigned.has(name) || !isLiteral(ofOwn?.get(name)));
    const open = [...assigned.keys()].flatMap((name) => (known.has(name) ? [] : [[name, toUnknown(name)] as const]));
    return new Map([...values, ...open].filter(([name]) => names.has(name)));
  }

  #getDefinitions(uri: string, file: ModuleFile): HclValues {
    // Until the grammar is loaded nothing is known, and nothing to be remembered.
    if (file.language === 'hcl' && !getHclParser()) return NO_VALUES;
    const read = isVariableFile(uri) ? readAssignments : readDefinitions;
    file.definitions ??= read(file.text, file.language === 'json');
    return file.definitions;
  }

  #listStale(folder: ReadonlyMap<string, ModuleFile>, changed: string): string[] {
    return [...folder].flatMap(([uri, file]) => {
      if (uri === changed || file.used === undefined || !isHclOfConcern(file.text)) return [];
      return toSignature(this.#getValues(folder, file.text, file)) === file.used ? [] : [uri];
    });
  }
}

function withoutNames(values: HclValues, names: ReadonlyMap<string, string>): HclValues {
  return new Map([...values].filter(([name]) => !names.has(name)));
}

/** A literal is read where it stands. */
function isLiteral(text: string | undefined): boolean {
  return text !== undefined && !text.includes('${');
}

function toSignature(values: HclValues): string {
  return JSON.stringify([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
