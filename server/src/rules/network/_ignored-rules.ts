import type { Fix, Operation } from '../../engine/operation';
import type { Report } from '../../engine/rule';
import {
  type Direction,
  getRuleList,
  hasPolicyTypes,
  isIsolating,
  isNetworkPolicy,
} from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import { isReachingDns } from '../../model/network/dns';
import { readPolicy } from '../../model/network/read-policy';
import { DNS_PEER, DNS_PORTS, describePolicy } from './_policies';
import { FORCE_REVEALS } from './_reveals';

/** Reports rules of a direction that `policyTypes` leaves out: the API server keeps them, and no plugin heeds them. */
export function* findIgnoredRules(resource: Resource, direction: Direction): Iterable<Report> {
  const { spec } = resource;
  if (!isNetworkPolicy(resource) || !hasPolicyTypes(spec) || isIsolating(spec, direction) !== false) return;
  const at = getRuleList(spec, direction);
  if (at.items().length === 0) return;
  const word = direction.toLowerCase();
  const type: Operation = { op: 'append', at: spec.get('policyTypes'), value: direction };
  const { egress } = readPolicy(spec);
  // Where an object lands makes a difference only in the namespace of the DNS itself.
  const land = { namespace: resource.namespace, folder: '' };
  const isBlockingDns = direction === 'Egress' && isReachingDns(egress, land) === false;
  const dns: Operation = { op: 'append', at, value: { to: [DNS_PEER], ports: DNS_PORTS } };
  const fixes: Fix[] = [
    {
      title: `Add ${direction} to policyTypes${isBlockingDns ? ' and a rule for DNS' : ''}, so that only what the rules allow is left`,
      safety: 'unsafe',
      operations: isBlockingDns ? [type, dns] : [type],
      reveals: FORCE_REVEALS,
    },
    {
      title: `Remove the ${word} rules, which do nothing`,
      safety: 'unsafe',
      operations: [{ op: 'remove', at }],
    },
  ];
  yield {
    at,
    message: `${describePolicy(resource)} has ${word} rules, but its policyTypes leave ${direction} out: the rules are ignored and ${word} is not restricted.`,
    fixes,
  };
}
