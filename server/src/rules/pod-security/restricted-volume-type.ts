import { defineRule } from '../../engine/rule';
import { describeVolume, getVolumes } from '../../model/kubernetes/pod-volumes';
import { toHardenedPod, toPlainPod } from './_example';
import { toClaimFix, toEmptyDirFix, toVolumeRemoval } from './_volumes';
import { describeOwner } from './_words';

export default defineRule({
  id: 'restricted-volume-type',
  category: 'pod-security',
  title: 'Volume type not allowed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'restrictedVolumes',
  standards: ['pss/restricted/restrictedVolumes', 'cis/5.2.11', 'k8s/volumes'],
  docs: {
    what: 'A pod has a volume of a type that the restricted level does not allow.',
    why: 'The allowed types hold data of the cluster or of the pod itself. Others reach the node (`hostPath`) or a storage system with the rights of the node (`nfs`, `iscsi`, the old cloud disks), which a pod should get only through a PersistentVolumeClaim, where an administrator decides.',
    remedy:
      'Use one of `configMap`, `csi`, `downwardAPI`, `emptyDir`, `ephemeral`, `image`, `persistentVolumeClaim`, `projected` and `secret`. A claim that a fix writes has to exist or be written too; what stood in the volume does not move by itself.',
    flags: toPlainPod({ spec: 'volumes:\n  - name: logs\n    hostPath:\n      path: /var/log/web' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod, { check }) {
      for (const volume of getVolumes(pod)) {
        const [first] = volume.sources;
        if (
          !first ||
          volume.sources.some(({ type, ref }) => ref.isUnknown || check.data.allowedSources.includes(type))
        ) {
          continue;
        }
        const { type, ref } = first;
        const path = ref.get('path').string;
        const isHostPath = type === 'hostPath';
        const what = isHostPath && path ? `"${path}" of its node (hostPath)` : type;
        yield {
          at: ref,
          severity: isHostPath ? 'error' : 'warning',
          message: `${describeOwner(pod, undefined)} uses ${what} for ${describeVolume(volume)}, a type that the restricted level does not allow.`,
          fixes: [
            isHostPath ? toEmptyDirFix(volume, ref) : toClaimFix(volume, ref),
            isHostPath ? toClaimFix(volume, ref) : toEmptyDirFix(volume, ref),
            toVolumeRemoval(pod, volume),
          ].filter((fix) => fix !== undefined),
        };
      }
    },
  },
});
