import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { toVolumeRemoval } from '../pod-security/_volumes';
import { describeOwner } from '../pod-security/_words';
import { getHostPaths, getSensitiveContent, getSocketKind } from './_host-paths';

export default defineRule({
  id: 'sensitive-host-path',
  category: 'pod-hardening',
  title: 'Sensitive path of the node',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.2.11', 'nsa/pod-security'],
  docs: {
    what: 'A pod mounts a path of its node that holds credentials, sockets, devices or programs.',
    why: 'Whoever breaks into the pod reads what lies there: credentials of the kubelet, volumes of other pods, keys of the administrators. If the mount can be written to, it owns the node.',
    remedy:
      'Mount the one directory that the program needs, read-only, or none. The logs of pods are to be had from the kubelet, metrics of the node from an exporter that somebody maintains.',
    flags: toPlainPod({ spec: 'volumes:\n  - name: etc\n    hostPath:\n      path: /etc' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      for (const { volume, at, path } of getHostPaths(pod)) {
        const content = getSocketKind(path) ? undefined : getSensitiveContent(path);
        if (content === undefined) continue;
        yield {
          at,
          message: `${describeOwner(pod, undefined)} mounts "${at.string}" of its node: ${content}.`,
          fixes: [toVolumeRemoval(pod, volume)],
        };
      }
    },
  },
});
