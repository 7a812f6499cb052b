import { isExempt } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from './_example';
import { findUnmaskedProc } from './_proc-mount';

export default defineRule({
  id: 'proc-mount-not-default',
  category: 'pod-security',
  title: 'Unmasked /proc, restricted',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'procMount_restricted',
  standards: ['pss/restricted/procMount_restricted'],
  docs: {
    what: 'A container sets `procMount` to something else than `Default`, at level `restricted`.',
    why: 'Runtimes hide the parts of `/proc` that tell about the node or change it. The baseline level forgives this to pods in a user namespace of their own; the restricted level, from Kubernetes 1.35 on, does not.',
    remedy: 'Remove the field. What needs an unmasked `/proc` belongs in a namespace at level `baseline`.',
    flags: toPlainPod({ spec: 'hostUsers: false', security: 'procMount: Unmasked' }),
    passes: toHardenedPod({ security: 'procMount: Default' }),
  },
  visit: {
    *container(container, { check }) {
      if (!isExempt(container.pod, check)) yield* findUnmaskedProc(container, check.data.allowedValues);
    },
  },
});
