import { diffTexts } from '../text/diff';
import { applyEdits, type Edit, sortEdits } from '../text/edit';
import { type Change, changeRoot, isSameContent, movePath, type PlacedChange } from './change';
import { getComments } from './comments';
import { planHclChange } from './hcl/edit';
import { getValues } from './hcl/values';
import { planJsonChange } from './json-edit';
import type { Node, Tree } from './node';
import { readTree } from './read-tree';
import { Ref } from './ref';
import { resolveChange } from './resolve-change';
import { planYamlChange } from './yaml/edit/plan';

/** A set of collections inside collections takes itself apart at most this often. */
const MAX_PARTS = 10_000;

/** What became of changes that were to be made. */
export type Outcome = 'changed' | 'unchanged' | 'declined' | 'waiting';

interface State {
  readonly tree: Tree;
  /** Edits of `tree` that are planned and not applied; none touches another. */
  readonly pending: readonly Edit[];
  /** What the document is to say when they are. */
  readonly expected: Node | undefined;
  readonly hasRemoved: boolean;
  /** The edits that led to `tree`, each set of them in units of the text before it. */
  readonly applied: readonly (readonly Edit[])[];
  /** What has moved since the start. */
  readonly moves: readonly PlacedChange[];
}

/**
 * Makes changes to one document, one after the other. Their routes are those of the document as it was at the start; the text
 * is parsed again only when a change comes near an earlier one. What comes out is compared with what was asked for.
 */
export class Rewriter {
  readonly #start: Tree;
  #state: State;
  readonly #isEager: boolean;

  /** `isEager`: checks after every call of `apply`, so that a change that cannot be kept is told from the others. */
  constructor(tree: Tree, isEager = false) {
    this.#start = tree;
    this.#state = { tree, pending: [], expected: tree.root, hasRemoved: false, applied: [], moves: [] };
    this.#isEager = isEager;
  }

  /** A rewriter that has done the same and goes its own way from here. */
  fork(): Rewriter {
    const copy = new Rewriter(this.#start, this.#isEager);
    copy.#state = this.#state;
    return copy;
  }

  /**
   * Makes all of the changes or, when one of them declines, none. `unchanged`: the document says all that already. `waiting`: one
   * comes near what is planned, and may wait until that is written (`settle`), since to write the text for each is slow.
   */
  apply(changes: readonly Change[], mayWait = false): Outcome {
    let state: State | undefined = this.#state;
    for (const change of changes) {
      const path: Change['path'] | undefined = state && movePathBy(change.path, state.moves);
      const next: State | 'waiting' | undefined =
        state && path && applyChange(state, { ...change, path }, mayWait && this.#state.pending.length > 0);
      if (next === 'waiting') return next;
      state = next;
    }
    if (state && this.#isEager) state = flush(state);
    if (!state) return 'declined';
    const isChanged = state.applied !== this.#state.applied || state.pending !== this.#state.pending;
    this.#state = state;
    return isChanged ? 'changed' : 'unchanged';
  }

  /** Writes what is planned, so that changes near it can be. False when the text does not come out as asked. */
  settle(): boolean {
    const state = flush(this.#state);
    if (state) this.#state = state;
    return state !== undefined;
  }

  /** The edits that are planned so far, where they need no text in between; not compared with what was asked for. */
  peek(): readonly Edit[] | undefined {
    const { applied, pending } = this.#state;
    return applied.length === 0 ? sortEdits(pending) : undefined;
  }

  /** The edits that make the changes, and the document after them; undefined when the text does not come out as asked. */
  finish(): { readonly edits: readonly Edit[]; readonly tree: Tree } | undefined {
    const state = flush(this.#state);
    if (!state) return undefined;
    const { tree, applied } = state;
    const [only] = applied;
    const edits = only && applied.length === 1 ? sortEdits(only) : diffTexts(this.#start.text, tree.text);
    return { edits, tree };
  }
}

/** The edits of some changes to a document, in units of its text; undefined when one declines or nothing would change. */
export function toEdits(tree: Tree, changes: readonly Change[]): Edit[] | undefined {
  const rewriter = new Rewriter(tree);
  const result = rewriter.apply(changes) === 'changed' ? rewriter.finish() : undefined;
  return result && result.tree.text !== tree.text ? [...result.edits] : undefined;
}

function applyChange(start: State, change: Change, mayWait: boolean): State | 'waiting' | undefined {
  let state = start;
  const queue: Change[] = [change];
  for (let count = 0; queue.length > 0; count++) {
    const next = queue.shift();
    if (!next || count > MAX_PARTS) return undefined;
    let placed = resolveChange(Ref.root(state.tree), next);
    let edits = placed && 'change' in placed ? plan(placed) : undefined;
    const isNear = placed && 'change' in placed && placed.change.op !== 'set' && placed.change.op !== 'insert';
    if (state.pending.length > 0 && (!edits || isNear || isTouching(state.pending, edits))) {
      if (mayWait) return 'waiting';
      const flushed = flush(state);
      if (!flushed) return undefined;
      state = flushed;
      placed = resolveChange(Ref.root(state.tree), next);
      edits = placed && 'change' in placed ? plan(placed) : undefined;
    }
    if (!placed) return undefined;
    if (!('change' in placed)) {
      queue.unshift(...placed);
      continue;
    }
    const added = edits && add(state, placed, edits);
    if (!added) return undefined;
    state = added;
  }
  return state;
}

function plan({ ref, change }: PlacedChange): Edit[] | undefined {
  if (!ref.tree.isReliable) return undefined;
  const { language } = ref.tree;
  if (language === 'dockerfile') return undefined;
  if (language === 'hcl') return planHclChange(ref, change);
  return language === 'json' ? planJsonChange(ref, change) : planYamlChange(ref, change);
}

function add(state: State, placed: PlacedChange, edits: readonly Edit[]): State | undefined {
  const { ref, change } = placed;
  const expected = changeRoot(state.expected, ref.path, change);
  if (!expected) return undefined;
  const isMove = change.op === 'remove' || change.op === 'rename';
  const next = {
    ...state,
    pending: [...state.pending, ...edits],
    expected,
    // A value that is replaced takes the comments behind its own lines with it, as an entry that is removed does.
    hasRemoved: state.hasRemoved || change.op === 'remove' || (change.op === 'set' && ref.isWritten),
    moves: isMove ? [...state.moves, placed] : state.moves,
  };
  return isMove ? flush(next) : next;
}

function flush(state: State): State | undefined {
  if (state.pending.length === 0) return state;
  const text = applyEdits(state.tree.text, state.pending);
  if (text === undefined) return undefined;
  const tree = readTree(text, state.tree.language, getValues(state.tree));
  if (!tree.isReliable || tree.problems.length > state.tree.problems.length) return undefined;
  if (!isSameContent(state.expected, tree.root) || !hasComments(tree, state.tree, state.hasRemoved)) return undefined;
  const applied = [...state.applied, state.pending];
  return { tree, pending: [], expected: tree.root, hasRemoved: false, applied, moves: state.moves };
}

/** True when every comment of `before` is in `after`; those behind removed text on its line may be gone. */
function hasComments(after: Tree, before: Tree, hasRemoved: boolean): boolean {
  const left = new Map<string, number>();
  for (const { span } of getComments(after)) {
    const text = after.text.slice(span.start, span.end);
    left.set(text, (left.get(text) ?? 0) + 1);
  }
  return getComments(before).every(({ span, isOwnLine }) => {
    if (hasRemoved && !isOwnLine) return true;
    const text = before.text.slice(span.start, span.end);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0;
  });
}

function isTouching(pending: readonly Edit[], edits: readonly Edit[]): boolean {
  return edits.some(({ span }) =>
    pending.some((other) => span.start <= other.span.end && other.span.start <= span.end),
  );
}

function movePathBy(path: Change['path'], moves: readonly PlacedChange[]): Change['path'] | undefined {
  let moved: Change['path'] | undefined = path;
  for (const move of moves) moved = moved && movePath(moved, move);
  return moved;
}
