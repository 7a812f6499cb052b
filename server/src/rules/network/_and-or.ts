import type { RuleContext } from '../../engine/rule';
import { type Direction, getPeerList } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import {
  isEmptySelector,
  type LabelSelector,
  matchSelector,
  NAME_LABEL,
  toRequirements,
} from '../../model/kubernetes/selectors';
import type { PeerData } from '../../model/network/policy';
import { readPeer } from '../../model/network/read-policy';
import { findHomes, type Home, selectPeerPods, selectPods } from '../../model/network/select';
import { listPods } from '../../model/network/view';
import type { Ref } from '../../syntax/ref';
import { getEffectiveRules } from './_policies';
import { findNeighbours, getPodAbsence, type Scene } from './_scene';
import { findNear } from './_selects-nothing';

/** Two peers in a row where one is meant. */
export interface SplitPeer {
  readonly direction: Direction;
  readonly before: Ref;
  readonly item: Ref;
  /** The one that they would make. */
  readonly merged: { readonly podSelector: LabelSelector; readonly namespaceSelector: LabelSelector };
}

/** A peer without a `namespaceSelector` whose pods are in other namespaces only. */
export interface LonePeer {
  readonly direction: Direction;
  readonly item: Ref;
  readonly podSelector: LabelSelector;
  readonly homes: readonly [Home, ...Home[]];
}

/** The peers of a policy that mean what they do not say; none is in both lists. */
export function findConfusedPeers(resource: Resource, scene: Scene, context: RuleContext) {
  const split: SplitPeer[] = [];
  const lone: LonePeer[] = [];
  for (const { ref, direction } of getEffectiveRules(resource)) {
    const items = getPeerList(ref, direction).items();
    const paired = new Set<Ref>();
    for (const [index, item] of items.slice(1).entries()) {
      const before = items[index];
      const merged = before && mergePeers(readPeer(before), readPeer(item));
      if (!merged || !isMeantAsOne(merged, scene)) continue;
      split.push({ direction, before, item, merged });
      paired.add(before).add(item);
    }
    const full = items.map(readPeer).filter((peer) => peer.podSelector && peer.namespaceSelector);
    for (const item of items) {
      const { podSelector, namespaceSelector, isKnown } = readPeer(item);
      if (paired.has(item) || !podSelector || namespaceSelector || !isKnown) continue;
      // Where a peer beside it says which pods of another namespace are meant, this one is for the own.
      const isSaid = ({ pod }: Home) =>
        full.some(
          (peer) =>
            isSame(peer.podSelector, podSelector) ||
            selectPeerPods(peer, scene.land, scene.workspace)?.pods.some((other) => other === pod),
        );
      const [home, ...others] = findMeantHomes(podSelector, scene, context).filter((one) => !isSaid(one));
      if (home) lone.push({ direction, item, podSelector, homes: [home, ...others] });
    }
  }
  return { split, lone };
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** The one peer that two would make, where one selects namespaces only and the other pods only. */
function mergePeers(a: PeerData, b: PeerData): SplitPeer['merged'] | undefined {
  if (!a.isKnown || !b.isKnown || a.ipBlock || b.ipBlock) return undefined;
  const [podSelector, namespaceSelector] = [a.podSelector ?? b.podSelector, a.namespaceSelector ?? b.namespaceSelector];
  const isPair = (one: PeerData, other: PeerData) => !one.podSelector && !other.namespaceSelector;
  if (!podSelector || !namespaceSelector || (!isPair(a, b) && !isPair(b, a))) return undefined;
  return { podSelector, namespaceSelector };
}

/** True where the workspace shows that such a peer is meant: its pods are there, and the policy's own namespace has none. */
function isMeantAsOne({ podSelector, namespaceSelector }: SplitPeer['merged'], scene: Scene): boolean {
  const { land, workspace } = scene;
  if (isEmptySelector(podSelector) || !isNowhereAtHome(podSelector, scene)) return false;
  const system = { values: { [NAME_LABEL]: 'kube-system', name: 'kube-system' }, unknown: [], isComplete: true };
  if (isDnsElsewhere(podSelector, scene) && matchSelector(namespaceSelector, system)) return true;
  const merged = { podSelector, namespaceSelector, ipBlock: undefined, isKnown: true };
  return (selectPeerPods(merged, land, workspace)?.pods.length ?? 0) > 0;
}

function isNowhereAtHome(selector: LabelSelector, { land, workspace }: Scene): boolean {
  const own = selectPods(selector, land, workspace);
  return own.isSure && own.pods.length === 0;
}

/** True for the labels of a cluster's DNS, whose namespace is known whether or not the workspace holds it. */
function isDnsElsewhere({ matchLabels }: LabelSelector, { land }: Scene): boolean {
  return matchLabels['k8s-app'] === 'kube-dns' && land.namespace !== 'kube-system';
}

/** The other namespaces that have pods of a selector, where the files show that the policy's own has none. */
function findMeantHomes(selector: LabelSelector, scene: Scene, context: RuleContext): readonly Home[] {
  const { land, selection, workspace } = scene;
  const { namespace: own } = land;
  // What is asked for by what pods do not have fits pods of any other project.
  const isNaming = toRequirements(selector).some(({ operator }) => operator === 'In');
  const absence = getPodAbsence(land, context);
  if (own === undefined || !isNaming || absence === 'elsewhere' || !isNowhereAtHome(selector, scene)) return [];
  if (isDnsElsewhere(selector, scene)) return [{ namespace: 'kube-system', pod: undefined }];
  if (absence === 'open' || findNear(selector, [land], workspace)) return [];
  // The same application for another stage is a copy of this namespace, not a neighbour that is let in.
  const pods = selection.pods.length > 0 ? selection.pods : findNeighbours(land, workspace);
  const names = new Set(pods.map(({ known: { value } }) => `${value.kind} ${value.name}`));
  const isCopy = (namespace: string) =>
    listPods(namespace, workspace).some(({ known: { value } }) => names.has(`${value.kind} ${value.name}`));
  return findHomes(selector, workspace).filter(({ namespace }) => namespace !== own && !isCopy(namespace));
}
