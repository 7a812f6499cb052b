import { defineRule } from '../../engine/rule';
import { toHardenedPod } from '../pod-security/_example';
import { findMissingAmount, getAmount } from './_resources';

export default defineRule({
  id: 'memory-request-missing',
  category: 'pod-hardening',
  title: 'No memory request',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  // Where neither is set, memory-limit-missing says so already, and its fix mends both.
  isDefault: false,
  standards: ['nsa/resource-policies', 'k8s/container-resources'],
  docs: {
    what: 'A container has no memory request, and no limit that would stand in for it.',
    why: 'The scheduler places pods by their requests. A container without one is put on any node, however full, and is the first to be killed when memory runs out there.',
    remedy:
      'Set `resources.requests.memory` to what the program needs in ordinary times. Where only a limit is set, the API server takes it for the request as well. The rule is off until it is switched on, because `memory-limit-missing` speaks of the same containers. The amount in the fix is a start, not a measurement.',
    flags: toHardenedPod().replace(/ {10}memory: 128Mi\n/g, ''),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container, { workspace }) {
      if (!getAmount(container, { kind: 'limits', resource: 'memory' }).isAbsent) return;
      const outcome = 'the scheduler counts it as needing none';
      yield* findMissingAmount(container, workspace, { kind: 'requests', resource: 'memory' }, '128Mi', outcome);
    },
  },
});
