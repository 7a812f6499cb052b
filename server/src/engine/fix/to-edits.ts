import { areEditsDisjoint, type Edit, sortEdits } from '../../text/edit';
import { getEol } from '../../text/lines';
import type { Fix } from '../operation';
import type { Project } from '../project';
import { canChangeDocument, toDocumentEdits, toRemovalEdits } from './document-edits';
import { renderNewFile, toSiblingUri } from './new-file';
import { type FixOrigin, type FixPlan, resolveFix } from './resolve-fix';

/** What a fix does to one file. */
export interface FileEdit {
  readonly uri: string;
  /** In places of the whole file as it is now, ordered, none touching a code unit of another. */
  readonly edits: readonly Edit[];
  /** True when the file is to be made; its one edit is then its whole text. */
  readonly isNewFile: boolean;
}

/**
 * The text edits of a fix. Undefined when an operation declines: its target is gone or shared, the text has a shape that cannot
 * be kept, the new file's name is taken, or nothing would change.
 */
export function toFileEdits(project: Project, origin: FixOrigin, fix: Fix): readonly FileEdit[] | undefined {
  const plan = resolveFix(project, origin, fix);
  if (!plan) return undefined;
  const files = new Map<string, Edit[]>();
  for (const uri of new Set(plan.documents.map((document) => document.uri))) {
    const documents = plan.documents.filter((document) => document.uri === uri);
    const all = documents.flatMap((document) => (document.isRemoved ? [] : [toDocumentEdits(document)]));
    all.push(toRemovalEdits(documents.filter(({ isRemoved }) => isRemoved)));
    if (all.includes(undefined)) return undefined;
    files.set(
      uri,
      all.flatMap((edits) => edits ?? []),
    );
  }
  const made = toNewFiles(project, plan);
  if (!made) return undefined;
  const changed: FileEdit[] = [];
  for (const [uri, edits] of files) {
    if (!areEditsDisjoint(edits, project.getText(uri)?.length ?? 0)) return undefined;
    if (edits.length > 0) changed.push({ uri, edits: sortEdits(edits), isNewFile: false });
  }
  const all = [...changed, ...made];
  return all.length > 0 ? all : undefined;
}

/** The files that a fix would change or make, as far as can be told without reading its outcome; undefined when it declines. */
export function findChangedFiles(
  project: Project,
  origin: FixOrigin,
  fix: Fix,
): readonly { readonly uri: string; readonly isNewFile: boolean }[] | undefined {
  const plan = resolveFix(project, origin, fix);
  if (!plan?.documents.every(canChangeDocument)) return undefined;
  const made = toNewFiles(project, plan);
  return made && [...plan.documents.map(({ uri }) => ({ uri, isNewFile: false })), ...made];
}

function toNewFiles(project: Project, { newFiles }: FixPlan): FileEdit[] | undefined {
  const files: FileEdit[] = [];
  for (const file of newFiles) {
    const own = project.locate({ document: file.origin, path: [] });
    const isFree = (uri: string | undefined) =>
      uri !== undefined && !project.has(uri) && files.every((one) => one.uri !== uri);
    const name = own && file.names.find((one) => isFree(toSiblingUri(own.uri, one)));
    const uri = own && name !== undefined ? toSiblingUri(own.uri, name) : undefined;
    if (!own || name === undefined || uri === undefined) return undefined;
    const text = renderNewFile(name, file, own.ref.tree, getEol(own.source.text));
    if (text === undefined) return undefined;
    files.push({ uri, edits: [{ span: { start: 0, end: 0 }, newText: text }], isNewFile: true });
  }
  return files;
}
