import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { findPods, findPolicies, getLand, hasForeignPolicies } from '../../model/network/view';
import { findAccounts, readPodAccount } from '../service-account/_account';
import { toDefaultDenyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { isCallBlocked, toStsPolicyFix, usesProxy } from './_sts';

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: uploader
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/uploader
`;

const POD = toWorkload('upload', { spec: 'serviceAccountName: uploader\n' });

export default defineRule({
  id: 'irsa-sts-blocked',
  category: 'network',
  title: 'No way to AWS for a pod with an IAM role',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/irsa', 'k8s/network-policies'],
  docs: {
    what: "A pod's ServiceAccount has an IAM role, and the network policies that isolate the pod for egress allow no HTTPS to any address.",
    why: 'Before the first call to AWS the SDK exchanges its token at STS, over HTTPS at port 443. Where the policies stop that, every call to AWS fails with an error that speaks of credentials.',
    remedy:
      "Allow port 443 to AWS: to the addresses of a VPC endpoint for STS and of the services that are used, or to the internet. Not reported where a policy allows a block of addresses or every destination at 443, where policies of another kind may allow it, or where the pod's environment names a proxy.",
    flags: toFile(ACCOUNT, POD, toDefaultDenyExample('[Egress]')),
    passes: toFile(ACCOUNT, POD, toDefaultDenyExample('[Ingress]')),
  },
  visit: {
    *pod(pod, context) {
      const { workspace, uri, document } = context;
      const account = readPodAccount(pod);
      if (!account || pod.isFragment || usesProxy(pod)) return;
      const role = findAccounts(account, context).find(({ value }) => value.roleArn);
      if (!role) return;
      const { resource } = pod;
      const land = getLand(resource.namespace, uri, workspace);
      const path = resource.root.path.join('/');
      const own = findPods(land, workspace).find(
        ({ known: { place } }) => place.document === document && place.path.join('/') === path,
      );
      if (!own || hasForeignPolicies(land, context)) return;
      const policies = findPolicies(land, workspace);
      if (!isCallBlocked(own, policies)) return;
      yield {
        at: account.at,
        message: `${describeResource(resource)} runs as "${account.name}", which has an IAM role, but its egress is isolated and no policy allows HTTPS to any address: it cannot get credentials from STS.`,
        related: [
          { place: role.place, message: `ServiceAccount "${role.value.name}" has the role ${role.value.roleArn}.` },
        ],
        fixes: toStsPolicyFix(own, policies, resource.root),
      };
    },
  },
});
