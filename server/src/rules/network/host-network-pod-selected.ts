import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { isEmptySelector } from '../../model/kubernetes/selectors';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { getScene } from './_scene';

const POLICY = toPolicyExample('policyTypes: [Ingress]');

export default defineRule({
  id: 'host-network-pod-selected',
  category: 'network',
  title: "Policy for a pod in its node's network",
  severity: 'warning',
  confidence: 'high',
  fixable: 'never',
  standards: ['k8s/network-policies', 'pss/baseline/hostNamespaces'],
  docs: {
    what: 'A NetworkPolicy selects, by its labels, a pod with `hostNetwork: true`.',
    why: "Such a pod has its node's address, and network plugins cannot tell its traffic from that of the node. What a policy means for it is not defined; most plugins ignore it. The policy looks as if the pod were guarded.",
    remedy:
      "Take the pod out of its node's network if it can do without. If it cannot, guard the port by other means: a firewall of the nodes, or a host policy of the network plugin. Policies that select every pod are not reported.",
    flags: toFile(POLICY, toWorkload('db', { spec: 'hostNetwork: true\n' })),
    passes: toFile(POLICY, toWorkload('db')),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      if (!scene || isEmptySelector(scene.policy.podSelector)) return;
      const found = scene.selection.pods.filter(({ isHostNetwork }) => isHostNetwork);
      const [first] = found;
      if (!first) return;
      const rest = found.length > 1 ? ` and ${found.length - 1} more` : '';
      yield {
        at: resource.spec.get('podSelector'),
        message: `${describePolicy(resource)} selects ${describeResource(first.known.value)}${rest}, which ${rest ? 'use the networks' : 'uses the network'} of ${rest ? 'their' : 'its'} node: most network plugins apply no policy there.`,
        related: found.slice(0, 3).map(({ known }) => ({
          place: known.place,
          message: `${describeResource(known.value)} has hostNetwork: true.`,
        })),
      };
    },
  },
});
