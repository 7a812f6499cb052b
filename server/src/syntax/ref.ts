import type { Span } from '../text/span';
import { EMBEDDED, getEmbedded } from './embedded';
import { getMergeSources } from './merge';
import { getPair, type MappingNode, type Node, type Pair, type ScalarNode, type Tree } from './node';
import { getFirstEntry, getRootAnchor } from './node-anchor';
import { hasPlaceholder } from './placeholder';

/** Whether a route leads to something: `unknown` is not `absent` (DESIGN: three answers, not two). */
export type RefState = 'present' | 'absent' | 'unknown';

/** One step of a route: a key of a mapping or an index of a sequence. */
export type Step = string | number;

interface Route {
  readonly tree: Tree;
  readonly parent: Ref | undefined;
  readonly step: Step | undefined;
  readonly node: Node | undefined;
  readonly pair: Pair | undefined;
  /** Where the author used the alias or merge key through which the route leads. */
  readonly use: Span | undefined;
  readonly isShared: boolean;
  readonly isOpen: boolean;
}

/**
 * A route into a document that may lead nowhere, with what stands there. Routes through aliases and merge keys are followed;
 * `null` counts as absent, as it does to the API server.
 */
export class Ref {
  readonly #route: Route;
  // Many rules follow the same routes from the same place.
  #children: Map<Step, Ref> | undefined;

  private constructor(route: Route) {
    this.#route = route;
  }

  /** The root of a document. `isOpen`: the document is a fragment, so what it does not say is unknown, not absent. */
  static root(tree: Tree, isOpen = false): Ref {
    return Ref.#follow({
      tree,
      parent: undefined,
      step: undefined,
      node: tree.root,
      pair: undefined,
      use: undefined,
      isShared: false,
      isOpen,
    });
  }

  static #follow(route: Route): Ref {
    const { node, tree } = route;
    const isShared = route.isShared || (node?.anchor !== undefined && tree.sharedAnchors.has(node.anchor));
    if (node?.type !== 'alias') return new Ref(isShared === route.isShared ? route : { ...route, isShared });
    const target = node.target?.type === 'alias' ? node.target.target : node.target;
    return new Ref({
      ...route,
      node: target,
      use: route.use ?? node.span,
      isShared: true,
      isOpen: route.isOpen || !target,
    });
  }

  get tree(): Tree {
    return this.#route.tree;
  }

  get parent(): Ref | undefined {
    return this.#route.parent;
  }

  /** The key or index that leads here from the parent; undefined for the root. */
  get step(): Step | undefined {
    return this.#route.step;
  }

  /** What stands here, aliases followed; a written `null` is a node although the state is absent. */
  get node(): Node | undefined {
    return this.#route.node;
  }

  /** Span of the key, where the route ends at a key that is written in this place. */
  get keySpan(): Span | undefined {
    return this.#route.use ? undefined : this.#route.pair?.keySpan;
  }

  /** True when the key is written here, even with no value or null after it. */
  get isWritten(): boolean {
    return this.#route.pair !== undefined || this.#route.node !== undefined;
  }

  /** True when the text here is used in other places too (anchor, alias, merge key): it must not be edited in place. */
  get isShared(): boolean {
    return this.#route.isShared;
  }

  get state(): RefState {
    const { node, isOpen, parent } = this.#route;
    if (node?.type === 'scalar') {
      if (hasPlaceholder(node.text)) return 'unknown';
      if (node.value !== null) return 'present';
    } else if (node) {
      return 'present';
    }
    if (isOpen) return 'unknown';
    return parent?.state === 'unknown' ? 'unknown' : 'absent';
  }

  get isPresent(): boolean {
    return this.state === 'present';
  }

  get isAbsent(): boolean {
    return this.state === 'absent';
  }

  get isUnknown(): boolean {
    return this.state === 'unknown';
  }

  /** The routes' steps from the root. */
  get path(): Step[] {
    const { parent, step } = this.#route;
    return parent && step !== undefined ? [...parent.path, step] : [];
  }

  /** Follows keys and indices; never fails: what is not there is an absent or unknown ref. */
  get(...steps: readonly Step[]): Ref {
    let ref: Ref = this;
    for (const step of steps) ref = ref.#child(step);
    return ref;
  }

  #child(step: Step): Ref {
    const known = this.#children?.get(step);
    if (known) return known;
    const child = this.#toChild(step);
    this.#children ??= new Map();
    this.#children.set(step, child);
    return child;
  }

  #toChild(step: Step): Ref {
    const { node } = this.#route;
    if (node?.type === 'mapping' && typeof step === 'string') {
      const own = getPair(node, step);
      if (own) return Ref.#follow(this.#toRoute(step, own.value, own));
      return this.#merged(node, step, new Set()) ?? new Ref(this.#toRoute(step, undefined, undefined));
    }
    if (node?.type === 'sequence' && typeof step === 'number') {
      return Ref.#follow(this.#toRoute(step, node.items[step], undefined));
    }
    if (node?.type === 'scalar' && step === EMBEDDED) {
      return new Ref(this.#toRoute(step, getEmbedded(this.tree, node)?.root, undefined));
    }
    return new Ref(this.#toRoute(step, undefined, undefined));
  }

  #toRoute(step: Step, node: Node | undefined, pair: Pair | undefined): Route {
    const { tree, use, isShared, isOpen } = this.#route;
    return { tree, parent: this, step, node, pair, use, isShared, isOpen };
  }

  /** Looks a key up in what a mapping merges; `through` is where the outermost of nested merges was written. */
  #merged(node: MappingNode, step: string, seen: Set<MappingNode>, through?: Span): Ref | undefined {
    if (seen.has(node)) return undefined;
    seen.add(node);
    const { tree, use, isOpen } = this.#route;
    for (const { source, span } of getMergeSources(node)) {
      const base = { tree, parent: this as Ref, step, use: use ?? through ?? span, isShared: true, isOpen };
      if (!source) return new Ref({ ...base, node: undefined, pair: undefined, isOpen: true });
      const pair = getPair(source, step);
      if (pair) return Ref.#follow({ ...base, node: pair.value, pair });
      const deeper = this.#merged(source, step, seen, through ?? span);
      if (deeper) return deeper;
    }
    return undefined;
  }

  /** The items of a sequence; none for anything else. */
  items(): Ref[] {
    const { node } = this.#route;
    return node?.type === 'sequence' ? node.items.map((_, index) => this.#child(index)) : [];
  }

  /** The entries of a mapping, merged ones included, each key once; none for anything else. */
  entries(): [string, Ref][] {
    return this.keys().map((key) => [key, this.#child(key)]);
  }

  /** The keys of a mapping, merged ones included, in source order and each once. */
  keys(): string[] {
    const { node } = this.#route;
    const keys = new Set<string>();
    const seen = new Set<MappingNode>();
    const collect = (mapping: MappingNode): void => {
      // A mapping that is merged on several ways says the same on each.
      if (seen.has(mapping)) return;
      seen.add(mapping);
      for (const pair of mapping.pairs) if (pair.key !== undefined && pair.key !== '<<') keys.add(pair.key);
      for (const { source } of getMergeSources(mapping)) if (source) collect(source);
    };
    if (node?.type === 'mapping') collect(node);
    return [...keys];
  }

  get isMapping(): boolean {
    return this.#route.node?.type === 'mapping';
  }

  get isSequence(): boolean {
    return this.#route.node?.type === 'sequence';
  }

  /** The scalar here, if one is written. */
  get scalar(): ScalarNode | undefined {
    const { node } = this.#route;
    return node?.type === 'scalar' ? node : undefined;
  }

  /** The string here; undefined for anything that the API server would not take as a string. */
  get string(): string | undefined {
    const value = this.scalar?.value;
    return typeof value === 'string' ? value : undefined;
  }

  /** The boolean here (`yes` and `on` are true to the API server; `"true"` is a string). */
  get boolean(): boolean | undefined {
    const value = this.scalar?.value;
    return typeof value === 'boolean' ? value : undefined;
  }

  get number(): number | undefined {
    const value = this.scalar?.value;
    return typeof value === 'number' ? value : undefined;
  }

  /** The text here as the user wrote it, for messages; undefined where no scalar is written. */
  get written(): string | undefined {
    const node = this.scalar;
    return node && this.tree.text.slice(node.span.start, node.span.end);
  }

  /**
   * The place to point at: the scalar's own text, the key of a mapping or sequence, the first entry of a list item; and for
   * what is not there, the nearest of these above it. A route through an alias points at the alias.
   */
  get anchor(): Span {
    const { node, pair, use, parent, tree } = this.#route;
    if (use) return use;
    if (node?.type === 'scalar' && node.span.end > node.span.start) return node.span;
    if (pair) return pair.keySpan;
    if (!parent) return getRootAnchor(tree);
    if (!node) return parent.anchor;
    if (node.type === 'mapping') return getFirstEntry(node) ?? node.span;
    return { start: node.span.start, end: node.span.start + 1 };
  }
}
