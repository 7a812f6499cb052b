import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from './_example';

export default defineRule({
  id: 'privileged-container',
  category: 'pod-security',
  title: 'Privileged container',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'privileged',
  standards: ['pss/baseline/privileged', 'cis/5.2.2', 'nsa/pod-security'],
  docs: {
    what: 'A container sets `privileged: true`.',
    why: 'A privileged container has every capability, sees all devices of the node, and runs without seccomp, AppArmor and SELinux. Whoever breaks into it owns the node, and with it every pod that runs there.',
    remedy:
      'Remove the field or set it to `false`. A program that needs one thing of the node usually needs one capability, one device plugin or one DaemonSet written for it, not all of them. The fix is not applied by fix-all, because such a program stops working until it has what it needs.',
    flags: toPlainPod({ security: 'privileged: true' }),
    passes: toHardenedPod({ security: 'privileged: false' }),
  },
  visit: {
    *container(container) {
      const at = container.securityContext.get('privileged');
      if (at.boolean !== true) return;
      yield {
        at,
        message: `The ${describeContainer(container)} is privileged (privileged: ${at.written}): it has full control of its node.`,
        fixes: [
          { title: 'Set privileged: false', safety: 'unsafe', operations: [{ op: 'set', at, value: false }] },
          { title: 'Remove privileged', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] },
        ],
      };
    },
  },
});
