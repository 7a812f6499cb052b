import { defineRule } from '../../engine/rule';
import { toHardenedPod } from '../pod-security/_example';
import { findMissingAmount } from './_resources';

export default defineRule({
  id: 'ephemeral-storage-limit-missing',
  category: 'pod-hardening',
  title: 'No limit for ephemeral storage',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  isDefault: false,
  standards: ['nsa/resource-policies', 'k8s/container-resources'],
  docs: {
    what: 'A container has no limit for ephemeral storage.',
    why: 'Logs, the writable layer and `emptyDir` volumes of a container lie on the disk of its node. When that is full, the kubelet evicts pods, not only the guilty one.',
    remedy:
      'Set `resources.limits.ephemeral-storage`; a pod that goes beyond is evicted alone. The amount in the fix is a start, not a measurement.',
    flags: toHardenedPod(),
    passes: toHardenedPod().replace('limits:\n', 'limits:\n          ephemeral-storage: 1Gi\n'),
  },
  visit: {
    *container(container, { workspace }) {
      yield* findMissingAmount(
        container,
        workspace,
        { kind: 'limits', resource: 'ephemeral-storage' },
        '1Gi',
        'its logs and files can fill the disk of its node',
      );
    },
  },
});
