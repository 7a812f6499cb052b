import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { toVolumeRemoval } from '../pod-security/_volumes';
import { describeOwner } from '../pod-security/_words';
import { getHostPaths, getSocketKind } from './_host-paths';

export default defineRule({
  id: 'container-runtime-socket',
  category: 'pod-hardening',
  title: 'Socket of the container runtime',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.2.11', 'nsa/pod-security'],
  docs: {
    what: 'A pod mounts the socket of the container runtime, or the directory that it lies in.',
    why: 'Through that socket anyone can start a privileged container on the node, past the API server and all of its policies. Mounting it read-only changes nothing: a socket is written to all the same.',
    remedy:
      'Remove the volume. Build images with a tool that needs no runtime (BuildKit rootless, Buildah, Kaniko), and read metrics and logs of containers from the kubelet.',
    flags: toPlainPod({ spec: 'volumes:\n  - name: docker\n    hostPath:\n      path: /var/run/docker.sock' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      for (const { volume, at, path } of getHostPaths(pod)) {
        const kind = getSocketKind(path);
        if (!kind) continue;
        const what = kind === 'socket' ? 'the socket' : 'the directory of the socket';
        yield {
          at,
          message: `${describeOwner(pod, undefined)} mounts "${at.string}", ${what} of the container runtime: whoever writes to it controls the node.`,
          fixes: [toVolumeRemoval(pod, volume)],
        };
      }
    },
  },
});
