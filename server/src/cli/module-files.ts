import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isTerraformFile } from '../engine/terraform-modules';
import { isHclOfConcern } from '../syntax/hcl/parse';
import { isIgnored, readOuterIgnores, withIgnoresOf } from './gitignore';
import { getLanguage, type InputFile, type Inputs } from './inputs';
import { toFilePath, toFileUri, toShownPath } from './paths';
import { readTextFile } from './read-file';

/**
 * The files that make one module with files of Terraform that were named by themselves, as far as they are not to be checked too:
 * without them, a default would be taken for the value that a file of variables beside it sets.
 */
export function readModuleFiles({ files }: Inputs, cwd: string, isExcluded: (path: string) => boolean): InputFile[] {
  const known = new Set(files.map(({ uri }) => uri));
  const named = files.filter(
    ({ isNamed, uri, language, file }) => isNamed && isTerraformFile(uri, language) && isHclOfConcern(file.text),
  );
  const folders = new Set(named.map(({ uri }) => dirname(toFilePath(uri))));
  return [...folders].flatMap((folder) => {
    const ignores = withIgnoresOf(readOuterIgnores(folder), folder);
    return listTerraform(folder).flatMap((name): InputFile[] => {
      const path = join(folder, name);
      const uri = toFileUri(path);
      if (known.has(uri) || isExcluded(path) || isIgnored(ignores, path, false)) return [];
      const file = readTextFile(path, false);
      if ('reason' in file) return [];
      const shown = toShownPath(cwd, path);
      return [{ uri, shown, path, isNamed: false, language: getLanguage(name, file.text), file }];
    });
  });
}

function listTerraform(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => /\.(?:tf|tfvars)(?:\.json)?$/i.test(name));
  } catch {
    return [];
  }
}
