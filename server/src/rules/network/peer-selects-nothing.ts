import { defineRule } from '../../engine/rule';
import { isEmptySelector } from '../../model/kubernetes/selectors';
import type { Land } from '../../model/network/land';
import type { PeerData } from '../../model/network/policy';
import { readPeer } from '../../model/network/read-policy';
import { getNamedNamespaces, selectPeerPods } from '../../model/network/select';
import { findConfusedPeers } from './_and-or';
import { toPolicyExample } from './_example';
import { isRefusedSelector } from './_expressions';
import { toFile, toWorkload } from './_pods';
import { describePolicy, getRulePeers } from './_policies';
import { describeSelector, getScene } from './_scene';
import { judgeEmptySelection } from './_selects-nothing';

const POLICY = toPolicyExample(
  'policyTypes: [Ingress]\ningress:\n  - from:\n      - podSelector: { matchLabels: { app: backend } }',
);

export default defineRule({
  id: 'peer-selects-nothing',
  category: 'network',
  title: 'Peer that no pod is',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A peer of a NetworkPolicy selects pods by labels that no pod has.',
    why: 'The rule admits nobody. The pods that it was written for are denied, which is hard to tell from a broken network.',
    remedy:
      "Write the labels of the pods' template. A `podSelector` without a `namespaceSelector` beside it selects in the policy's own namespace only. Where a pod has nearly the label, a fix corrects it; otherwise this is a note, and only where the workspace holds pods of the namespace. Pods that are in another namespace are what `peer-and-or-confused` is about.",
    flags: toFile(POLICY, toWorkload('db'), toWorkload('api', { app: 'backned' })),
    passes: toFile(POLICY, toWorkload('db'), toWorkload('api', { app: 'backend' })),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      if (!scene) return;
      const { land, workspace } = scene;
      const { split, lone } = findConfusedPeers(resource, scene, context);
      const said = new Set([...split.flatMap(({ before, item }) => [before, item]), ...lone.map(({ item }) => item)]);
      for (const { peer, direction } of getRulePeers(resource)) {
        if (said.has(peer)) continue;
        const data = readPeer(peer);
        const lands = getLands(data, land);
        if (!data.podSelector || isEmptySelector(data.podSelector) || !lands) continue;
        if (data.namespaceSelector && isRefusedSelector(data.namespaceSelector)) continue;
        const selection = selectPeerPods(data, land, workspace);
        if (!selection?.isSure || selection.pods.length > 0) continue;
        const at = peer.get('podSelector');
        const who = `${describePolicy(resource)} ${direction === 'Ingress' ? 'admits' : 'allows connections to'} pods with ${describeSelector(data.podSelector)}`;
        yield* judgeEmptySelection(at, data.podSelector, who, lands, context);
      }
    },
  },
});

/** The namespaces that a peer names; undefined where it chooses them by other labels. */
function getLands({ namespaceSelector }: PeerData, own: Land): Land[] | undefined {
  if (!namespaceSelector) return [own];
  return getNamedNamespaces(namespaceSelector)?.map((namespace) => ({ namespace, folder: '' }));
}
