import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from './_example';

const HANDLERS = [
  ['livenessProbe'],
  ['readinessProbe'],
  ['startupProbe'],
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

export default defineRule({
  id: 'host-in-probe-or-lifecycle',
  category: 'pod-security',
  title: 'Host in a probe or lifecycle hook',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'hostProbesAndHostLifecycle',
  standards: ['pss/baseline/hostProbesAndHostLifecycle', 'k8s/pod-security-standards'],
  docs: {
    what: 'A probe or a lifecycle hook names a `host` in its `httpGet` or `tcpSocket`.',
    why: 'The kubelet sends these requests, from the network of the node. With a `host`, whoever may create pods can make it call any address that the node reaches: the metadata service of the cloud, or services that listen on the node only. Even `127.0.0.1` is the node here, not the container.',
    remedy:
      'Remove `host`: without it the kubelet asks the pod itself. To send another Host header to an HTTP server, use `httpHeaders`. A server that listens on the loopback of the node has to listen on the address of the pod.',
    flags: toPlainPod({ container: 'livenessProbe:\n  httpGet:\n    host: 169.254.169.254\n    port: 80' }),
    passes: toHardenedPod({ container: 'livenessProbe:\n  httpGet:\n    path: /healthz\n    port: 8080' }),
  },
  visit: {
    *container(container) {
      for (const handler of HANDLERS) {
        for (const action of ['httpGet', 'tcpSocket']) {
          const at = container.ref.get(...handler, action, 'host');
          if (!at.isPresent || !at.string) continue;
          yield {
            at,
            message: `The ${handler.at(-1)} of ${describeContainer(container)} makes the kubelet call the host "${at.string}" instead of the pod.`,
            fixes: [{ title: 'Remove host', safety: 'unsafe', operations: [{ op: 'remove', at }] }],
          };
        }
      }
    },
  },
});
