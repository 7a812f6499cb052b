import type { PlainValue } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toSubject } from '../../model/iam/subject';
import { describeResource } from '../../model/kubernetes/resource';
import { canAskDns } from '../../model/network/dns';
import { isPermitted } from '../../model/network/evaluate';
import { findPods, findPolicies, getLand, hasForeignPolicies } from '../../model/network/view';
import { readPodAccount } from '../service-account/_account';
import { toFreeName } from './_default-deny-fixes';
import { toDefaultDenyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { DNS_PEER, DNS_PORTS } from './_policies';

/** Where the agent of EKS Pod Identity answers on each node (EKS user guide, "Pod Identity Agent"). */
const AGENT = { address: '169.254.170.23', port: { protocol: 'TCP', port: 80 } };

const CLUSTER = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: main, region: eu-west-1 }
iam:
  podIdentityAssociations:
    - namespace: shop
      serviceAccountName: uploader
      roleARN: arn:aws:iam::111122223333:role/uploader
`;
const POD = toWorkload('upload', { spec: 'serviceAccountName: uploader\n' });

export default defineRule({
  id: 'pod-identity-agent-blocked',
  category: 'network',
  title: 'No way to the agent of EKS Pod Identity',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/pod-identity', 'k8s/network-policies'],
  docs: {
    what: "A pod's ServiceAccount has an IAM role by EKS Pod Identity, and the network policies that isolate the pod for egress do not allow 169.254.170.23 at port 80.",
    why: 'The SDK asks an agent on the node for credentials, at that address. Where policies stop it, every call to AWS fails, and the error speaks of credentials.',
    remedy: 'Allow egress to 169.254.170.23/32 at TCP 80 (and to [fd00:ec2::23] in clusters with IPv6).',
    flags: toFile(CLUSTER, POD, toDefaultDenyExample('[Egress]')),
    passes: toFile(CLUSTER, POD, toDefaultDenyExample('[Ingress]')),
  },
  visit: {
    *pod(pod, context) {
      const { workspace, uri, document } = context;
      const { resource } = pod;
      const account = readPodAccount(pod);
      if (!account || pod.isFragment || account.namespace === undefined) return;
      const [association] = workspace.find('pod-identity', toSubject({ ...account, namespace: account.namespace }));
      const land = getLand(resource.namespace, uri, workspace);
      if (!association || hasForeignPolicies(land, context)) return;
      const path = resource.root.path.join('/');
      const own = findPods(land, workspace).find(
        ({ known: { place } }) => place.document === document && place.path.join('/') === path,
      );
      const policies = findPolicies(land, workspace);
      if (!own || isPermitted(policies, 'Egress', own, AGENT, AGENT.port) !== false) return;
      const { name, namespace, labels } = own.known.value;
      const taken = new Set(policies.flatMap(({ known }) => known.value.name ?? []));
      const egress: PlainValue[] = [{ to: [{ ipBlock: { cidr: `${AGENT.address}/32` } }], ports: [AGENT.port] }];
      if (!canAskDns(own, policies)) egress.push({ to: [DNS_PEER], ports: DNS_PORTS });
      const value: PlainValue = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: {
          name: toFreeName(`allow-${name ?? 'pods'}-to-pod-identity`, taken),
          ...(namespace && { namespace }),
        },
        spec: {
          podSelector: { matchLabels: labels.values },
          policyTypes: ['Egress'],
          egress,
        },
      };
      yield {
        at: account.at,
        message: `${describeResource(resource)} runs as "${account.name}", which has an IAM role by EKS Pod Identity, but no policy lets its pods reach the agent at ${AGENT.address}: they cannot get credentials.`,
        related: [{ place: association.place, message: 'The role is associated here.' }],
        fixes:
          Object.keys(labels.values).length === 0
            ? []
            : [
                {
                  title: `Add a policy that lets "${name}" reach the agent`,
                  safety: 'unsafe',
                  operations: [{ op: 'insertDocument', after: resource.root, value }],
                },
              ],
      };
    },
  },
});
