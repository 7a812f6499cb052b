import { defineRule } from '../../engine/rule';
import { NAMESPACE, toPolicyExample } from './_example';
import { getMeantLabel } from './_namespace-labels';
import { toFile } from './_pods';
import { describePolicy, getRulePeers } from './_policies';
import { describeLabel } from './_scene';

const toExample = (label: string) =>
  toFile(
    NAMESPACE,
    toPolicyExample(
      `policyTypes: [Ingress]\ningress:\n  - from:\n      - namespaceSelector: { matchLabels: { ${label} } }`,
    ),
  );

export default defineRule({
  id: 'namespace-label-missing',
  category: 'network',
  title: 'Label that no namespace has',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'k8s/namespaces'],
  docs: {
    what: 'A peer of a NetworkPolicy selects namespaces by a label that the namespace which is meant does not have.',
    why: "The rule admits nobody. `name` is the usual trap: no namespace has that label unless somebody gave it; the label that the API server gives to each is `kubernetes.io/metadata.name`. A namespace of which only others' labels are known is not reported.",
    remedy: 'Use `kubernetes.io/metadata.name`, or give the namespace the label.',
    flags: toExample('name: shop'),
    passes: toExample('kubernetes.io/metadata.name: shop'),
  },
  visit: {
    *resource(resource, { workspace }) {
      for (const { peer, direction } of getRulePeers(resource)) {
        const labels = peer.get('namespaceSelector', 'matchLabels');
        for (const [key, at] of labels.entries()) {
          const value = at.string;
          const right = at.isUnknown || value === undefined ? undefined : getMeantLabel(key, value, workspace);
          if (!right || value === undefined) continue;
          const title = `Change it to ${describeLabel(right)}`;
          yield {
            at,
            message: `${describePolicy(resource)} ${direction === 'Ingress' ? 'admits' : 'allows connections to'} namespaces with ${describeLabel({ key, value })}, and none has that label. Did you mean ${describeLabel(right)}?`,
            fixes: [
              right.key === key
                ? { title, safety: 'unsafe', operations: [{ op: 'set', at, value: right.value }] }
                : { title, safety: 'unsafe', operations: [{ op: 'rename', at, key: right.key }] },
            ],
          };
        }
      }
    },
  },
});
