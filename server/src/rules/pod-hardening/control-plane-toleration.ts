import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';

const CONTROL_PLANE: ReadonlySet<string> = new Set([
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/master',
]);

export default defineRule({
  id: 'control-plane-toleration',
  category: 'pod-hardening',
  title: 'Control plane tolerated',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['nsa/hardened-environments'],
  docs: {
    what: 'A workload other than a DaemonSet tolerates the taint of control-plane nodes, or every taint.',
    why: 'Control-plane nodes hold the keys of the cluster and its data. A pod that is broken into there is one step from all of it.',
    remedy: 'Remove the toleration. Parts of the cluster itself need it; switch the rule off for their namespace.',
    flags: toPlainPod({ spec: 'tolerations:\n  - key: node-role.kubernetes.io/control-plane\n    operator: Exists' }),
    passes: toHardenedPod({ spec: 'tolerations:\n  - key: gpu\n    operator: Exists' }),
  },
  visit: {
    *pod(pod) {
      // A DaemonSet looks after every node, those of the control plane too.
      if (pod.resource.kind === 'DaemonSet') return;
      for (const toleration of pod.spec.get('tolerations').items()) {
        const key = toleration.get('key');
        // The taint of control-plane nodes keeps pods from being scheduled; one toleration may speak of other effects only.
        const effect = toleration.get('effect');
        if (effect.isUnknown || (effect.string ?? 'NoSchedule') !== 'NoSchedule') continue;
        const isForAll = (key.isAbsent || key.string === '') && toleration.get('operator').string === 'Exists';
        if (!isForAll && !CONTROL_PLANE.has(key.string ?? '')) continue;
        const what = isForAll ? 'every taint' : `the taint "${key.string}"`;
        yield {
          at: isForAll ? toleration : key,
          message: `${describeOwner(pod, undefined)} tolerates ${what}, so that it may run on control-plane nodes.`,
          fixes: [
            {
              title: 'Remove the toleration',
              safety: 'unsafe',
              operations: [{ op: 'remove', at: toleration, upTo: 1 }],
            },
          ],
        };
      }
    },
  },
});
