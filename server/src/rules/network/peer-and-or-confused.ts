import { defineRule } from '../../engine/rule';
import { getPeerList } from '../../model/kubernetes/network-policy';
import { readPeer } from '../../model/network/read-policy';
import { isMeantAsOne, mergePeers } from './_and-or';
import { toPolicyExample } from './_example';
import { toPlainSelector } from './_plain';
import { describePolicy, getEffectiveRules } from './_policies';
import { describeSelector, getScene } from './_scene';

const NAMESPACES = 'namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }';
const PODS = 'podSelector: { matchLabels: { k8s-app: kube-dns } }';
const toExample = (peers: string) => toPolicyExample(`policyTypes: [Egress]\negress:\n  - to:\n${peers}`);

export default defineRule({
  id: 'peer-and-or-confused',
  category: 'network',
  title: 'Two peers where one is meant',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A `namespaceSelector` and a `podSelector` stand in two items of a list of peers, although the pods that the second one names are in the namespaces of the first.',
    why: 'One dash makes the difference. In one item both have to fit: these pods of those namespaces. In two items either will do: every pod of those namespaces, and such pods of the own namespace, which has none. The rule lets through far more than it says.',
    remedy:
      "Put both into one item, without a dash before the second. Reported only where the workspace shows that it was meant so: the labels select pods in the other namespaces and none in the policy's own, or they are those of the cluster's DNS.",
    flags: toExample(`      - ${NAMESPACES}\n      - ${PODS}`),
    passes: toExample(`      - ${NAMESPACES}\n        ${PODS}`),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      if (!scene) return;
      for (const { ref, direction } of getEffectiveRules(resource)) {
        const items = getPeerList(ref, direction).items();
        for (const [index, item] of items.slice(1).entries()) {
          const before = items[index];
          if (!before) continue;
          const merged = mergePeers(readPeer(before), readPeer(item));
          const selector = merged?.podSelector;
          if (!selector || !merged.namespaceSelector || !isMeantAsOne(merged, scene)) continue;
          const isPodSecond = item.get('podSelector').isPresent;
          const key = isPodSecond ? 'podSelector' : 'namespaceSelector';
          const value = toPlainSelector(isPodSecond ? selector : merged.namespaceSelector);
          yield {
            at: item.get(key),
            message: `${describePolicy(resource)} ${direction === 'Ingress' ? 'admits' : 'allows'} every pod of namespaces with ${describeSelector(merged.namespaceSelector) || 'any label'}, or pods with ${describeSelector(selector)} of its own namespace, which has none: two list items are "or". Pods with both seem to be meant.`,
            fixes: [
              {
                title: 'Make it one peer: these pods of those namespaces',
                safety: 'unsafe',
                operations: [
                  { op: 'set', at: before.get(key), value },
                  { op: 'remove', at: item },
                ],
              },
            ],
          };
        }
      }
    },
  },
});
