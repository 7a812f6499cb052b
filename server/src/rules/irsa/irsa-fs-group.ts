import { defineRule } from '../../engine/rule';
import { describeOwner } from '../pod-security/_words';
import { toPodExample } from './_pod-example';
import { findRoleOfPod } from './_pod-role';

/** Since 1.19 the kubelet makes the file of a token readable to the user that runs the container. */
const MENDED = 19;

export default defineRule({
  id: 'irsa-fs-group',
  category: 'irsa',
  title: 'Token that a plain user cannot read',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  isDefault: false,
  standards: ['aws/irsa-pod-configuration'],
  docs: {
    what: 'A pod with an IAM role runs as a user that is not root, without `fsGroup`, on Kubernetes before 1.19.',
    why: 'There the file of the token belongs to root and no one else can read it, so the SDK gets no credentials.',
    remedy: 'Set `fsGroup` in the security context of the pod. Clusters from 1.19 on need nothing.',
    flags: toPodExample({ spec: 'securityContext:\n  runAsUser: 1000\n' }),
    passes: toPodExample({ spec: 'securityContext:\n  runAsUser: 1000\n  fsGroup: 1000\n' }),
    settings: { kubernetesMinor: 18 },
  },
  visit: {
    *pod(pod, context) {
      if (context.settings.kubernetesMinor >= MENDED || pod.isFragment) return;
      const { securityContext } = pod;
      const at = securityContext.get('fsGroup');
      const user = securityContext.get('runAsUser').number;
      const isPlain = (user !== undefined && user > 0) || securityContext.get('runAsNonRoot').boolean === true;
      if (!at.isAbsent || !isPlain || !findRoleOfPod(pod, context)) return;
      const value = user !== undefined && user > 0 ? user : 65_534;
      yield {
        at,
        message: `${describeOwner(pod, undefined)} runs as a plain user without fsGroup, so before Kubernetes 1.19 it cannot read the token for its role.`,
        fixes: [{ title: `Set fsGroup: ${value}`, safety: 'unsafe', operations: [{ op: 'set', at, value }] }],
      };
    },
  },
});
