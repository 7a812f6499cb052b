import { toBaseName } from './uri';

/** What the engine can read. */
export type Language = 'yaml' | 'json';

const BY_ID: Readonly<Record<string, Language>> = { yaml: 'yaml', helm: 'yaml', json: 'json', jsonc: 'json' };

/** The language of a file by its name; undefined for one that is not read. */
export function getLanguageOfFile(uri: string): Language | undefined {
  const name = toBaseName(uri).toLowerCase();
  if (/\.ya?ml$/.test(name)) return 'yaml';
  return name.endsWith('.json') ? 'json' : undefined;
}

/** The language of an open document: by what the editor calls it, else by its name. */
export function getLanguage(languageId: string, uri: string): Language | undefined {
  return BY_ID[languageId] ?? getLanguageOfFile(uri);
}
