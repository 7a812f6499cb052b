import type { Place } from '../../model/workspace/fact';
import type { EdgeVerdict, GraphEdge, GraphNode, NodeState, NodeType } from './graph';

/** More nodes than this are not drawn: nobody reads such a picture. */
export const MAX_NODES = 400;

/** A node before its faults are known. */
export type DraftNode = Omit<GraphNode, 'faults'>;

/** What a node is made of. */
export interface NodeInput {
  readonly type: NodeType;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly state: NodeState;
  readonly lines?: readonly string[];
  readonly place?: Place | undefined;
  /** URI of the file in which it is written: one name may stand for several objects of a repository. */
  readonly uri?: string | undefined;
}

/** A graph that is being put together. Each node and edge is in it once, however often it is met. */
export interface Draft {
  readonly nodes: ReadonlyMap<string, DraftNode>;
  readonly edges: ReadonlyMap<string, GraphEdge>;
  readonly notes: ReadonlySet<string>;
  /** How many nodes did not find room. */
  readonly left: number;
  /** Adds a node; `isNew` only for the first of its kind, so that what hangs on it is followed once. Undefined when it is full. */
  add(node: NodeInput): { readonly id: string; readonly isNew: boolean } | undefined;
  /** Joins two nodes; nothing where one of them is not in the graph. */
  join(from: string | undefined, word: string, to: string | undefined, verdict?: EdgeVerdict): void;
  note(text: string): void;
}

/** An empty draft. */
export function createDraft(): Draft {
  const nodes = new Map<string, DraftNode>();
  const edges = new Map<string, GraphEdge>();
  const notes = new Set<string>();
  const left = new Set<string>();
  return {
    nodes,
    edges,
    notes,
    get left() {
      return left.size;
    },
    add({ lines = [], place, uri, ...rest }) {
      const { type, kind, namespace = '', name } = rest;
      // Two objects of one file that are called alike are one object to the cluster.
      const id = [type, kind, namespace, name, uri ?? ''].join('|');
      if (nodes.has(id)) return { id, isNew: false };
      if (nodes.size >= MAX_NODES) {
        left.add(id);
        return undefined;
      }
      nodes.set(id, { id, ...rest, lines, place });
      return { id, isNew: true };
    },
    join(from, word, to, verdict = 'given') {
      if (from === undefined || to === undefined || from === to) return;
      const key = `${from}\n${to}\n${word}`;
      if (!edges.has(key)) edges.set(key, { from, to, word, verdict });
    },
    note: (text) => void notes.add(text),
  };
}
