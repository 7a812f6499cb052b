import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from './_example';
import { HOST_REVEALS } from './_host';

export default defineRule({
  id: 'host-port',
  category: 'pod-security',
  title: 'Port of the node used',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'hostPorts',
  standards: ['pss/baseline/hostPorts', 'cis/5.2.12', 'nsa/pod-security'],
  docs: {
    what: 'A container opens a port of its node: by `hostPort`, or because `hostNetwork: true` turns every `containerPort` into one.',
    why: 'A port of the node is reachable by everyone who reaches the node, past Services and often past network policies. It also binds the pod to nodes where the port is free.',
    remedy:
      'Remove `hostPort` and publish the port through a Service, an Ingress or a Gateway. Clients that address the node itself have to be changed with it.',
    flags: toPlainPod({ container: 'ports:\n  - containerPort: 8080\n    hostPort: 8080' }),
    passes: toHardenedPod({ container: 'ports:\n  - containerPort: 8080' }),
  },
  visit: {
    *container(container) {
      const hostNetwork = container.pod.spec.get('hostNetwork');
      const isHostNetwork = hostNetwork.boolean === true;
      const leaveHostNetwork: Operation[] = isHostNetwork ? [{ op: 'remove', at: hostNetwork }] : [];
      const ports = container.ref.get('ports').items();
      const who = describeContainer(container);
      for (const port of ports) {
        const at = port.get('hostPort');
        if (!at.number) continue;
        const operations: Operation[] = [{ op: 'remove', at }, ...leaveHostNetwork];
        yield {
          at,
          message: `The ${who} opens port ${at.written} of its node (hostPort).`,
          fixes: [
            {
              title: `Remove hostPort${isHostNetwork ? ' and hostNetwork' : ''}`,
              safety: 'unsafe',
              operations,
              ...(isHostNetwork && { reveals: HOST_REVEALS }),
            },
          ],
        };
      }
      // The API server writes hostPort where it is unset or 0, so that this is what the pod will be judged by.
      const implied = ports.filter(
        (port) => !port.get('hostPort').isUnknown && !port.get('hostPort').number && port.get('containerPort').number,
      );
      const first = implied[0];
      if (!isHostNetwork || !first || container.field === 'ephemeralContainers') return;
      // TCP and UDP of one number are two entries.
      const numbers = [...new Set(implied.map((port) => port.get('containerPort').written))];
      const list = `${numbers.length === 1 ? 'port' : 'ports'} ${numbers.join(', ')}`;
      yield {
        at: first.get('containerPort'),
        message: `The ${who} opens ${list} of its node: with hostNetwork: true, every containerPort is also a hostPort.`,
        fixes: [{ title: 'Remove hostNetwork', safety: 'unsafe', operations: leaveHostNetwork, reveals: HOST_REVEALS }],
      };
    },
  },
});
