import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { isService, toServiceExample } from './_exposed';
import { isInternal } from './_internal';

export default defineRule({
  id: 'load-balancer-open',
  category: 'network',
  title: 'Load balancer open to every address',
  severity: 'info',
  confidence: 'low',
  fixable: 'always',
  standards: ['k8s/services'],
  docs: {
    what: 'A Service of type LoadBalancer has no `loadBalancerSourceRanges`, or lets in every address, and no annotation makes it an internal one.',
    why: 'Clouds give such a Service a public address. Everyone in the world may connect to its pods, past Ingress, TLS and whatever else stands at the front door.',
    remedy:
      'List the addresses that may connect, or make the load balancer an internal one with the annotation of your cloud. The controller of AWS makes internal ones unless it is told otherwise. It is a note, because for the front door itself this is as it should be.',
    flags: toServiceExample('type: LoadBalancer'),
    passes: toServiceExample('type: LoadBalancer\nloadBalancerSourceRanges: [192.0.2.0/24]'),
  },
  visit: {
    *resource(resource) {
      const { spec } = resource;
      const type = spec.get('type');
      if (!isService(resource) || type.string !== 'LoadBalancer' || type.isUnknown) return;
      const ranges = spec.get('loadBalancerSourceRanges');
      const items = ranges.items();
      const isOpen = items.length === 0 || items.some((item) => /^(0\.0\.0\.0|::)\/0$/.test(item.string ?? ''));
      if (ranges.isUnknown || !isOpen || isInternal(resource) !== false) return;
      yield {
        at: items.length === 0 ? type : ranges,
        message: `${describeResource(resource)} is a load balancer that lets in every address: in a cloud the whole internet may connect.`,
        fixes: [
          {
            title: 'Let in private addresses only',
            safety: 'unsafe',
            operations: [{ op: 'set', at: ranges, value: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] }],
          },
        ],
      };
    },
  },
});
