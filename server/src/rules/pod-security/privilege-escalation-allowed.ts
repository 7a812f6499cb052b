import type { Fix, Operation } from '../../engine/operation';
import { isExempt } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from './_example';
import { toFixesFor } from './_windows';
import { describeWrongType } from './_words';

export default defineRule({
  id: 'privilege-escalation-allowed',
  category: 'pod-security',
  title: 'Privilege escalation allowed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'allowPrivilegeEscalation',
  standards: ['pss/restricted/allowPrivilegeEscalation', 'cis/5.2.6', 'nsa/pod-security'],
  docs: {
    what: 'A container does not set `allowPrivilegeEscalation: false`.',
    why: 'Unless it is set to `false`, a program in the container can gain more rights than it was started with, for example through a setuid binary. An attacker who gets in uses exactly that to become root.',
    remedy:
      'Set `securityContext.allowPrivilegeEscalation: false` on every container. There is no pod-level field for it. A program that really calls `sudo` or a setuid helper will fail and should be changed. The API server refuses the field beside `privileged: true`, so that in a privileged container both have to go.',
    flags: toPlainPod({ security: 'allowPrivilegeEscalation: true' }),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container, { check }) {
      if (isExempt(container.pod, check)) return;
      const at = container.securityContext.get('allowPrivilegeEscalation');
      if (at.isUnknown || at.boolean === false) return;
      const who = describeContainer(container);
      yield {
        at,
        severity: at.isPresent ? 'error' : 'warning',
        message: !at.isPresent
          ? `The ${who} may escalate privileges: allowPrivilegeEscalation is not set to false.`
          : at.boolean === true
            ? `The ${who} allows privilege escalation (allowPrivilegeEscalation: ${at.written}).`
            : `The ${who} ${describeWrongType('allowPrivilegeEscalation', at, 'a boolean')}`,
        fixes: toFixesFor(container.pod, check, [toFix(container)]),
      };
    },
  },
});

/** The API server refuses `false` beside privileged: true and beside CAP_SYS_ADMIN, so that the fix takes these away too. */
function toFix({ securityContext }: Container): Fix {
  const operations: Operation[] = [{ op: 'set', at: securityContext.get('allowPrivilegeEscalation'), value: false }];
  const names = ['allowPrivilegeEscalation: false'];
  const privileged = securityContext.get('privileged');
  if (privileged.boolean === true) {
    operations.push({ op: 'set', at: privileged, value: false });
    names.push('privileged: false');
  }
  const added = securityContext.get('capabilities', 'add').items();
  const admin = added.filter((item) => item.string === 'CAP_SYS_ADMIN');
  for (const at of admin) operations.push({ op: 'remove', at, upTo: 1 });
  const title = `Set ${names.join(' and ')}${admin.length > 0 ? ', remove CAP_SYS_ADMIN' : ''}`;
  return { title, safety: operations.length === 1 ? 'safe' : 'unsafe', operations };
}
