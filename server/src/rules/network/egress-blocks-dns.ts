import { defineRule } from '../../engine/rule';
import { canAskDns, isReachingDns } from '../../model/network/dns';
import { findPolicies, hasForeignPolicies } from '../../model/network/view';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { DNS_PEER, DNS_PORTS, describePolicy } from './_policies';
import { getScene, listNames, type Scene } from './_scene';

const RULE = 'policyTypes: [Egress]\negress:\n  - to:\n      - podSelector: { matchLabels: { app: cache } }\n';

export default defineRule({
  id: 'egress-blocks-dns',
  category: 'network',
  title: 'Egress rules without DNS',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A NetworkPolicy lets its pods connect to something, and neither it nor another policy lets them ask for its address.',
    why: 'Isolation for egress stops DNS too. Nearly every program looks names up before it connects, Services of the same namespace included, so what the policy allows fails all the same: slowly, and with an error that speaks of names and not of the network.',
    remedy:
      "Add a rule for port 53, over UDP and TCP, to the cluster's DNS. Not reported: policies without any egress rule, since pods that may connect to nothing need no names; policies whose pods the workspace does not hold; and pods to which another policy of the namespace allows DNS, or one of Cilium, Calico and the like may do so. Where only blocks of addresses are allowed, this is a note.",
    flags: toFile(toPolicyExample(RULE), toWorkload('db')),
    passes: toFile(
      toPolicyExample(
        `${RULE}  - to:\n      - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: kube-system } }\n        podSelector: { matchLabels: { k8s-app: kube-dns } }\n    ports:\n      - { protocol: UDP, port: 53 }\n      - { protocol: TCP, port: 53 }`,
      ),
      toWorkload('db'),
    ),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      if (scene?.policy.egress.isIsolating !== true) return;
      const { egress } = scene.policy;
      if (egress.rules.length === 0 || isReachingDns(egress, scene.land) !== false) return;
      const lacking = findLacking(scene);
      if (lacking.length === 0 || hasForeignPolicies(scene.land, context)) return;
      const at = resource.spec.get('egress');
      const isByAddress = egress.rules.every(({ peers }) => peers.length > 0 && peers.every(({ ipBlock }) => ipBlock));
      yield {
        at,
        severity: isByAddress ? 'info' : 'warning',
        message: `${describePolicy(resource)} lets ${listNames(lacking)} connect to what its egress rules name, but no policy lets them reach port 53: names cannot be looked up.`,
        fixes: [
          {
            title: "Allow the cluster's DNS",
            safety: 'unsafe',
            operations: [{ op: 'append', at, value: { to: [DNS_PEER], ports: DNS_PORTS } }],
          },
        ],
      };
    },
  },
});

/** Names of the workloads of the policy that no policy lets ask for names. */
function findLacking({ land, selection, workspace }: Scene): (string | undefined)[] {
  const policies = findPolicies(land, workspace);
  const lacking = selection.pods.filter((pod) => pod.isHostNetwork === false && !canAskDns(pod, policies));
  return lacking.map(({ known }) => known.value.name);
}
