import { isExempt } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import { getEffective, getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import { toHardenedPod, toPlainPod } from './_example';
import { describeOwner } from './_words';

/** A user that owns nothing on a node. */
const PLAIN_USER = 10001;

export default defineRule({
  id: 'run-as-root-user',
  category: 'pod-security',
  title: 'Root user asked for',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'runAsUser',
  standards: ['pss/restricted/runAsUser', 'cis/5.2.7', 'nsa/non-root-containers'],
  docs: {
    what: 'A pod or a container sets `runAsUser: 0`.',
    why: 'The number 0 is root, for the kernel as well. Many ways out of a container work only for root. Beside `runAsNonRoot: true` the container does not even start.',
    remedy:
      'Remove the field when the image brings a user of its own, or name that user by number. The files that the program writes must belong to it; `fsGroup` does that for volumes. A pod-level 0 is a fault even where every container overrides it.',
    flags: toPlainPod({ podSecurity: 'runAsNonRoot: true', security: 'runAsUser: 0' }),
    passes: toHardenedPod({ security: 'runAsUser: 10001' }),
  },
  visit: {
    *pod(pod, { check }) {
      if (isExempt(pod, check)) return;
      for (const { ref, container } of getSecurityContexts(pod)) {
        const at = ref.get('runAsUser');
        if (!at.isPresent || at.number !== check.data.forbiddenUser) continue;
        const nonRoot = container ? getEffective(container, 'runAsNonRoot') : ref.get('runAsNonRoot');
        const outcome = nonRoot.boolean === true ? ' With runAsNonRoot: true it will not start.' : '';
        yield {
          at,
          message: `${describeOwner(pod, container)} runs as root (runAsUser: ${at.written}).${outcome}`,
          fixes: [
            {
              title: 'Remove runAsUser, so that the user of the image counts',
              safety: 'unsafe',
              operations: [{ op: 'remove', at, upTo: 1 }],
            },
            {
              title: `Set runAsUser: ${PLAIN_USER}`,
              safety: 'unsafe',
              operations: [{ op: 'set', at, value: PLAIN_USER }],
            },
          ],
        };
      }
    },
  },
});
