import { isExempt } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import { inNamespace, toHardenedPod, toPlainPod } from './_example';
import { findUnmaskedProc } from './_proc-mount';

export default defineRule({
  id: 'proc-mount-unmasked',
  category: 'pod-security',
  title: 'Unmasked /proc',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'procMount',
  standards: ['pss/baseline/procMount'],
  docs: {
    what: 'A container sets `procMount` to something else than `Default`.',
    why: 'Runtimes hide the parts of `/proc` that tell about the node or change it. `procMount: Unmasked` shows them all. From Kubernetes 1.35 on, the baseline level admits it for pods in a user namespace of their own (`hostUsers: false`), where root is not root of the node.',
    remedy: 'Remove the field. Containers that run containers should also set `hostUsers: false`.',
    flags: inNamespace('baseline', 'v1.37', toPlainPod({ security: 'procMount: Unmasked' })),
    passes: toHardenedPod({ security: 'procMount: Default' }),
  },
  visit: {
    *container(container, { check }) {
      if (!isExempt(container.pod, check)) yield* findUnmaskedProc(container, check.data.allowedValues);
    },
  },
});
