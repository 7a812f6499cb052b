import type { PodTemplate } from '../../model/kubernetes/pod';
import { describeResource } from '../../model/kubernetes/resource';
import { readAutomount } from '../../model/workspace/account-facts';
import type { Known, Place } from '../../model/workspace/fact';
import type { DefinitionFact, ReferenceFact } from '../../model/workspace/reference-topics';
import { findDefinitions, findReferences } from '../navigation/resolve';
import { findObjectAt, getPodsOf, isSamePlace, type PlacedObject } from './objects';
import type { Walk } from './walk';

/** A ServiceAccount of the graph. */
export interface Account {
  /** Its node; undefined where the graph is full. */
  readonly id: string | undefined;
  readonly name: string;
  /** As written. */
  readonly namespace: string | undefined;
  /** The file that defines it, or else one that names it. */
  readonly uri: string;
  /** Root of what defines it; undefined where no file does. */
  readonly place: Place | undefined;
}

/** Who names an account, and how. */
export interface AccountName {
  readonly name: string;
  /** As written. */
  readonly namespace: string | undefined;
  /** The file that names it. */
  readonly uri: string;
}

/** Adds a workload and the accounts that its pods run as, and returns these. */
export function addWorkload(walk: Walk, object: PlacedObject): readonly Account[] {
  const node = addWorkloadNode(walk, object);
  const { uri, resource } = object;
  return getPodsOf(walk.project, object).flatMap((pod) => {
    const name = readAccountName(pod);
    if (name !== undefined) {
      const accounts = addAccounts(walk, { name, namespace: resource.namespace, uri });
      for (const account of accounts) walk.draft.join(node?.id, 'runs as', account.id);
      return accounts;
    }
    const who = describeResource(resource);
    const lines = ['its name is filled in later'];
    const { namespace } = resource;
    const unknown = { type: 'account', kind: 'ServiceAccount', name: 'not known here', state: 'unknown' } as const;
    walk.draft.join(node?.id, 'runs as', walk.draft.add({ ...unknown, namespace, lines, uri: `${uri}#${who}` })?.id);
    walk.draft.note(`The account of ${who} is filled in later, so what its pods may do is not known here.`);
    return [];
  });
}

/** The name of the account that a pod runs as; undefined where it is not known. */
function readAccountName({ spec }: PodTemplate): string | undefined {
  const named = spec.get('serviceAccountName');
  const ref = named.isWritten ? named : spec.get('serviceAccount');
  return ref.isUnknown ? undefined : ref.string || 'default';
}

function addWorkloadNode({ draft, project }: Walk, object: PlacedObject): { readonly id: string } | undefined {
  const { resource, place, uri } = object;
  const { kind, name = 'not known here', namespace } = resource;
  const mounts = getPodsOf(project, object).map(({ spec }) => readAutomount(spec));
  const lines = mounts.length > 0 && mounts.every((mount) => mount === false) ? ['gets no token of its account'] : [];
  return draft.add({ type: 'workload', kind, name, namespace, state: 'written', lines, place, uri });
}

/** Adds the accounts that a name in a file means: as a rule one. */
export function addAccounts(walk: Walk, { name, namespace, uri }: AccountName): readonly Account[] {
  const definitions = findDefinitions(walk.workspace, { kind: 'ServiceAccount', name, namespace }, uri);
  if (definitions.length > 0) return definitions.map((one) => addDefinedAccount(walk, one));
  const isDefault = name === 'default';
  const node = walk.draft.add({
    type: 'account',
    kind: 'ServiceAccount',
    name,
    namespace,
    state: isDefault ? 'built-in' : 'missing',
    lines: [isDefault ? 'Kubernetes makes one in each namespace' : 'no file of the workspace defines it'],
    // Without a namespace, accounts of one name in two folders are two.
    uri: namespace === undefined ? uri.slice(0, uri.lastIndexOf('/')) : undefined,
  });
  return [{ id: node?.id, name, namespace, uri, place: undefined }];
}

/** Adds the account of a definition. */
export function addDefinedAccount(
  { draft, project }: Walk,
  { value, place: named, uri }: Known<DefinitionFact>,
): Account {
  // The fact leads to the name, in the metadata of the account.
  const place = { ...named, path: named.path.slice(0, -2) };
  const root = project.locate(place)?.ref;
  const hasNoToken = root !== undefined && readAutomount(root) === false;
  const { name, namespace } = value;
  const node = draft.add({
    type: 'account',
    kind: 'ServiceAccount',
    name,
    namespace,
    state: 'written',
    lines: hasNoToken ? ['its token is for pods that ask for it'] : [],
    place,
    uri,
  });
  return { id: node?.id, name, namespace, uri, place };
}

/** The places that name an account: in pods, bindings and trust policies. */
export function findNamesOf({ workspace }: Walk, { name, namespace, uri, place }: Account): Known<ReferenceFact>[] {
  const found = findReferences(workspace, { kind: 'ServiceAccount', name, namespace }, uri);
  return found.flatMap(({ reference, definitions }) => {
    const isMeant =
      !place || definitions.some((one) => isSamePlace({ ...one.place, path: one.place.path.slice(0, -2) }, place));
    return isMeant ? [reference] : [];
  });
}

/** Adds the workloads whose pods run as an account. */
export function addUsers(walk: Walk, account: Account): void {
  const { project, workspace, draft } = walk;
  if (!walk.once(`users of ${account.id}`)) return;
  const places = findNamesOf(walk, account).map(({ place }) => place);
  if (account.name === 'default') {
    // Pods that name no account run as this one.
    for (const { value, place } of workspace.find('workload', account.namespace ?? 'default')) {
      if (value.serviceAccount === 'default') places.push(place);
    }
  }
  for (const place of places) {
    const object = findObjectAt(project, place);
    if (!object || getPodsOf(project, object).length === 0) continue;
    draft.join(addWorkloadNode(walk, object)?.id, 'runs as', account.id);
  }
}
