import { defineRule } from '../../engine/rule';
import { toHardenedPod } from '../pod-security/_example';
import { findMissingAmount, getAmount } from './_resources';

export default defineRule({
  id: 'cpu-request-missing',
  category: 'pod-hardening',
  title: 'No CPU request',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['nsa/resource-policies', 'k8s/container-resources'],
  docs: {
    what: 'A container has no CPU request, and no limit that would stand in for it.',
    why: 'The scheduler places pods by their requests. A container without one is put on any node, however busy, and is the first to starve there.',
    remedy:
      'Set `resources.requests.cpu` to what the program needs in ordinary times. The amount in the fix is a start, not a measurement.',
    flags: toHardenedPod().replace('          cpu: 100m\n', ''),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container, { workspace }) {
      if (!getAmount(container, { kind: 'limits', resource: 'cpu' }).isAbsent) return;
      yield* findMissingAmount(
        container,
        workspace,
        { kind: 'requests', resource: 'cpu' },
        '100m',
        'the scheduler counts it as needing none',
      );
    },
  },
});
