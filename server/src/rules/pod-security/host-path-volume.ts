import { defineRule } from '../../engine/rule';
import { describeVolume, getVolumes } from '../../model/kubernetes/pod-volumes';
import { inNamespace, toHardenedPod, toPlainPod } from './_example';
import { toEmptyDirFix, toVolumeRemoval } from './_volumes';
import { describeOwner } from './_words';

export default defineRule({
  id: 'host-path-volume',
  category: 'pod-security',
  title: 'Path of the node mounted',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'hostPathVolumes',
  standards: ['pss/baseline/hostPathVolumes', 'cis/5.2.11', 'nsa/pod-security'],
  docs: {
    what: 'A pod has a `hostPath` volume.',
    why: 'A path of the node shows the pod files of the node and of other pods, credentials of the kubelet and sockets of the runtime among them, and a writable one lets it change them. At level `restricted` the stricter rule `restricted-volume-type` takes the place of this one.',
    remedy:
      'Use an `emptyDir` for scratch space, a PersistentVolumeClaim for data that stays, a ConfigMap, Secret or projected volume for configuration. Agents that read the node belong in a namespace at level `privileged` of their own.',
    flags: inNamespace(
      'baseline',
      'v1.37',
      toPlainPod({ spec: 'volumes:\n  - name: logs\n    hostPath:\n      path: /var/log/web' }),
    ),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      for (const volume of getVolumes(pod)) {
        const at = volume.ref.get('hostPath');
        if (!at.isPresent) continue;
        const path = at.get('path').string;
        yield {
          at,
          message: `${describeOwner(pod, undefined)} mounts ${path === undefined ? 'a path' : `"${path}"`} of its node (hostPath) as ${describeVolume(volume)}.`,
          fixes: [toEmptyDirFix(volume, at), toVolumeRemoval(pod, volume)].filter((fix) => fix !== undefined),
        };
      }
    },
  },
});
