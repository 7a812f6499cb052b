import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { findLowIds } from './_low-id';

export default defineRule({
  id: 'low-uid',
  category: 'pod-hardening',
  title: 'Low user id',
  severity: 'info',
  confidence: 'low',
  fixable: 'always',
  isDefault: false,
  standards: ['nsa/non-root-containers', 'k8s/security-context'],
  docs: {
    what: 'A pod or a container sets `runAsUser` to a number below 10000.',
    why: 'A program that leaves its container keeps its number, and on the node it is then whoever has that number there. High numbers belong to nobody.',
    remedy:
      'Choose a number from 10000 on that no other workload has, and let the image’s files belong to it. The rule is off until it is switched on.',
    flags: toPlainPod({ podSecurity: 'runAsUser: 999' }),
    passes: toHardenedPod({ security: 'runAsUser: 10001' }),
  },
  visit: {
    *pod(pod) {
      yield* findLowIds(pod, 'runAsUser', 'user');
    },
  },
});
