import type { DocumentId } from '../../model/workspace/fact';
import type { Change } from '../../syntax/change';
import { DocumentRewriter } from '../../syntax/embedded-rewrite';
import type { Step } from '../../syntax/ref';
import type { NewDocument } from '../../syntax/yaml/edit/document';
import { applyEdits, type Edit } from '../../text/edit';
import type { Fix } from '../operation';
import type { FileFinding, Project } from '../project';
import { finishDocument, toDocumentEdits, toRemovalEdits } from './document-edits';
import { type DocumentPlan, resolveFix } from './resolve-fix';

/** A finding with the fix that is to be made for it. */
export interface Candidate {
  readonly finding: FileFinding;
  readonly fix: Fix;
}

/** Stands for the place behind the last item of a sequence: items that are there can be changed beside it. */
const END = '\u0000end';

interface OpenDocument {
  readonly plan: DocumentPlan;
  readonly rewriter: DocumentRewriter;
  readonly inserted: NewDocument[];
  readonly claims: Claims;
}

/**
 * Makes all fixes that stay within the file and do not get in each other's way, as if at once. Undefined when there are none.
 */
export function fixOnce(
  project: Project,
  uri: string,
  candidates: readonly Candidate[],
): { text: string; made: readonly Candidate[] } | undefined {
  const plans = candidates.flatMap((candidate) => {
    const plan = resolveFix(project, candidate.finding, candidate.fix);
    const isOwn = plan?.newFiles.length === 0 && plan.documents.every((document) => document.uri === uri);
    return plan && isOwn ? [{ candidate, documents: plan.documents }] : [];
  });
  // Together they cost little. Should what comes out not be what was asked for, each is checked by itself.
  for (const isEager of [false, true]) {
    const open = new Map<DocumentId, OpenDocument>();
    const made = makeAll(open, plans, isEager).map(({ candidate }) => candidate);
    const text = finish(project.getText(uri) ?? '', [...open.values()]);
    if (text !== undefined) return made.length > 0 ? { text, made } : undefined;
  }
  return undefined;
}

interface CandidatePlan {
  readonly candidate: Candidate;
  readonly documents: readonly DocumentPlan[];
}

/**
 * Makes what can be made. Changes near each other need the text in between written and read: first one of each place is made, then
 * the text is written once for all, then the next.
 */
function makeAll(
  open: Map<DocumentId, OpenDocument>,
  plans: readonly CandidatePlan[],
  isEager: boolean,
): CandidatePlan[] {
  const made = new Set<CandidatePlan>();
  let left = plans;
  for (let isFirst = true, mayWait = true; left.length > 0; isFirst = false) {
    const waiting: CandidatePlan[] = [];
    for (const plan of left) {
      const outcome = make(open, plan.documents, isEager, isFirst, mayWait);
      if (outcome === 'waiting') waiting.push(plan);
      else if (outcome) made.add(plan);
    }
    // What still waits when all others are written is near itself.
    mayWait = waiting.length < left.length;
    if (waiting.length > 0 && ![...open.values()].every(({ rewriter }) => rewriter.settle())) break;
    left = waiting;
  }
  return plans.filter((plan) => made.has(plan));
}

/** `isFirst`: its places are not spoken for yet; they stay so while it waits. */
function make(
  open: Map<DocumentId, OpenDocument>,
  plans: readonly DocumentPlan[],
  isEager: boolean,
  isFirst: boolean,
  mayWait: boolean,
): boolean | 'waiting' {
  const documents = plans.map((plan) => {
    const { document, root } = plan;
    const known = open.get(document);
    return known ?? { plan, rewriter: new DocumentRewriter(root.tree, isEager), inserted: [], claims: new Claims() };
  });
  const hasInserted = [...open.values()].some(({ inserted }) => inserted.length > 0);
  // Two findings may ask for the same object: the second is judged again when the first one's is there.
  if (hasInserted && plans.some(({ inserted }) => inserted.length > 0)) return false;
  // A document that goes is neither changed nor followed by others in the same round.
  if (plans.some((plan) => open.get(plan.document)?.plan.isRemoved || (plan.isRemoved && open.has(plan.document))))
    return false;
  const paths = plans.map(({ changes }) => changes.map(toClaim));
  const isClaimed = documents.some(({ claims }, index) => (paths[index] ?? []).some((path) => claims.has(path)));
  if (isFirst && isClaimed) return false;
  // A fix of several documents is made in all or in none.
  if (plans.length > 1 && plans.some((plan) => !toDocumentEdits(plan))) return false;
  let isChanged = false;
  for (const [index, plan] of plans.entries()) {
    const document = documents[index];
    const outcome = document?.rewriter.apply(plan.changes, mayWait && plans.length === 1);
    if (!document || outcome === 'declined') return false;
    open.set(plan.document, document);
    for (const path of paths[index] ?? []) document.claims.add(path);
    if (outcome === 'waiting') return outcome;
    document.inserted.push(...plan.inserted);
    isChanged ||= outcome === 'changed' || plan.inserted.length > 0 || plan.isRemoved;
  }
  return isChanged;
}

function finish(text: string, documents: readonly OpenDocument[]): string | undefined {
  const removal = toRemovalEdits(documents.map(({ plan }) => plan).filter(({ isRemoved }) => isRemoved));
  if (!removal) return undefined;
  const edits: Edit[] = [...removal];
  for (const { plan, rewriter, inserted } of documents) {
    if (plan.isRemoved) continue;
    const own = finishDocument(plan, rewriter, inserted);
    if (!own) return undefined;
    edits.push(...own);
  }
  return applyEdits(text, edits);
}

/** What a change speaks of: nothing else may be said of it, of what holds it or of what it holds in the same round. */
function toClaim(change: Change): readonly Step[] {
  if (change.op === 'append') return [...change.path, END];
  if (change.op !== 'remove') return change.path;
  return change.path.slice(0, Math.max(1, change.path.length - (change.upTo ?? 0)));
}

/** Routes that are spoken for. */
class Claims {
  readonly #paths = new Set<string>();
  readonly #above = new Set<string>();

  has(path: readonly Step[]): boolean {
    return this.#above.has(toKey(path)) || path.some((_, index) => this.#paths.has(toKey(path.slice(0, index + 1))));
  }

  add(path: readonly Step[]): void {
    this.#paths.add(toKey(path));
    for (let length = 0; length <= path.length; length++) this.#above.add(toKey(path.slice(0, length)));
  }
}

function toKey(path: readonly Step[]): string {
  return JSON.stringify(path);
}
