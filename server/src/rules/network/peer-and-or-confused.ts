import { defineRule } from '../../engine/rule';
import { findConfusedPeers } from './_and-or';
import { toLoneReport, toSplitReport } from './_and-or-reports';
import { toPolicyExample } from './_example';
import { describeLand, getScene } from './_scene';

const NAMESPACES = 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }';
const PODS = 'podSelector: { matchLabels: { k8s-app: kube-dns } }';
const toExample = (peers: string) => toPolicyExample(`policyTypes: [Egress]\negress:\n  - to:\n${peers}`);

export default defineRule({
  id: 'peer-and-or-confused',
  category: 'network',
  title: 'Peer whose pods are in another namespace',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A peer names pods by a `podSelector` alone, and they are in another namespace: that of a `namespaceSelector` in the item beside it, or one that the policy does not name.',
    why: 'One dash makes the difference. In one item both have to fit: these pods of those namespaces. In two items either will do: every pod of those namespaces, and such pods of the own namespace, which has none. The rule lets through far more than it says. Without any `namespaceSelector` it lets through nothing: the pods that are meant are denied.',
    remedy:
      "Put both into one item, without a dash before the second. Reported only where the workspace shows that it was meant so: the labels select pods in the other namespaces and none in the policy's own, whose workloads are here, or they are those of the cluster's DNS. Nothing is said of a namespace that is a copy of the policy's own for another stage.",
    flags: toExample(`      - ${NAMESPACES}\n      - ${PODS}`),
    passes: toExample(`      - ${NAMESPACES}\n        ${PODS}`),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      if (!scene) return;
      const { split, lone } = findConfusedPeers(resource, scene, context);
      for (const peer of split) yield toSplitReport(peer, resource);
      for (const peer of lone) yield toLoneReport(peer, resource, describeLand(scene.land));
    },
  },
});
