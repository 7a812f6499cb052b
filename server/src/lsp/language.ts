import { getLanguageOfName, type Language } from '../syntax/language';
import { toBaseName } from './uri';

export type { Language } from '../syntax/language';

const BY_ID: Readonly<Record<string, Language>> = {
  yaml: 'yaml',
  helm: 'yaml',
  json: 'json',
  jsonc: 'json',
  terraform: 'hcl',
  'terraform-vars': 'hcl',
};

/** The language of a file by its name; undefined for one that is not read. */
export function getLanguageOfFile(uri: string): Language | undefined {
  return getLanguageOfName(toBaseName(uri));
}

/** The language of an open document: by what the editor calls it, else by its name. */
export function getLanguage(languageId: string, uri: string): Language | undefined {
  return (Object.hasOwn(BY_ID, languageId) ? BY_ID[languageId] : undefined) ?? getLanguageOfFile(uri);
}
