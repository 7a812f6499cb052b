import { defineRule } from '../../engine/rule';
import { getSysctlAllowedSince } from '../../standards/pss';
import { toHardenedPod, toPlainPod } from './_example';
import { describeOwner } from './_words';

export default defineRule({
  id: 'unsafe-sysctl',
  category: 'pod-security',
  title: 'Unsafe sysctl',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'sysctls',
  standards: ['pss/baseline/sysctls', 'k8s/sysctls'],
  docs: {
    what: 'A pod sets a sysctl that is not on the list of safe ones of its Kubernetes version.',
    why: 'A sysctl is a switch of the kernel. The safe ones change the pod only; others change the node for every pod on it, or can exhaust it. The kubelet refuses a pod with an unsafe sysctl unless it was told to allow it.',
    remedy:
      'Remove the entry, or set the value on the node. The list grows with Kubernetes versions; the message says when a later version allows the name. Names are compared as written, with dots.',
    flags: toPlainPod({ podSecurity: 'sysctls:\n  - name: kernel.msgmax\n    value: "65536"' }),
    passes: toHardenedPod({ podSecurity: 'sysctls:\n  - name: net.ipv4.tcp_syncookies\n    value: "1"' }),
  },
  visit: {
    *pod(pod, { check }) {
      for (const sysctl of pod.securityContext.get('sysctls').items()) {
        const at = sysctl.get('name');
        if (!at.isPresent || at.string === undefined || check.data.allowedNames.includes(at.string)) continue;
        const dotted = at.string.replaceAll('/', '.');
        const since = getSysctlAllowedSince(at.string);
        const more =
          since !== undefined
            ? ` It is allowed from v1.${since} on.`
            : check.data.allowedNames.includes(dotted)
              ? ` With dots, as ${dotted}, it would be allowed.`
              : '';
        yield {
          at,
          message: `${describeOwner(pod, undefined)} sets the sysctl "${at.string}", which is not on the list of safe ones.${more}`,
          fixes: [
            {
              title: `Remove the sysctl ${at.string}`,
              safety: 'unsafe',
              operations: [{ op: 'remove', at: sysctl, upTo: 1 }],
            },
          ],
        };
      }
    },
  },
});
