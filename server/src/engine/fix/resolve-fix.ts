import type { DocumentId } from '../../model/workspace/fact';
import type { Change } from '../../syntax/change';
import { Ref, type Step } from '../../syntax/ref';
import type { SourceFile } from '../../syntax/source-file';
import type { NewDocument } from '../../syntax/yaml/edit/document';
import type { Fix, Operation, Target } from '../operation';
import type { Project } from '../project';
import { getListPath, toTypeChanges } from './lists';
import { addOverflow, type NewFile } from './new-file';

/** What a fix does to one document. Routes are those of the document as it is now. */
export interface DocumentPlan {
  readonly document: DocumentId;
  readonly uri: string;
  readonly source: SourceFile;
  /** Offset of the document in its file. */
  readonly start: number;
  readonly root: Ref;
  readonly changes: Change[];
  /** Documents to write after it. */
  readonly inserted: NewDocument[];
  /** True when the document goes, and nothing of it is changed. */
  isRemoved: boolean;
}

/** Where a fix is made: the document to whose routes the operations' refs belong, and beside whose file new ones are made. */
export interface FixOrigin {
  readonly document: DocumentId;
}

/** A fix with its targets found. */
export interface FixPlan {
  readonly documents: readonly DocumentPlan[];
  readonly newFiles: readonly NewFile[];
}

/** Finds the targets of a fix; undefined when one is gone, or when a document has no place for a further object. */
export function resolveFix(project: Project, origin: FixOrigin, fix: Fix): FixPlan | undefined {
  const documents = new Map<DocumentId, DocumentPlan>();
  const newFiles: NewFile[] = [];
  for (const operation of fix.operations) {
    if (operation.op === 'createFile') {
      const { name, documents: values, comment } = operation;
      const note = comment === undefined ? {} : { comment };
      newFiles.push({ origin: origin.document, names: [name], documents: values, ...note });
      continue;
    }
    const target = operation.op === 'insertDocument' ? operation.after : operation.at;
    const { document, path } = toPlace(origin, target);
    const plan = documents.get(document) ?? openPlan(project, document);
    if (!plan) return undefined;
    documents.set(document, plan);
    if (operation.op === 'removeDocument') removeDocument(plan, path);
    else if (operation.op !== 'insertDocument') plan.changes.push(toChange(operation, path));
    else if (canInsert(plan)) insertDocument(plan, path, operation, newFiles);
    else return undefined;
  }
  const isTorn = [...documents.values()].some(
    (plan) => plan.isRemoved && plan.changes.length + plan.inserted.length > 0,
  );
  if (isTorn) return undefined;
  for (const { root, changes } of documents.values()) changes.push(...toTypeChanges(root, changes));
  return { documents: [...documents.values()], newFiles };
}

/** Neither a Dockerfile nor a file of HCL holds objects. */
function canInsert({ source: { language } }: DocumentPlan): boolean {
  return language === 'yaml' || language === 'json';
}

function toPlace(origin: FixOrigin, target: Target): { document: DocumentId; path: readonly Step[] } {
  return target instanceof Ref ? { document: origin.document, path: target.path } : target;
}

function openPlan(project: Project, document: DocumentId): DocumentPlan | undefined {
  const located = project.locate({ document, path: [] });
  if (!located) return undefined;
  const { uri, source, start, ref } = located;
  return { document, uri, source, start, root: ref, changes: [], inserted: [], isRemoved: false };
}

function toChange(
  operation: Operation & { op: 'set' | 'remove' | 'append' | 'rename' },
  path: readonly Step[],
): Change {
  switch (operation.op) {
    case 'set':
      return { op: 'set', path, value: operation.value };
    case 'remove':
      return { op: 'remove', path, upTo: operation.upTo ?? 0, ...(operation.which && { which: operation.which }) };
    case 'append':
      return { op: 'append', path, value: operation.value };
    case 'rename':
      return { op: 'rename', path, key: operation.key };
  }
}

/** Inside a list an object becomes a further item; a file of JSON holds one document only, so there it gets a file of its own. */
function insertDocument(
  plan: DocumentPlan,
  path: readonly Step[],
  { value, comment }: Operation & { op: 'insertDocument' },
  newFiles: NewFile[],
): void {
  const note = comment === undefined ? {} : { comment };
  const list = getListPath(plan.root, path, value);
  if (list) plan.changes.push({ op: 'append', path: list, value, ...note });
  else if (plan.source.language === 'json') addOverflow(newFiles, plan.document, value);
  else plan.inserted.push({ value, ...note });
}

/** Of a list goes the item that holds the route. */
function removeDocument(plan: DocumentPlan, path: readonly Step[]): void {
  const list = getListPath(plan.root, path.slice(0, -1));
  const item = list && path[list.length];
  if (list && item !== undefined) plan.changes.push({ op: 'remove', path: [...list, item] });
  else plan.isRemoved = true;
}
