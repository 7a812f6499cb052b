// What the extension, the server and the view say to each other. All of them import their words from here, except the server,
// whose answer a test holds against these.

/** A place of a text, as the protocol counts. */
export interface ViewPosition {
  readonly line: number;
  readonly character: number;
}

/** Where something is written. */
export interface ViewLocation {
  readonly uri: string;
  readonly range: { readonly start: ViewPosition; readonly end: ViewPosition };
}

/** What is wrong with what a node stands for. */
export interface ViewFault {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly location: ViewLocation;
}

/** What a node stands for. */
export type ViewNodeType = 'workload' | 'account' | 'subject' | 'binding' | 'role' | 'iam-role' | 'trust-policy';

/** Where what a node stands for is. */
export type ViewNodeState = 'written' | 'built-in' | 'outside' | 'missing' | 'unknown';

/** A node of the graph. */
export interface ViewNode {
  readonly id: string;
  readonly type: ViewNodeType;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
  readonly state: ViewNodeState;
  readonly lines: readonly string[];
  readonly location?: ViewLocation | undefined;
  /** The gravest first. */
  readonly faults: readonly ViewFault[];
}

/** A step of access. */
export interface ViewEdge {
  readonly from: string;
  readonly to: string;
  readonly word: string;
  readonly verdict: 'given' | 'refused' | 'unknown';
}

/** What a graph is about; handed back to the server as it came. */
export type ViewTarget =
  | {
      readonly kind: 'object';
      readonly uri: string;
      readonly objectKind: string;
      readonly namespace?: string | undefined;
      readonly name?: string | undefined;
    }
  | { readonly kind: 'namespace'; readonly name: string };

/** Who may do what. */
export interface ViewGraph {
  readonly target: ViewTarget;
  readonly title: string;
  readonly nodes: readonly ViewNode[];
  readonly edges: readonly ViewEdge[];
  readonly notes: readonly string[];
  /** Files that could not be read in full; their names end the sentence. */
  readonly unread?: ViewUnread | undefined;
}

/** What could not be read. */
export interface ViewUnread {
  readonly text: string;
  readonly files: readonly { readonly path: string; readonly location: ViewLocation }[];
}

/** The server's answer. */
export type GraphAnswer = ViewGraph | { readonly refusal: string };

/** What the server is asked. */
export interface GraphQuestion {
  readonly textDocument?: { readonly uri: string };
  readonly position?: ViewPosition;
  readonly target?: ViewTarget;
}

/** Names of the requests, and of the notification that a graph may have changed. */
export const REQUESTS = {
  graph: 'breakwater/accessGraph',
  namespaces: 'breakwater/namespaces',
  stale: 'breakwater/accessGraphStale',
} as const;

/** To the view. */
export type ToView =
  | { readonly type: 'graph'; readonly graph: ViewGraph }
  | { readonly type: 'refusal'; readonly text: string }
  | { readonly type: 'export' };

/** From the view. */
export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'open'; readonly location: ViewLocation }
  /** After each graph, and each refusal of one. */
  | { readonly type: 'drawn'; readonly state: DrawnState }
  | { readonly type: 'svg'; readonly text: string };

/** What the view shows, as a screen reader would be told it. */
export interface DrawnState {
  readonly title: string;
  /** In the order of Tab. */
  readonly nodes: readonly {
    readonly id: string;
    readonly label: string;
    readonly fault: ViewFault['severity'] | undefined;
  }[];
  readonly focused: string | undefined;
  readonly notes: readonly string[];
  readonly refusal: string | undefined;
}

/** What the view keeps of itself through a reload of the window. */
export interface KeptState {
  readonly target: ViewTarget;
  readonly focused?: string | undefined;
}
