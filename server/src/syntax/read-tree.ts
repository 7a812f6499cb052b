import { parseDockerfile } from './dockerfile/parse';
import { parseHcl } from './hcl/parse';
import { parseJson } from './json';
import type { Tree } from './node';
import { parseYaml } from './yaml/parse';

/** Reads the text of one document. Never throws. */
export function readTree(text: string, language: Tree['language']): Tree {
  if (language === 'dockerfile') return parseDockerfile(text);
  if (language === 'hcl') return parseHcl(text);
  return language === 'json' ? parseJson(text) : parseYaml(text);
}
