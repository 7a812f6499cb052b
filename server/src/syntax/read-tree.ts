import { parseDockerfile } from './dockerfile/parse';
import { toTerraformTree } from './hcl/from-json';
import { parseHcl } from './hcl/parse';
import type { HclValues } from './hcl/values';
import { parseJson } from './json';
import type { Tree } from './node';
import { parseYaml } from './yaml/parse';

/**
 * Reads the text of one document. `values`: what other files of the folder define, for files of Terraform; JSON that is given
 * some, if only none, is read as Terraform. Never throws.
 */
export function readTree(text: string, language: Tree['language'], values?: HclValues): Tree {
  if (language === 'dockerfile') return parseDockerfile(text);
  if (language === 'hcl') return parseHcl(text, values);
  if (language === 'json') return values ? toTerraformTree(parseJson(text), values) : parseJson(text);
  return parseYaml(text);
}
