/** The eight verbs of the Kubernetes API for objects of a resource, in the order in which people list them. */
export const STANDARD_VERBS = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
] as const;

/** A standard verb of the Kubernetes API. */
export type StandardVerb = (typeof STANDARD_VERBS)[number];

/** Subresources by name, with the standard verbs that each serves. */
export type Subresources = Readonly<Record<string, readonly StandardVerb[]>>;

/** A built-in resource of the Kubernetes API. */
export interface ApiResource {
  /** The API group; empty for the core group. */
  readonly group: string;
  /** The plural name that RBAC rules use. */
  readonly resource: string;
  /** The kind of the objects; empty for a name that only authorization checks know. */
  readonly kind: string;
  readonly namespaced: boolean;
  /** Versions served by any release from 1.30 to 1.37, most stable first; empty for a name that only authorization checks know. */
  readonly versions: readonly string[];
  readonly shortNames: readonly string[];
  /** Standard verbs served; empty where only special verbs (`impersonate`, `approve`, …) have a meaning. */
  readonly verbs: readonly StandardVerb[];
  /** What the API serves, and what only authorization checks know, such as `nodes/metrics`. */
  readonly subresources: Subresources;
}

type Scope = 'namespaced' | 'cluster';

/** One row of the tables: plural, kind, scope, versions and what departs from the usual. */
export type ApiResourceRow = readonly [
  resource: string,
  kind: string,
  scope: Scope,
  versions: string,
  rest?: {
    readonly short?: readonly string[];
    readonly verbs?: readonly StandardVerb[];
    readonly sub?: Subresources;
  },
];

/** Verbs of a subresource that shows and changes a part of an object. */
export const READ_WRITE: readonly StandardVerb[] = ['get', 'update', 'patch'];

/** The subresource of most objects that have a state. */
export const STATUS = { status: READ_WRITE } satisfies Subresources;

/** The subresource by which an autoscaler sets the number of replicas. */
export const SCALE = { scale: READ_WRITE } satisfies Subresources;

/** A subresource or resource that only answers to a POST. */
export const CREATE_ONLY: readonly StandardVerb[] = ['create'];

/** A subresource that only answers to a PUT. */
export const UPDATE_ONLY: readonly StandardVerb[] = ['update'];

/** A subresource that is only read. */
export const GET_ONLY: readonly StandardVerb[] = ['get'];

/** A subresource that opens a stream: POST is `create`, and the upgrade of a WebSocket is a GET. */
export const CONNECT: readonly StandardVerb[] = ['get', 'create'];

/** A subresource that passes any request on: each HTTP method is its own verb. */
export const PROXY: readonly StandardVerb[] = ['get', 'create', 'update', 'patch', 'delete'];

/** Turns the rows of one group into resources. `versions` is a list separated by spaces. */
export function toApiResources(group: string, rows: readonly ApiResourceRow[]): readonly ApiResource[] {
  return rows.map(([resource, kind, scope, versions, { short = [], verbs = STANDARD_VERBS, sub = {} } = {}]) => ({
    group,
    resource,
    kind,
    namespaced: scope === 'namespaced',
    versions: versions.split(' ').filter((version) => version !== ''),
    shortNames: short,
    verbs,
    subresources: sub,
  }));
}
