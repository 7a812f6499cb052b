import { resolve } from 'node:path';
import type { Configuration } from '../engine/configuration';
import { getLanguage, type InputFile, type Inputs } from './inputs';
import { toFileUri, toShownPath } from './paths';
import { readTextFile } from './read-file';

/** The files that the configuration says to hold trust policies, as far as they are not to be checked themselves. */
export function readPolicyFiles(configuration: Configuration, folder: string, { files }: Inputs): InputFile[] {
  const known = new Set(files.map(({ uri }) => uri));
  return configuration.irsaRoles.flatMap(({ path: name }): InputFile[] => {
    const path = resolve(folder, name);
    const uri = toFileUri(path);
    if (known.has(uri)) return [];
    known.add(uri);
    const file = readTextFile(path, true);
    if ('reason' in file) return [];
    return [
      { uri, shown: toShownPath(folder, path), path, isNamed: true, language: getLanguage(name, file.text), file },
    ];
  });
}
