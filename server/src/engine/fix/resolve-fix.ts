import type { DocumentId } from '../../model/workspace/fact';
import type { Change } from '../../syntax/change';
import { Ref, type Step } from '../../syntax/ref';
import type { SourceFile } from '../../syntax/source-file';
import type { NewDocument } from '../../syntax/yaml/edit/document';
import type { Fix, Operation, Target } from '../operation';
import type { Project } from '../project';

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
  readonly newFiles: readonly (Operation & { op: 'createFile' })[];
}

/** Finds the targets of a fix; undefined when one is gone, or when a document has no place for a further object. */
export function resolveFix(project: Project, origin: FixOrigin, fix: Fix): FixPlan | undefined {
  const documents = new Map<DocumentId, DocumentPlan>();
  const newFiles: (Operation & { op: 'createFile' })[] = [];
  for (const operation of fix.operations) {
    if (operation.op === 'createFile') {
      newFiles.push(operation);
      continue;
    }
    const target = operation.op === 'insertDocument' ? operation.after : operation.at;
    const { document, path } = toPlace(origin, target);
    const plan = documents.get(document) ?? openPlan(project, document);
    if (!plan) return undefined;
    documents.set(document, plan);
    if (operation.op === 'removeDocument') removeDocument(plan, path);
    else if (operation.op !== 'insertDocument') plan.changes.push(toChange(operation, path));
    else if (!insertDocument(plan, path, operation)) return undefined;
  }
  const isTorn = [...documents.values()].some(
    (plan) => plan.isRemoved && plan.changes.length + plan.inserted.length > 0,
  );
  if (isTorn) return undefined;
  return { documents: [...documents.values()], newFiles };
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

/** Inside a `kind: List` an object becomes a further item; a JSON file holds one document only. */
function insertDocument(
  plan: DocumentPlan,
  path: readonly Step[],
  { value, comment }: Operation & { op: 'insertDocument' },
): boolean {
  const note = comment === undefined ? {} : { comment };
  const list = getListPath(plan.root, path);
  if (list) plan.changes.push({ op: 'append', path: list, value, ...note });
  else if (plan.source.language === 'yaml') plan.inserted.push({ value, ...note });
  return list !== undefined || plan.source.language === 'yaml';
}

/** Of a `kind: List` goes the item that holds the route. */
function removeDocument(plan: DocumentPlan, path: readonly Step[]): void {
  const list = getListPath(plan.root, path.slice(0, -1));
  const item = list && path[list.length];
  if (list && item !== undefined) plan.changes.push({ op: 'remove', path: [...list, item] });
  else plan.isRemoved = true;
}

/** Route of the items of the innermost `kind: List` that holds a route. */
function getListPath(root: Ref, path: readonly Step[]): readonly Step[] | undefined {
  for (let length = path.length; length >= 0; length--) {
    const above = path.slice(0, length);
    const items = root.get(...above, 'items');
    if (root.get(...above, 'kind').string === 'List' && items.isSequence) return [...above, 'items'];
  }
  return undefined;
}
