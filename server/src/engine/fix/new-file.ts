import type { Tree } from '../../syntax/node';
import { renderDocuments } from '../../syntax/yaml/edit/document';
import { parseYaml } from '../../syntax/yaml/parse';
import type { Operation } from '../operation';

/** URI of a file beside another; undefined for a name that is no plain file name. */
export function toSiblingUri(uri: string, name: string): string | undefined {
  if (name === '' || name === '.' || name === '..' || /[\\/]/.test(name)) return undefined;
  const path = uri.replace(/[?#].*$/, '');
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : `${path.slice(0, slash + 1)}${encodeURIComponent(name)}`;
}

/** The text of a new file: JSON for one of that name, else YAML that is laid out as `like` is. */
export function renderNewFile(
  { name, documents, comment }: Operation & { op: 'createFile' },
  like: Tree,
  eol: string,
): string | undefined {
  if (name.toLowerCase().endsWith('.json')) {
    if (documents.length !== 1) return undefined;
    return `${JSON.stringify(documents[0], null, 2).replaceAll('\n', eol)}${eol}`;
  }
  const [first, ...rest] = documents.map((value) => ({ value }));
  if (!first) return undefined;
  const text = renderDocuments([{ ...first, ...(comment !== undefined && { comment }) }, ...rest], like, eol);
  const isRead = documents.every((value) => parseYaml(renderDocuments([{ value }], like, eol)).isReliable);
  return isRead ? text : undefined;
}
