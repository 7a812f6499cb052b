import { defineRule } from '../../engine/rule';
import { describeOwner } from '../pod-security/_words';
import { toPodExample } from './_pod-example';
import { findRoleOfPod } from './_pod-role';

export default defineRule({
  id: 'irsa-host-network',
  category: 'irsa',
  title: 'Pod with a role keeps that of the node too',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/eks-identity-best-practices'],
  docs: {
    what: 'A pod whose ServiceAccount has an IAM role is on the network of its node (`hostNetwork: true`).',
    why: 'From there it reaches the metadata service, however few hops that allows, and can take the role of the node beside its own. Network policies do not hold it either.',
    remedy:
      'Remove `hostNetwork` unless the pod configures the network of the node, as a CNI plugin does. A note and no warning, because the pods that have both a role and the network of the node are mostly of that kind.',
    flags: toPodExample({ spec: 'hostNetwork: true\n' }),
    passes: toPodExample({}),
  },
  visit: {
    *pod(pod, context) {
      const at = pod.spec.get('hostNetwork');
      if (at.boolean !== true || !findRoleOfPod(pod, context)) return;
      yield {
        at,
        message: `${describeOwner(pod, undefined)} has an IAM role of its own, but on the network of the node it can take the node's role too.`,
        fixes: [{ title: 'Remove hostNetwork', safety: 'unsafe', operations: [{ op: 'remove', at }] }],
      };
    },
  },
});
