import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from './_example';
import { HOST_REVEALS } from './_host';
import { describeOwner } from './_words';

/** What each field shares, and what comes of it. */
const FIELDS: Readonly<Record<string, readonly [namespace: string, outcome: string]>> = {
  hostNetwork: ['network', 'it reaches services that listen on the node only, and no network policy holds it'],
  hostPID: ['process', 'it sees, and as root can read and signal, every process there'],
  hostIPC: ['IPC', 'it reads the shared memory of the processes there'],
};

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
      for (const [field, [namespace, outcome]] of Object.entries(FIELDS)) {
        const at = pod.spec.get(field);
        if (at.boolean !== true) continue;
        const operations: Operation[] = [{ op: 'remove', at }];
        const dnsPolicy = pod.spec.get('dnsPolicy');
        if (field === 'hostNetwork' && dnsPolicy.string === 'ClusterFirstWithHostNet') {
          operations.push({ op: 'remove', at: dnsPolicy });
        }
        yield {
          at,
          message: `${describeOwner(pod, undefined)} shares the ${namespace} namespace of its node (${field}: ${at.written}): ${outcome}.`,
          fixes: [{ title: `Remove ${field}`, safety: 'unsafe', operations, reveals: HOST_REVEALS }],
        };
      }
    },
  },
});
