import type { Span } from '../../text/span';
import type { MappingNode, Node, Pair } from '../node';

interface Entry {
  readonly keySpan: Span;
  readonly bodies: MappingNode[];
  readonly below: BlockTree;
}

/** The blocks of a body by type and labels: `resource "aws_iam_role" "reader" {}` stands at resource, aws_iam_role, reader. */
export class BlockTree {
  readonly #entries = new Map<string, Entry>();

  add([first, ...rest]: readonly { readonly key: string; readonly span: Span }[], body: MappingNode): void {
    if (!first) return;
    const entry = this.#entries.get(first.key) ?? { keySpan: first.span, bodies: [], below: new BlockTree() };
    this.#entries.set(first.key, entry);
    if (rest.length === 0) entry.bodies.push(body);
    else entry.below.add(rest, body);
  }

  /** Blocks with labels as mappings; those without, of which there may be several, as sequences. */
  toPairs(isLabel = false): Pair[] {
    return [...this.#entries].map(([key, { keySpan, bodies, below }]): Pair => {
      const pairs = below.toPairs(true);
      return { key, keySpan, value: pairs.length > 0 ? toMapping(pairs) : toValue(bodies, isLabel) };
    });
  }
}

function toValue(bodies: readonly MappingNode[], isLabel: boolean): Node | undefined {
  const [only] = bodies;
  if (isLabel && bodies.length === 1) return only;
  return { type: 'sequence', span: toSpan(bodies), isFlow: false, items: bodies };
}

function toMapping(pairs: readonly Pair[]): MappingNode {
  const last = pairs.at(-1);
  const span = { start: pairs[0]?.keySpan.start ?? 0, end: last?.value?.span.end ?? last?.keySpan.end ?? 0 };
  return { type: 'mapping', span, isFlow: false, pairs };
}

function toSpan(nodes: readonly Node[]): Span {
  return { start: nodes[0]?.span.start ?? 0, end: nodes.at(-1)?.span.end ?? 0 };
}
