import { defineRule } from '../../engine/rule';
import { getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import { getSelinuxTypeAllowedSince } from '../../standards/pss';
import { toHardenedPod, toPlainPod } from './_example';
import { describeOwner } from './_words';

export default defineRule({
  id: 'selinux-options-forbidden',
  category: 'pod-security',
  title: 'SELinux options changed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'seLinuxOptions',
  standards: ['pss/baseline/seLinuxOptions', 'k8s/security-context'],
  docs: {
    what: 'A pod or a container sets an SELinux `type` that is no container type, or a `user` or `role`.',
    why: 'On nodes with SELinux the type decides what a container may touch. `spc_t` and its like are confined by nothing, and another user or role is a way around the policy.',
    remedy:
      'Remove the field. `level` is free to set, and so are the types `container_t`, `container_init_t`, `container_kvm_t` and, from Kubernetes 1.31 on, `container_engine_t`.',
    flags: toPlainPod({ podSecurity: 'seLinuxOptions:\n  type: spc_t' }),
    passes: toHardenedPod({ podSecurity: 'seLinuxOptions:\n  level: s0:c123,c456' }),
  },
  visit: {
    *pod(pod, { check }) {
      for (const { ref, container } of getSecurityContexts(pod)) {
        for (const field of ['type', 'user', 'role']) {
          const at = ref.get('seLinuxOptions', field);
          if (!at.isPresent || !at.string) continue;
          const isType = field === 'type';
          if (isType && check.data.allowedTypes.includes(at.string)) continue;
          const since = isType ? getSelinuxTypeAllowedSince(at.string) : undefined;
          const more = since === undefined ? '' : ` It is allowed from v1.${since} on.`;
          yield {
            at,
            message: `${describeOwner(pod, container)} sets the SELinux ${field} "${at.string}", which takes it out of the confinement of containers.${more}`,
            fixes: [
              {
                title: `Remove the SELinux ${field}`,
                safety: 'unsafe',
                operations: [{ op: 'remove', at, upTo: 1 }],
              },
            ],
          };
        }
      }
    },
  },
});
