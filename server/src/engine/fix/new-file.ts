import type { DocumentId } from '../../model/workspace/fact';
import { getIndentUnit } from '../../syntax/flow-edit';
import type { Tree } from '../../syntax/node';
import { isPlainMapping, type PlainMapping, type PlainValue } from '../../syntax/plain-value';
import { renderDocuments } from '../../syntax/yaml/edit/document';
import { parseYaml } from '../../syntax/yaml/parse';
import type { Operation } from '../operation';

/** A file to be made beside that of a document. */
export interface NewFile extends Pick<Operation & { op: 'createFile' }, 'documents' | 'comment'> {
  readonly origin: DocumentId;
  /** The names it may have; the first that is free is taken. */
  readonly names: readonly string[];
  /** True for objects that have no place in the file itself: more of them come into the same one. */
  readonly isOverflow?: true;
}

/** So many files of one name are numbered. */
const MAX_NUMBER = 9;

/** Adds an object for which the file of `origin` has no place, named after itself: `web-service-account.json`. */
export function addOverflow(files: NewFile[], origin: DocumentId, value: PlainValue): void {
  const index = files.findIndex((file) => file.isOverflow && file.origin === origin);
  const known = files[index];
  if (known) {
    files[index] = { ...known, documents: [...known.documents, value] };
    return;
  }
  const base = toBaseName(value);
  const numbers = Array.from({ length: MAX_NUMBER - 1 }, (_, n) => `${base}-${n + 2}`);
  files.push({ origin, names: [base, ...numbers].map((name) => `${name}.json`), documents: [value], isOverflow: true });
}

function toBaseName(value: PlainValue): string {
  const { kind, metadata = {} } = isPlainMapping(value) ? value : ({} as PlainMapping);
  const { name } = isPlainMapping(metadata) ? metadata : ({} as PlainMapping);
  const words = String(kind ?? 'object').replace(/(?<=[a-z])(?=[A-Z])/g, '-');
  const all = name === undefined ? words : `${name}-${words}`;
  return all
    .toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[.-]+/, '');
}

/** URI of a file beside another; undefined for a name that is no plain file name. */
export function toSiblingUri(uri: string, name: string): string | undefined {
  if (name === '' || name === '.' || name === '..' || /[\\/]/.test(name)) return undefined;
  const path = uri.replace(/[?#].*$/, '');
  const slash = path.lastIndexOf('/');
  return slash === -1 ? undefined : `${path.slice(0, slash + 1)}${encodeURIComponent(name)}`;
}

/** The text of a new file: JSON for one of that name, else YAML; laid out as `like` is. */
export function renderNewFile(
  name: string,
  { documents, comment }: Pick<NewFile, 'documents' | 'comment'>,
  like: Tree,
  eol: string,
): string | undefined {
  const [only, ...others] = documents;
  if (only === undefined) return undefined;
  if (name.toLowerCase().endsWith('.json')) {
    const value = others.length === 0 ? only : { apiVersion: 'v1', kind: 'List', items: documents };
    return `${JSON.stringify(value, null, like.language === 'json' ? getIndentUnit(like.text) : 2).replaceAll('\n', eol)}${eol}`;
  }
  const [first, ...rest] = documents.map((value) => ({ value }));
  if (!first) return undefined;
  const text = renderDocuments([{ ...first, ...(comment !== undefined && { comment }) }, ...rest], like, eol);
  const isRead = documents.every((value) => parseYaml(renderDocuments([{ value }], like, eol)).isReliable);
  return isRead ? text : undefined;
}
