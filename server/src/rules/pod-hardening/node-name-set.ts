import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';

export default defineRule({
  id: 'node-name-set',
  category: 'pod-hardening',
  title: 'Node chosen past the scheduler',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/container-resources'],
  docs: {
    what: 'A pod sets `nodeName`.',
    why: 'The scheduler is passed over, and with it taints of the effect `NoSchedule`, affinities between pods and the search for free capacity: the pod lands on the named node even if that is a control-plane node. Where that node is full the kubelet refuses the pod, and where it is gone the pod never runs.',
    remedy: 'Remove the field; use `nodeSelector` or an affinity to choose among nodes.',
    flags: toPlainPod({ spec: 'nodeName: node-1' }),
    passes: toHardenedPod({ spec: 'nodeSelector:\n  disk: fast' }),
  },
  visit: {
    *pod(pod) {
      const at = pod.spec.get('nodeName');
      // A Pod that was read from a cluster has been scheduled already.
      if (!at.isPresent || !at.string || pod.resource.root.get('status').isWritten) return;
      yield {
        at,
        message: `${describeOwner(pod, undefined)} is put on the node "${at.string}" past the scheduler (nodeName).`,
        fixes: [{ title: 'Remove nodeName', safety: 'unsafe', operations: [{ op: 'remove', at }] }],
      };
    },
  },
});
