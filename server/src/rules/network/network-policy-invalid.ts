import { defineRule } from '../../engine/rule';
import { isNetworkPolicy } from '../../model/kubernetes/network-policy';
import { toPolicyExample } from './_example';
import { describePolicy } from './_policies';
import { findRefused } from './_refused';

const toExample = (port: string) =>
  toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - ports:\n      - port: ${port}`);

export default defineRule({
  id: 'network-policy-invalid',
  category: 'network',
  title: 'Network policy that the API server refuses',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A NetworkPolicy has a direction, a protocol, a port or a peer that is none: `ingress` in small letters, a port in quotes or beyond 65535, a peer without any selector, an `ipBlock` beside a selector.',
    why: 'The API server refuses the policy, so that none is in force and the pods stay open.',
    remedy:
      '`policyTypes` knows `Ingress` and `Egress`, `protocol` knows `TCP`, `UDP` and `SCTP`. A port is a number without quotes, or the name of a container’s port: at most 15 small letters, digits and dashes. A peer has an `ipBlock`, or selectors, one of which at least is not null.',
    flags: toExample('"5432"'),
    passes: toExample('5432'),
  },
  visit: {
    *resource(resource) {
      if (!isNetworkPolicy(resource)) return;
      for (const { at, what, fixes } of findRefused(resource)) {
        yield { at, message: `${describePolicy(resource)} has ${what}. The API server refuses it.`, fixes };
      }
    },
  },
});
