import { defineRule } from '../../engine/rule';
import { describeVolume, getVolumes } from '../../model/kubernetes/pod-volumes';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';

export default defineRule({
  id: 'empty-dir-size-limit-missing',
  category: 'pod-hardening',
  title: 'Unlimited emptyDir',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  isDefault: false,
  standards: ['nsa/resource-policies', 'k8s/volumes'],
  docs: {
    what: 'An `emptyDir` volume has no `sizeLimit`.',
    why: 'The volume lies on the disk or in the memory of the node. A program that fills it takes room from every pod there.',
    remedy:
      'Set `emptyDir.sizeLimit`; a pod that goes beyond is evicted alone. The amount in the fix is a start, not a measurement. The rule is off until it is switched on.',
    flags: toPlainPod({ spec: 'volumes:\n  - name: cache\n    emptyDir: {}' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      for (const volume of getVolumes(pod)) {
        const source = volume.ref.get('emptyDir');
        const at = source.get('sizeLimit');
        if (!source.isPresent || !at.isAbsent) continue;
        yield {
          at,
          message: `The emptyDir ${describeVolume(volume)} has no sizeLimit: it can fill the disk of its node.`,
          fixes: [{ title: 'Set sizeLimit: 64Mi', safety: 'unsafe', operations: [{ op: 'set', at, value: '64Mi' }] }],
        };
      }
    },
  },
});
