// What selectors select among the pods of the workspace.
import { type LabelSelector, matchSelector, NAME_LABEL, toRequirements } from '../kubernetes/selectors';
import type { Workspace } from '../workspace/workspace';
import { isSameLand, type Land } from './land';
import type { PeerData } from './policy';
import { areAll } from './three';
import { getKeys, getNamespaceLabels, type KnownPod, type KnownService, listPods, listServices } from './view';

/** What a selector selects among pods. */
export interface Selection {
  /** Those that are selected for sure. */
  readonly pods: readonly KnownPod[];
  /** Those of the workspace that may be selected too. */
  readonly possible: readonly KnownPod[];
  /** False where there are such, or others may be elsewhere. */
  readonly isSure: boolean;
}

/** The pods that a selector selects in the namespace of `land`. Many rules ask that of a policy, so it is remembered. */
export function selectPods(selector: LabelSelector, land: Land, workspace: Workspace): Selection {
  const where = land.namespace ?? `? ${land.folder}`;
  return workspace.conclude(`pods of ${where} with ${JSON.stringify(selector)}`, (asked) => {
    const candidates = getKeys(land).flatMap((key) => getCandidates(selector, key, asked));
    const answers = candidates.map((pod) => areAll([matchSelector(selector, pod.labels), isSameLand(land, pod.land)]));
    const possible = candidates.filter((_, index) => answers[index] === undefined);
    return { pods: candidates.filter((_, index) => answers[index]), possible, isSure: possible.length === 0 };
  });
}

/** The pods that a selector could select: all others lack a label that it asks for. In the order of files and places. */
function getCandidates(selector: LabelSelector, key: string, workspace: Workspace): readonly KnownPod[] {
  const [label] = Object.entries(selector.matchLabels);
  const pods = listPods(key, workspace);
  if (!label) return pods;
  const index = workspace.conclude(`network labels of ${key}`, (asked) => toIndex(listPods(key, asked)));
  const [name, value] = label;
  const numbers = [index.byLabel.get(`${name}=${value}`), index.byUnknownLabel.get(name), index.incomplete];
  const sorted = [...new Set(numbers.flatMap((list) => list ?? []))].sort((a, b) => a - b);
  return sorted.flatMap((number) => pods[number] ?? []);
}

interface LabelIndex {
  /** Numbers of pods by `key=value`. */
  readonly byLabel: ReadonlyMap<string, readonly number[]>;
  /** Numbers of pods by keys whose values are not known. */
  readonly byUnknownLabel: ReadonlyMap<string, readonly number[]>;
  /** Numbers of pods that may have further labels. */
  readonly incomplete: readonly number[];
}

function toIndex(pods: readonly KnownPod[]): LabelIndex {
  const byLabel = new Map<string, number[]>();
  const byUnknownLabel = new Map<string, number[]>();
  const incomplete: number[] = [];
  const add = (map: Map<string, number[]>, key: string, number: number) => {
    const list = map.get(key);
    if (list) list.push(number);
    else map.set(key, [number]);
  };
  for (const [number, { labels }] of pods.entries()) {
    for (const [key, value] of Object.entries(labels.values)) add(byLabel, `${key}=${value}`, number);
    for (const key of labels.unknown) add(byUnknownLabel, key, number);
    if (!labels.isComplete) incomplete.push(number);
  }
  return { byLabel, byUnknownLabel, incomplete };
}

/** The namespaces that a selector names by the label of their name; undefined for one that chooses by other labels. */
export function getNamedNamespaces(selector: LabelSelector): readonly string[] | undefined {
  if (!selector.isKnown) return undefined;
  const [requirement, ...rest] = toRequirements(selector);
  if (!requirement || rest.length > 0 || requirement.key !== NAME_LABEL || requirement.operator !== 'In')
    return undefined;
  return requirement.values;
}

/** The pods that a peer means; undefined for addresses, and for namespaces that the workspace cannot list. */
export function selectPeerPods(peer: PeerData, land: Land, workspace: Workspace): Selection | undefined {
  if (!peer.isKnown || peer.ipBlock) return undefined;
  const selector = peer.podSelector ?? { matchLabels: {}, matchExpressions: [], isKnown: true };
  if (!peer.namespaceSelector) return selectPods(selector, land, workspace);
  const named = getNamedNamespaces(peer.namespaceSelector);
  const namespaces = named ?? findNamespaces(peer.namespaceSelector, workspace);
  const parts = namespaces.map((namespace) => selectPods(selector, { namespace, folder: '' }, workspace));
  return {
    pods: parts.flatMap(({ pods }) => pods),
    possible: parts.flatMap(({ possible }) => possible),
    // Other repositories may hold namespaces with these labels.
    isSure: named !== undefined && parts.every(({ isSure }) => isSure),
  };
}

/** A namespace with a pod that somebody asked for. */
export interface Home {
  readonly namespace: string;
  /** Undefined where every cluster has such pods there, whether or not a file shows them. */
  readonly pod: KnownPod | undefined;
}

/** The namespaces of the workspace that have pods which a selector selects for sure, by name. */
export function findHomes(selector: LabelSelector, workspace: Workspace): readonly Home[] {
  return workspace.conclude(`homes of pods with ${JSON.stringify(selector)}`, (asked) => {
    const names = new Set(asked.all('network-pod').flatMap(({ value }) => value.namespace ?? []));
    return [...names].sort().flatMap((namespace) => {
      const [pod] = selectPods(selector, { namespace, folder: '' }, asked).pods;
      return pod ? [{ namespace, pod }] : [];
    });
  });
}

/** The namespaces of the workspace that a selector selects for sure. */
function findNamespaces(selector: LabelSelector, workspace: Workspace): readonly string[] {
  return workspace.conclude(`namespaces of ${JSON.stringify(selector)}`, (asked) => {
    const names = new Set(asked.all('namespace').map(({ value }) => value.name));
    return [...names].filter((name) => matchSelector(selector, getNamespaceLabels(name, asked)) === true);
  });
}

/** The Services that select some of these pods for sure. */
export function findServicesOf(pods: readonly KnownPod[], workspace: Workspace): readonly KnownService[] {
  const found = pods.flatMap((pod) =>
    getKeys(pod.land).flatMap((key) => {
      const index = workspace.conclude(`network services by label of ${key}`, (asked) => toServiceIndex(key, asked));
      const candidates = Object.entries(pod.labels.values).flatMap(
        ([name, value]) => index.get(`${name}=${value}`) ?? [],
      );
      return candidates.filter(({ known, land }) => {
        const selector = { matchLabels: known.value.selector, matchExpressions: [], isKnown: true };
        return isSameLand(land, pod.land) && matchSelector(selector, pod.labels);
      });
    }),
  );
  return [...new Set(found)];
}

/** Services by the first label that they ask for. */
function toServiceIndex(key: string, workspace: Workspace): ReadonlyMap<string, readonly KnownService[]> {
  const index = new Map<string, KnownService[]>();
  for (const service of listServices(key, workspace)) {
    const [label = ''] = Object.entries(service.known.value.selector).map((entry) => entry.join('='));
    index.set(label, [...(index.get(label) ?? []), service]);
  }
  return index;
}
