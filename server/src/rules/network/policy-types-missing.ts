import { defineRule } from '../../engine/rule';
import { DIRECTIONS, hasPolicyTypes, isIsolating, isNetworkPolicy } from '../../model/kubernetes/network-policy';
import { isPatchFile } from '../../model/workspace/kustomizations';
import { toPolicyExample } from './_example';
import { describePolicy } from './_policies';

export default defineRule({
  id: 'policy-types-missing',
  category: 'network',
  title: 'Directions of a policy left to the default',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A NetworkPolicy does not say in `policyTypes` which directions it is about.',
    why: 'The API server then decides: every such policy isolates its pods for ingress, and for egress only if there is an egress rule. A policy with egress rules alone also stops everything that comes in, and removing its last egress rule opens the way out.',
    remedy:
      'Write the list. The fix writes what is in force now. A policy that has only egress rules is a warning: take `Ingress` out of the list if the pods shall go on accepting connections.',
    flags: toPolicyExample('ingress:\n  - from:\n      - podSelector: { matchLabels: { app: api } }'),
    passes: toPolicyExample(
      'policyTypes: [Ingress]\ningress:\n  - from:\n      - podSelector: { matchLabels: { app: api } }',
    ),
  },
  visit: {
    *resource(resource, { workspace, uri }) {
      const { spec } = resource;
      if (!isNetworkPolicy(resource) || !spec.isMapping || hasPolicyTypes(spec)) return;
      // A patch leaves out what its target says.
      if (isPatchFile(uri, workspace)) return;
      const at = spec.get('policyTypes');
      const isEgress = isIsolating(spec, 'Egress');
      if (at.isUnknown || isEgress === undefined) return;
      const isSurprise = isEgress && spec.get('ingress').isAbsent;
      const effect = isEgress ? 'isolates its pods in both directions' : 'isolates its pods for ingress only';
      yield {
        at,
        severity: isSurprise ? 'warning' : 'info',
        message: `${describePolicy(resource)} has no policyTypes: it ${effect}${isSurprise ? ', so nothing can connect to them although the policy has only egress rules' : ''}.`,
        fixes: [
          {
            title: `Write the policyTypes in force: ${isEgress ? 'Ingress, Egress' : 'Ingress'}`,
            safety: 'safe',
            operations: [{ op: 'set', at, value: isEgress ? DIRECTIONS : ['Ingress'] }],
          },
        ],
      };
    },
  },
});
