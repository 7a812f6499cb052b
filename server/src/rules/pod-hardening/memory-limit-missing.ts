import { defineRule } from '../../engine/rule';
import { toHardenedPod } from '../pod-security/_example';
import { findMissingAmount } from './_resources';

export default defineRule({
  id: 'memory-limit-missing',
  category: 'pod-hardening',
  title: 'No memory limit',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['nsa/resource-policies', 'k8s/container-resources'],
  docs: {
    what: 'A container has no memory limit.',
    why: 'A container without a limit can take the memory of its node until the kernel kills programs, and it need not be the guilty one that dies. A leak or a flood of requests in one pod then harms all of them.',
    remedy:
      'Set `resources.limits.memory` a little above what the program needs at its peak; a container that goes beyond is killed and started again. The amount in the fix is a start, not a measurement. A LimitRange of the namespace can also set a default.',
    flags: toHardenedPod().replace('        limits:\n          memory: 128Mi\n', ''),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container, { workspace }) {
      yield* findMissingAmount(
        container,
        workspace,
        { kind: 'limits', resource: 'memory' },
        '256Mi',
        'it can take all memory of its node',
      );
    },
  },
});
