import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { getMounts } from '../../model/kubernetes/pod-volumes';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { getHostPaths, getSocketKind } from './_host-paths';

/** What stands there is no file or directory, so that read-only means nothing for it. */
const DEVICES: ReadonlySet<string | undefined> = new Set(['Socket', 'CharDevice', 'BlockDevice']);

export default defineRule({
  id: 'writable-host-path',
  category: 'pod-hardening',
  title: 'Writable path of the node',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.2.11', 'nsa/pod-security'],
  docs: {
    what: 'A container mounts a path of its node without `readOnly: true`.',
    why: 'What a container writes on its node stays there when the pod is gone. Attackers leave programs, keys and scheduled jobs that way, and a pod that fills the disk takes the node down.',
    remedy:
      'Set `readOnly: true` at the mount. A program that has to write belongs on a PersistentVolumeClaim or, for scratch space, an `emptyDir`.',
    flags: toPlainPod({
      container: 'volumeMounts:\n  - name: data\n    mountPath: /data',
      spec: 'volumes:\n  - name: data\n    hostPath:\n      path: /srv/data',
    }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      for (const { volume, at: source, path } of getHostPaths(pod)) {
        if (getSocketKind(path) || DEVICES.has(volume.ref.get('hostPath', 'type').string)) continue;
        for (const { container, ref } of getMounts(pod, volume)) {
          const at = ref.get('readOnly');
          if (at.isUnknown || at.boolean === true) continue;
          yield {
            at,
            message: `The ${describeContainer(container)} can write to "${source.string}" of its node.`,
            fixes: [{ title: 'Set readOnly: true', safety: 'unsafe', operations: [{ op: 'set', at, value: true }] }],
          };
        }
      }
    },
  },
});
