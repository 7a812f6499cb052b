import { isSameContent, toNode } from '../../syntax/change';
import { DocumentRewriter } from '../../syntax/embedded-rewrite';
import type { Tree } from '../../syntax/node';
import { type NewDocument, planInsertDocuments } from '../../syntax/yaml/edit/document';
import { planRemoveDocuments } from '../../syntax/yaml/edit/remove-documents';
import { parseYaml } from '../../syntax/yaml/parse';
import { splitDocuments } from '../../syntax/yaml/split';
import type { Edit } from '../../text/edit';
import { getEol } from '../../text/lines';
import { shiftSpan } from '../../text/span';
import type { DocumentPlan } from './resolve-fix';

/** The edits of a plan's changes and new documents, in places of its file. Undefined when one declines. */
export function toDocumentEdits(plan: DocumentPlan): readonly Edit[] | undefined {
  if (plan.isRemoved) return toRemovalEdits([plan]);
  const rewriter = new DocumentRewriter(plan.root.tree);
  return rewriter.apply(plan.changes) === 'declined' ? undefined : finishDocument(plan, rewriter, plan.inserted);
}

/**
 * Whether a plan can be made, without writing it: enough to count what can be fixed, and cheap. What is planned for several
 * places needs texts in between, so of such a plan only its targets are looked at.
 */
export function canChangeDocument(plan: DocumentPlan): boolean {
  const { root, changes, inserted } = plan;
  if (plan.isRemoved) return toRemovalEdits([plan]) !== undefined;
  if (changes.length > 1) return root.tree.isReliable && changes.every(({ path }) => !root.get(...path).isShared);
  const rewriter = new DocumentRewriter(root.tree);
  if (rewriter.apply(changes) === 'declined') return false;
  return inserted.length > 0 || (rewriter.peek() ?? rewriter.finish()?.edits ?? []).length > 0;
}

/** The edits that take the documents of plans, all of one file, out of it: what becomes of one depends on its neighbours. */
export function toRemovalEdits(plans: readonly DocumentPlan[]): readonly Edit[] | undefined {
  const [first] = plans;
  if (!first) return [];
  const starts = new Set(plans.map(({ start }) => start));
  const { documents } = first.source;
  const removed = [...documents.keys()].filter((index) => starts.has(documents[index]?.start ?? -1));
  return planRemoveDocuments(first.source, new Set(removed));
}

/** The edits of the changes that were made to a plan's document, with the documents to be written behind it. */
export function finishDocument(
  { root, start, source }: Pick<DocumentPlan, 'root' | 'start' | 'source'>,
  rewriter: DocumentRewriter,
  inserted: readonly NewDocument[],
): readonly Edit[] | undefined {
  const result = rewriter.finish();
  if (!result) return undefined;
  const edits = [...result.edits];
  if (inserted.length > 0) {
    const insertion = planInsertDocuments(root.tree, inserted, getEol(source.text));
    if (!isKept(result.tree, insertion, inserted)) return undefined;
    edits.push(insertion);
  }
  return edits.map(({ span, newText }) => ({ span: shiftSpan(span, start), newText }));
}

/** True when a document with others behind it is read as those documents. */
function isKept(tree: Tree, { newText }: Edit, inserted: readonly NewDocument[]): boolean {
  const text = tree.text + newText;
  const trees = splitDocuments(text).map(({ start, end }) => parseYaml(text.slice(start, end)));
  if (trees.length !== inserted.length + 1) return false;
  return trees.every((read, index) => {
    const expected = index === 0 ? tree.root : toNode(inserted[index - 1]?.value ?? null);
    return read.isReliable && isSameContent(read.root, expected);
  });
}
