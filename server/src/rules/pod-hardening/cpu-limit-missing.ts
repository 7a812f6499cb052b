import { defineRule } from '../../engine/rule';
import { toHardenedPod } from '../pod-security/_example';
import { findMissingAmount } from './_resources';

export default defineRule({
  id: 'cpu-limit-missing',
  category: 'pod-hardening',
  title: 'No CPU limit',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  isDefault: false,
  standards: ['nsa/resource-policies', 'k8s/container-resources'],
  docs: {
    what: 'A container has no CPU limit.',
    why: 'A container without a CPU limit can use all that is idle on its node. Many find that right, as requests already share the CPU fairly, and limits slow programs down; this rule is off until it is switched on.',
    remedy:
      'Set `resources.limits.cpu`, for instance where the cost of CPU is shared by tenants. The amount in the fix is a start, not a measurement.',
    flags: toHardenedPod(),
    passes: toHardenedPod().replace('limits:\n', 'limits:\n          cpu: 500m\n'),
  },
  visit: {
    *container(container, { workspace }) {
      yield* findMissingAmount(
        container,
        workspace,
        { kind: 'limits', resource: 'cpu' },
        '500m',
        'it can take all idle CPU of its node',
      );
    },
  },
});
