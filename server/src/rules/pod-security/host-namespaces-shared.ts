import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from './_example';
import { describeOwner } from './_words';

const FIELDS = {
  hostNetwork:
    'its network namespace: it reaches services that listen on the node only, and network policies do not hold it',
  hostPID: 'its process namespace: it sees, and as root can read and signal, every process there',
  hostIPC: 'its IPC namespace: it reads the shared memory of the processes there',
} as const;

export default defineRule({
  id: 'host-namespaces-shared',
  category: 'pod-security',
  title: 'Host namespaces shared',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'hostNamespaces',
  standards: ['pss/baseline/hostNamespaces', 'cis/5.2.3', 'cis/5.2.4', 'cis/5.2.5', 'nsa/pod-security'],
  docs: {
    what: 'A pod sets `hostNetwork`, `hostPID` or `hostIPC` to `true`.',
    why: 'Namespaces are what keeps a container apart from its node. In the network of the node a pod reaches the kubelet and the metadata service of the cloud, and no NetworkPolicy applies to it. In its process namespace it reads the environment, and thereby the secrets, of other programs.',
    remedy:
      'Remove the field. Publish ports through a Service, and let programs that watch the node (metrics, logs) live in a namespace of their own at level `privileged`. With `hostNetwork`, the fix also removes `dnsPolicy: ClusterFirstWithHostNet`, which has no meaning without it.',
    flags: toPlainPod({ spec: 'hostPID: true' }),
    passes: toHardenedPod({ spec: 'hostPID: false' }),
  },
  visit: {
    *pod(pod) {
      for (const [field, meaning] of Object.entries(FIELDS)) {
        const at = pod.spec.get(field);
        if (at.boolean !== true) continue;
        const operations: Operation[] = [{ op: 'remove', at }];
        const dnsPolicy = pod.spec.get('dnsPolicy');
        if (field === 'hostNetwork' && dnsPolicy.string === 'ClusterFirstWithHostNet') {
          operations.push({ op: 'remove', at: dnsPolicy });
        }
        yield {
          at,
          message: `${describeOwner(pod, undefined)} shares with its node (${field}: ${at.written}) ${meaning}.`,
          fixes: [{ title: `Remove ${field}`, safety: 'unsafe', operations }],
        };
      }
    },
  },
});
