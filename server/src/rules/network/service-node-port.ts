import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { isService, toServiceExample } from './_exposed';

export default defineRule({
  id: 'service-node-port',
  category: 'network',
  title: 'Service at a port of every node',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/services'],
  docs: {
    what: 'A Service is of type NodePort.',
    why: 'Every node opens the port to everyone who reaches the node, past Ingress and its TLS. Network policies of the pods often do not see who connects, because the node stands in between.',
    remedy: 'Make it a ClusterIP and let an Ingress, a Gateway or a load balancer lead to it.',
    flags: toServiceExample('type: NodePort'),
    passes: toServiceExample('type: ClusterIP'),
  },
  visit: {
    *resource(resource) {
      const { spec } = resource;
      const at = spec.get('type');
      if (!isService(resource) || at.isUnknown || at.string !== 'NodePort') return;
      const ports = spec
        .get('ports')
        .items()
        .flatMap((item): Operation[] => {
          const port = item.get('nodePort');
          return port.isWritten ? [{ op: 'remove', at: port }] : [];
        });
      yield {
        at,
        message: `${describeResource(resource)} is reached at a port of every node, by everyone who reaches a node.`,
        fixes: [
          {
            title: 'Make it a ClusterIP',
            safety: 'unsafe',
            operations: [{ op: 'set', at, value: 'ClusterIP' }, ...ports],
          },
        ],
      };
    },
  },
});
