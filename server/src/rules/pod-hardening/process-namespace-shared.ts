import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';

export default defineRule({
  id: 'process-namespace-shared',
  category: 'pod-hardening',
  title: 'Processes shared between containers',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/security-context'],
  docs: {
    what: 'A pod sets `shareProcessNamespace: true`.',
    why: 'Its containers see the processes of each other, and through `/proc` their environment, open files and root filesystems. Whoever breaks into a sidecar is in the program beside it too.',
    remedy:
      'Remove the field. To look into a running container, an ephemeral container with `kubectl debug --target` needs no shared namespace.',
    flags: toPlainPod({ spec: 'shareProcessNamespace: true' }),
    passes: toHardenedPod({ spec: 'shareProcessNamespace: false' }),
  },
  visit: {
    *pod(pod) {
      const at = pod.spec.get('shareProcessNamespace');
      if (at.boolean !== true) return;
      yield {
        at,
        message: `${describeOwner(pod, undefined)} lets its containers see the processes of each other (shareProcessNamespace: ${at.written}).`,
        fixes: [{ title: 'Remove shareProcessNamespace', safety: 'unsafe', operations: [{ op: 'remove', at }] }],
      };
    },
  },
});
