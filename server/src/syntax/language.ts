/** What the engine can read. A Dockerfile is only read for what it says to others: no rule judges it. */
export type Language = 'yaml' | 'json' | 'dockerfile' | 'hcl';

const DOCKERFILE = /^(?:dockerfile|containerfile)(?:\..+)?$|\.(?:dockerfile|containerfile)$/i;
const NO_DOCKERFILE = /\.(?:md|txt|ya?ml|json|dockerignore|tmpl|tpl|j2|erb|in)$/i;

/** The language of a file by its name, without its folders; undefined for one that is not read. */
export function getLanguageOfName(name: string): Language | undefined {
  if (/\.ya?ml$/i.test(name)) return 'yaml';
  if (/\.json$/i.test(name)) return 'json';
  if (/\.tf(?:vars)?$/i.test(name)) return 'hcl';
  return DOCKERFILE.test(name) && !NO_DOCKERFILE.test(name) ? 'dockerfile' : undefined;
}
