import { applyEdits, areEditsDisjoint, type Edit, sortEdits } from '../text/edit';
import { type Change, changeRoot, isSameContent } from './change';
import { EMBEDDED, type Embedded, getEmbedded } from './embedded';
import { getValues } from './hcl/values';
import type { Node, ScalarNode, Tree } from './node';
import { readTree } from './read-tree';
import { Ref, type Step } from './ref';
import { type Outcome, Rewriter } from './rewrite';

/** The JSON in one scalar, with what is done to it. */
interface Part {
  /** Route of the scalar. */
  readonly path: readonly Step[];
  readonly scalar: ScalarNode;
  readonly embedded: Embedded;
  readonly rewriter: DocumentRewriter;
}

/**
 * Makes changes to one document as `Rewriter` does, those included whose routes lead into the JSON that is a scalar's text:
 * these are made to that text by itself and then written with the indentation and escapes that it has in the document.
 */
export class DocumentRewriter {
  readonly #start: Tree;
  readonly #isEager: boolean;
  #own: Rewriter;
  #parts: ReadonlyMap<string, Part> = new Map();

  /** `isEager`: checks after every call of `apply`, so that a change that cannot be kept is told from the others. */
  constructor(tree: Tree, isEager = false) {
    this.#start = tree;
    this.#isEager = isEager;
    this.#own = new Rewriter(tree, isEager);
  }

  /** A rewriter that has done the same and goes its own way from here. */
  fork(): DocumentRewriter {
    const copy = new DocumentRewriter(this.#start, this.#isEager);
    copy.#own = this.#own.fork();
    copy.#parts = this.#parts;
    return copy;
  }

  /** Makes all of the changes or, when one of them declines, none; `waiting` and `mayWait` as those of `Rewriter`. */
  apply(changes: readonly Change[], mayWait = false): Outcome {
    const own: Change[] = [];
    const inner = new Map<string, { path: readonly Step[]; changes: Change[] }>();
    for (const change of changes) {
      const at = findScalar(this.#start, change.path);
      if (at === undefined) {
        own.push(change);
        continue;
      }
      const path = change.path.slice(0, at);
      const key = JSON.stringify(path);
      const group = inner.get(key) ?? { path, changes: [] };
      group.changes.push({ ...change, path: change.path.slice(at + 1) });
      inner.set(key, group);
    }
    if (inner.size === 0) return this.#own.apply(own, mayWait);
    const rewriter = this.#own.fork();
    const outcomes = [rewriter.apply(own)];
    const parts = new Map(this.#parts);
    for (const [key, group] of inner) {
      const part = parts.get(key) ?? openPart(this.#start, group.path, this.#isEager);
      if (!part) return 'declined';
      const next = { ...part, rewriter: part.rewriter.fork() };
      outcomes.push(next.rewriter.apply(group.changes));
      parts.set(key, next);
    }
    if (outcomes.includes('declined')) return 'declined';
    const fresh = this.fork();
    fresh.#own = rewriter;
    fresh.#parts = parts;
    if (this.#isEager && !fresh.finish()) return 'declined';
    this.#own = rewriter;
    this.#parts = parts;
    return outcomes.includes('changed') ? 'changed' : 'unchanged';
  }

  /** Writes what is planned outside of embedded JSON; false when the text does not come out as asked. */
  settle(): boolean {
    return this.#own.settle();
  }

  /** The edits that are planned so far, where they need no text in between; not compared with what was asked for. */
  peek(): readonly Edit[] | undefined {
    return this.#parts.size === 0 ? this.#own.peek() : undefined;
  }

  /** The edits that make the changes, and the document after them; undefined when the text does not come out as asked. */
  finish(): { readonly edits: readonly Edit[]; readonly tree: Tree } | undefined {
    const own = this.#own.finish();
    if (!own || this.#parts.size === 0) return own;
    const edits = [...own.edits];
    const results: { readonly part: Part; readonly root: Node | undefined }[] = [];
    for (const part of this.#parts.values()) {
      const inner = part.rewriter.finish();
      const outer = inner && part.embedded.toOuterEdits(inner.edits);
      if (!outer || !isSameScalar(own.tree, part)) return undefined;
      edits.push(...outer);
      results.push({ part, root: inner.tree.root });
    }
    if (!areEditsDisjoint(edits, this.#start.text.length)) return undefined;
    const text = applyEdits(this.#start.text, edits);
    const tree = text === undefined ? undefined : readTree(text, this.#start.language, getValues(this.#start));
    return tree && isAsAsked(tree, own.tree, results) ? { edits: sortEdits(edits), tree } : undefined;
  }
}

/** Where in a route the step from a scalar into its text is. */
function findScalar(tree: Tree, path: readonly Step[]): number | undefined {
  const at = path.indexOf(EMBEDDED);
  return at >= 0 && Ref.root(tree).get(...path.slice(0, at)).scalar ? at : undefined;
}

function openPart(tree: Tree, path: readonly Step[], isEager: boolean): Part | undefined {
  const ref = Ref.root(tree).get(...path);
  const { scalar } = ref;
  const embedded = scalar && getEmbedded(tree, scalar);
  if (!embedded || ref.isShared || !tree.isReliable || !embedded.toOuterEdits([])) return undefined;
  return { path, scalar, embedded, rewriter: new DocumentRewriter(embedded.tree, isEager) };
}

/** True when the other changes to a document have left a scalar where it was. */
function isSameScalar(tree: Tree, { path, scalar }: Part): boolean {
  return Ref.root(tree).get(...path).scalar?.text === scalar.text;
}

/** True when a document says what it should: in each of the scalars what was asked for, and outside of them what it said before. */
function isAsAsked(
  tree: Tree,
  before: Tree,
  results: readonly { readonly part: Part; readonly root: Node | undefined }[],
): boolean {
  if (!tree.isReliable || tree.problems.length > before.problems.length) return false;
  let expected = before.root;
  for (const { part, root } of results) {
    const { scalar } = Ref.root(tree).get(...part.path);
    const embedded = scalar && getEmbedded(tree, scalar);
    if (!embedded || !isSameContent(embedded.tree.root, root)) return false;
    expected = changeRoot(expected, part.path, { op: 'set', value: scalar.text });
  }
  return isSameContent(expected, tree.root);
}
