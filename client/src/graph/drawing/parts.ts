import type { ViewEdge, ViewFault, ViewGraph, ViewNode } from '../messages';

const GRAVITY: Readonly<Record<ViewFault['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Orders nodes by how grave the worst of their faults is, then by how many there are. */
function compareFaults(a: ViewNode, b: ViewNode): number {
  return toGravity(a) - toGravity(b) || b.faults.length - a.faults.length;
}

/** The less the graver. */
function toGravity({ faults: [worst] }: ViewNode): number {
  return worst ? GRAVITY[worst.severity] : 3;
}

/** A part of a graph that no edge joins with the rest. */
export interface GraphPart {
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
}

/** The parts of a graph: those with the gravest faults first, and what leads nowhere behind what leads somewhere. */
export function toParts({ nodes, edges }: ViewGraph): readonly GraphPart[] {
  const parents = new Map(nodes.map(({ id }) => [id, id]));
  const findRoot = (id: string): string => {
    let at = id;
    for (let next = parents.get(at) ?? at; next !== at; next = parents.get(at) ?? at) at = next;
    return at;
  };
  for (const { from, to } of edges) {
    if (parents.has(from) && parents.has(to)) parents.set(findRoot(to), findRoot(from));
  }
  const parts = new Map<string, { nodes: ViewNode[]; edges: ViewEdge[] }>();
  const getPart = (id: string) => {
    const root = findRoot(id);
    const part = parts.get(root) ?? { nodes: [], edges: [] };
    parts.set(root, part);
    return part;
  };
  for (const node of nodes) getPart(node.id).nodes.push(node);
  for (const edge of edges) if (parents.has(edge.from) && parents.has(edge.to)) getPart(edge.from).edges.push(edge);
  const worst = new Map([...parts.values()].map((part) => [part, part.nodes.toSorted(compareFaults)[0]]));
  return [...parts.values()].sort((a, b) => {
    const [own, other] = [worst.get(a), worst.get(b)];
    const byFaults = own && other ? compareFaults(own, other) : 0;
    return byFaults || Number(a.nodes.length === 1) - Number(b.nodes.length === 1);
  });
}

/** The node with the next fault behind one, the gravest first and in reading order; round again behind the last. */
export function findNextFault(nodes: readonly ViewNode[], from: string | undefined): string | undefined {
  const faulty = nodes.filter(({ faults }) => faults.length > 0).sort(compareFaults);
  const index = faulty.findIndex(({ id }) => id === from);
  return faulty[(index + 1) % Math.max(1, faulty.length)]?.id;
}
