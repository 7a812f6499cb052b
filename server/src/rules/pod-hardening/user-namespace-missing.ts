import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';

/** The minor from which user namespaces are on without a feature gate. */
const AVAILABLE_SINCE = 33;

export default defineRule({
  id: 'user-namespace-missing',
  category: 'pod-hardening',
  title: 'No user namespace',
  severity: 'info',
  confidence: 'low',
  fixable: 'always',
  isDefault: false,
  standards: ['k8s/user-namespaces'],
  docs: {
    what: 'A pod does not set `hostUsers: false`.',
    why: 'In a user namespace of its own, root of the container is nobody on the node, so that most ways out of a container lead nowhere.',
    remedy:
      'Set `hostUsers: false` where nodes and volumes allow it: it needs Linux 6.3, a runtime that knows it, and no namespace of the node in the pod. The rule is off until it is switched on.',
    flags: toPlainPod({}),
    passes: toHardenedPod({ spec: 'hostUsers: false' }),
  },
  visit: {
    *pod(pod, { settings }) {
      const at = pod.spec.get('hostUsers');
      if (settings.kubernetesMinor < AVAILABLE_SINCE || at.isUnknown || at.boolean === false) return;
      // The API server refuses the two together.
      if (['hostNetwork', 'hostPID', 'hostIPC'].some((field) => pod.spec.get(field).boolean === true)) return;
      yield {
        at,
        message: `${describeOwner(pod, undefined)} shares the user namespace of its node: hostUsers is not set to false.`,
        fixes: [
          {
            title: 'Set hostUsers: false',
            safety: 'unsafe',
            operations: [{ op: 'set', at, value: false }],
            // The standard allows root then, so that what it says of a user 0 no longer stands for the contradiction.
            reveals: ['contradictory-security-context'],
          },
        ],
      };
    },
  },
});
