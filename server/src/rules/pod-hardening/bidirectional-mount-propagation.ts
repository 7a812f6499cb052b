import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';

export default defineRule({
  id: 'bidirectional-mount-propagation',
  category: 'pod-hardening',
  title: 'Mounts that reach the node',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/volumes'],
  docs: {
    what: 'A volume mount sets `mountPropagation: Bidirectional`.',
    why: 'What the container mounts below that path appears on the node and in other pods. Only privileged containers may do so, and a mistake there takes mounts of the node away.',
    remedy:
      'Remove the field, or use `HostToContainer` where the container only has to see mounts of the node. Storage drivers need it, and belong in a namespace of their own.',
    flags: toPlainPod({
      container: 'volumeMounts:\n  - name: data\n    mountPath: /data\n    mountPropagation: Bidirectional',
      spec: 'volumes:\n  - name: data\n    emptyDir: {}',
    }),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container) {
      for (const mount of container.ref.get('volumeMounts').items()) {
        const at = mount.get('mountPropagation');
        if (!at.isPresent || at.string !== 'Bidirectional') continue;
        const path = mount.get('mountPath').string;
        yield {
          at,
          message: `What the ${describeContainer(container)} mounts below "${path ?? ''}" appears on its node too (mountPropagation: ${at.written}).`,
          fixes: [
            { title: 'Remove mountPropagation', safety: 'unsafe', operations: [{ op: 'remove', at }] },
            {
              title: 'Set mountPropagation: HostToContainer',
              safety: 'unsafe',
              operations: [{ op: 'set', at, value: 'HostToContainer' }],
            },
          ],
        };
      }
    },
  },
});
