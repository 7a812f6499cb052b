import type { Place } from '../../model/workspace/fact';
import type { Span } from '../../text/span';
import type { Severity } from '../settings';

/** What a node of the access graph stands for, in the order in which access flows. */
export type NodeType = 'workload' | 'account' | 'subject' | 'binding' | 'role' | 'iam-role' | 'trust-policy';

/**
 * Where the thing behind a node is: `written` in a file of the workspace, `built-in` where Kubernetes makes it, `outside` of
 * what files like these say (people, AWS), `missing` where a file names it and none defines it, `unknown` where its name is
 * filled in later.
 */
export type NodeState = 'written' | 'built-in' | 'outside' | 'missing' | 'unknown';

/** What is wrong with the identity or the rights behind a node. */
export interface Fault {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** In places of the node's file. */
  readonly span: Span;
}

/** One thing that takes part in access. */
export interface GraphNode {
  /** The same for as long as the thing keeps its file, kind, namespace and name. */
  readonly id: string;
  readonly type: NodeType;
  /** The kind in its field's own words: `Deployment`, `ClusterRole`, `IAM role`. */
  readonly kind: string;
  readonly name: string;
  /** Undefined for what is in none, and where it is not known. */
  readonly namespace: string | undefined;
  readonly state: NodeState;
  /** What there is to say of it, the most telling line first. Plain text. */
  readonly lines: readonly string[];
  /** Where a jump leads. */
  readonly place: Place | undefined;
  /** The gravest first. */
  readonly faults: readonly Fault[];
}

/** How sure it is that the access along an edge is given. */
export type EdgeVerdict = 'given' | 'refused' | 'unknown';

/** A step of access from one node to the next. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Reads between the two names: `runs as`, `bound by`, `grants`. */
  readonly word: string;
  readonly verdict: EdgeVerdict;
}

/** What the graph was asked about: an object of a file, or all of a namespace. */
export type GraphTarget =
  | {
      readonly kind: 'object';
      readonly uri: string;
      /** Kind of the object, `TRUST_POLICY` for a trust policy. */
      readonly objectKind: string;
      /** As written. */
      readonly namespace: string | undefined;
      /** Of a trust policy: its number in the file. */
      readonly name: string | undefined;
    }
  | { readonly kind: 'namespace'; readonly name: string };

/** Stands for the kind of trust policies, which are no Kubernetes objects. */
export const TRUST_POLICY = 'trust policy';

/** Who may do what, as far as the files of the workspace say it. */
export interface AccessGraph {
  readonly target: GraphTarget;
  /** `Deployment "web"`, `Namespace "shop"`. */
  readonly title: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Sentences on what is not known or not drawn. */
  readonly notes: readonly string[];
  /** What could not be read and may belong to it. */
  readonly unread: Unread | undefined;
}

/** Files that could not be read in full, and what that means. */
export interface Unread {
  /** A sentence that the names of the files end. */
  readonly text: string;
  readonly uris: readonly string[];
}
