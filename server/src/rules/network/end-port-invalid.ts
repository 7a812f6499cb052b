import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { describePolicy, getTrafficRules } from './_policies';

const toIngress = (port: string) => toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - ports:\n      - ${port}`);

export default defineRule({
  id: 'end-port-invalid',
  category: 'network',
  title: 'Range of ports that is none',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A port of a NetworkPolicy has an `endPort` below its `port`, beside the name of a port, or without a port.',
    why: 'The API server refuses the policy, so that none is in force.',
    remedy: 'A range goes from a number to one that is no smaller. Names of ports, and every port, have no range.',
    flags: toIngress('{ port: 8090, endPort: 8080 }'),
    passes: toIngress('{ port: 8080, endPort: 8090 }'),
  },
  visit: {
    *resource(resource) {
      const items = getTrafficRules(resource).flatMap(({ ref }) => ref.get('ports').items());
      for (const item of items) {
        const [port, end] = [item.get('port'), item.get('endPort')];
        if (!end.isPresent || end.number === undefined || port.isUnknown) continue;
        const isOrdered = port.number !== undefined && port.number <= end.number;
        if (isOrdered) continue;
        const remove: Fix = {
          title: 'Remove endPort',
          safety: 'unsafe',
          operations: [{ op: 'remove', at: end }],
        };
        const only: Fix = {
          title: `Make it port ${end.number}`,
          safety: 'unsafe',
          operations: [{ op: 'rename', at: end, key: 'port' }],
        };
        const swap: Fix = {
          title: `Make it the range from ${end.number} to ${port.number}`,
          safety: 'unsafe',
          operations: [
            { op: 'set', at: port, value: end.number },
            { op: 'set', at: end, value: port.number ?? 0 },
          ],
        };
        const reason =
          port.number !== undefined
            ? `is below its port ${port.number}`
            : port.isPresent
              ? `stands beside "${port.written}", the name of a port`
              : 'stands without a port';
        yield {
          at: end,
          message: `${describePolicy(resource)} has the endPort ${end.number}, which ${reason}. The API server refuses it.`,
          fixes: port.number !== undefined ? [swap, remove] : port.isWritten ? [remove] : [only],
        };
      }
    },
  },
});
