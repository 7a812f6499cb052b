import { isEmptySelector, matchSelector } from '../../model/kubernetes/selectors';
import type { PeerData } from '../../model/network/policy';
import { selectPeerPods, selectPods } from '../../model/network/select';
import { NAME_LABEL } from '../../model/network/view';
import type { Scene } from './_scene';

/** The one peer that two would make, where one selects namespaces only and the other pods only. */
export function mergePeers(a: PeerData, b: PeerData): PeerData | undefined {
  if (!a.isKnown || !b.isKnown || a.ipBlock || b.ipBlock) return undefined;
  const isPair = (one: PeerData, other: PeerData) => !one.podSelector && !other.namespaceSelector;
  if (!isPair(a, b) && !isPair(b, a)) return undefined;
  return {
    ...a,
    podSelector: a.podSelector ?? b.podSelector,
    namespaceSelector: a.namespaceSelector ?? b.namespaceSelector,
  };
}

/** True where the workspace shows that such a peer is meant: its pods are there, and the policy's own namespace has none. */
export function isMeantAsOne(peer: PeerData, { land, workspace }: Scene): boolean {
  const { podSelector, namespaceSelector } = peer;
  if (!podSelector || !namespaceSelector || isEmptySelector(podSelector)) return false;
  const own = selectPods(podSelector, land, workspace);
  if (!own.isSure || own.pods.length > 0) return false;
  // A cluster's DNS has these labels and this namespace, whether or not the workspace holds it.
  const isDns = podSelector.matchLabels['k8s-app'] === 'kube-dns' && land.namespace !== 'kube-system';
  const system = { values: { [NAME_LABEL]: 'kube-system', name: 'kube-system' }, unknown: [], isComplete: true };
  if (isDns && matchSelector(namespaceSelector, system)) return true;
  return (selectPeerPods(peer, land, workspace)?.pods.length ?? 0) > 0;
}
