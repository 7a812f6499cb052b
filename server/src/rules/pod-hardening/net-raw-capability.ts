import type { Operation } from '../../engine/operation';
import { isJudgedBy } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { isMeantForWindows } from '../../model/kubernetes/pod-inheritance';
import { inNamespace, toHardenedPod, toPlainPod } from '../pod-security/_example';

export default defineRule({
  id: 'net-raw-capability',
  category: 'pod-hardening',
  title: 'NET_RAW kept',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.2.8', 'cis/5.2.9'],
  docs: {
    what: 'A container keeps the capability `NET_RAW`: it drops neither `ALL` nor `NET_RAW`. Only for pods that are not judged by the restricted level, which demands more.',
    why: 'Runtimes give `NET_RAW` to every container. With it a program makes packets by hand: it can pose as another pod or as the DNS server, and read what was not meant for it.',
    remedy:
      'Drop `ALL`. Few programs need the capability; even `ping` works without it on nodes whose kernel allows unprivileged ICMP sockets.',
    flags: inNamespace('baseline', 'v1.37', toPlainPod({ security: 'allowPrivilegeEscalation: false' })),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container, context) {
      const drop = container.securityContext.get('capabilities', 'drop');
      const items = drop.items();
      if (drop.isUnknown || items.some((item) => item.isUnknown || /^(CAP_)?(ALL|NET_RAW)$/i.test(item.string ?? '')))
        return;
      if (isMeantForWindows(container.pod) || isJudgedBy(container.pod, 'capabilities_restricted', context)) return;
      const operation: Operation =
        drop.isPresent && !drop.isSequence
          ? { op: 'set', at: drop, value: ['ALL'] }
          : { op: 'append', at: drop, value: 'ALL' };
      yield {
        at: drop,
        message: `The ${describeContainer(container)} keeps NET_RAW, with which it can forge packets: it drops neither ALL nor NET_RAW.`,
        fixes: [
          { title: 'Drop ALL capabilities', safety: 'safe', operations: [operation] },
          ...(drop.isPresent && !drop.isSequence
            ? []
            : [
                {
                  title: 'Drop NET_RAW',
                  safety: 'safe' as const,
                  operations: [{ op: 'append' as const, at: drop, value: 'NET_RAW' }],
                },
              ]),
        ],
      };
    },
  },
});
