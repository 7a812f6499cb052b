import { defineRule } from '../../engine/rule';
import { toSeverity } from '../../model/workspace/absence';
import { NAMESPACE, toPolicyExample } from './_example';
import { findLostLabel } from './_namespace-labels';
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
  fixable: 'sometimes',
  standards: ['k8s/network-policies', 'k8s/namespaces'],
  docs: {
    what: 'A peer of a NetworkPolicy selects namespaces by a label that the namespace which is meant does not have.',
    why: 'The rule admits nobody. `name` is the usual trap: no namespace has that label unless somebody gave it; the label that the API server gives to each is `kubernetes.io/metadata.name`. Of a name that resembles none here nothing is said, unless `workspace.complete` says that all namespaces are here: whoever installs something may make one.',
    remedy: 'Use `kubernetes.io/metadata.name`, or give the namespace the label.',
    flags: toExample('name: shop'),
    passes: toExample('kubernetes.io/metadata.name: shop'),
  },
  visit: {
    *resource(resource, context) {
      for (const { peer, direction } of getRulePeers(resource)) {
        const labels = peer.get('namespaceSelector', 'matchLabels');
        for (const [key, at] of labels.entries()) {
          const value = at.string;
          const lost = at.isUnknown || value === undefined ? undefined : findLostLabel(key, value, context);
          if (!lost || value === undefined || (!lost.right && lost.absence === 'open')) continue;
          const { right, absence } = lost;
          const who = `${describePolicy(resource)} ${direction === 'Ingress' ? 'admits' : 'allows connections to'} namespaces with ${describeLabel({ key, value })}`;
          if (!right) {
            yield { at, ...toSeverity(absence), message: `${who}, and no Namespace here has that label.` };
            continue;
          }
          const title = `Change it to ${describeLabel(right)}`;
          yield {
            at,
            message: `${who}, and none has that label. Did you mean ${describeLabel(right)}?`,
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
