import { getBlockColumn } from '../../entries';
import type { MappingNode, Node, Tree } from '../../node';
import type { Ref } from '../../ref';
import type { Quote } from './quote';

/** How something new is to be written, so that it looks like what is around it. */
export interface BlockStyle {
  /** Columns from a key to the keys of the mapping under it. */
  readonly step: number;
  /** Columns from a key to the dashes of the sequence under it: 0 or the step in most documents. */
  readonly sequenceOffset: number;
  /** Blanks between a dash and its item. */
  readonly dashGap: number;
  readonly quote: Quote;
  /** False where the text ends without a line break: a literal that ends it would lose its own. */
  readonly hasFinalBreak: boolean;
}

interface Habits {
  readonly step: number | undefined;
  readonly sequenceOffset: number | undefined;
  readonly dashGap: number;
  readonly quote: Quote;
}

const DEFAULT_STEP = 2;
const CACHE = new WeakMap<Tree, Habits>();

/** How to write below the collection at `ref`: as its own entries do, else as it stands in its parent, else as the document. */
export function getBlockStyle(ref: Ref): BlockStyle {
  const { tree, node, parent } = ref;
  const habits = getHabits(tree);
  const near = [node, parent?.node].filter((other): other is MappingNode => other?.type === 'mapping');
  const steps = near.flatMap((mapping) => getChildOffsets(tree, mapping, 'mapping'));
  const offsets = near.flatMap((mapping) => getChildOffsets(tree, mapping, 'sequence'));
  const step = steps[0] ?? habits.step ?? DEFAULT_STEP;
  const sequenceOffset = offsets[0] ?? habits.sequenceOffset ?? step;
  const hasFinalBreak = tree.text.endsWith('\n');
  return { step, sequenceOffset, dashGap: habits.dashGap, quote: habits.quote, hasFinalBreak };
}

/** Columns from the keys of a mapping to the block mappings (or sequences) under them. */
function getChildOffsets(tree: Tree, mapping: MappingNode, type: 'mapping' | 'sequence'): number[] {
  if (mapping.isFlow) return [];
  return mapping.pairs.flatMap((pair) => {
    const { value } = pair;
    if (value?.type !== type || value.isFlow) return [];
    const from = getBlockColumn(tree.text, pair.keySpan.start);
    const to = getBlockColumn(tree.text, value.span.start);
    if (from === undefined || to === undefined || to < from || (type === 'mapping' && to === from)) return [];
    return [to - from];
  });
}

function getHabits(tree: Tree): Habits {
  const known = CACHE.get(tree);
  if (known) return known;
  const [steps, offsets, gaps, quotes] = [
    new Tally<number>(),
    new Tally<number>(),
    new Tally<number>(),
    new Tally<Quote>(),
  ];
  const visit = (node: Node | undefined): void => {
    if (node?.type === 'mapping') {
      for (const step of getChildOffsets(tree, node, 'mapping')) steps.add(step);
      for (const offset of getChildOffsets(tree, node, 'sequence')) offsets.add(offset);
      for (const pair of node.pairs) visit(pair.value);
    } else if (node?.type === 'sequence') {
      if (!node.isFlow) gaps.add(getDashGap(tree.text, node.span.start));
      for (const item of node.items) visit(item);
    } else if (node?.type === 'scalar') {
      if (node.style === 'double-quoted') quotes.add('"');
      else if (node.style === 'single-quoted') quotes.add("'");
    }
  };
  visit(tree.root);
  const habits = { step: steps.top, sequenceOffset: offsets.top, dashGap: gaps.top ?? 1, quote: quotes.top ?? '"' };
  CACHE.set(tree, habits);
  return habits;
}

function getDashGap(text: string, dash: number): number {
  const gap = /^-( {1,4})\S/.exec(text.slice(dash, dash + 6))?.[1];
  return gap?.length ?? 1;
}

/** Counts, to find what is most usual. */
class Tally<T> {
  readonly #counts = new Map<T, number>();

  add(value: T): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + 1);
  }

  get top(): T | undefined {
    let best: T | undefined;
    for (const [value, count] of this.#counts) {
      if (best === undefined || count > (this.#counts.get(best) ?? 0)) best = value;
    }
    return best;
  }
}
