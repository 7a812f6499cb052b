import type { Fix, PlainValue } from '../../engine/operation';
import type { Ref } from '../../syntax/ref';
import { toFreeName } from './_default-deny-fixes';
import { getTakenNames, type OneSided } from './_one-sided';
import { toPlainPeer, toPlainPorts, toPlainSelector } from './_plain';
import { DNS_PEER, DNS_PORTS } from './_policies';

/** The policy that lets through on the closed side what the other side lets through, behind `after`. */
export function toCounterpart({ closed, missing, scene, selector, rule, isWithoutDns }: OneSided, after: Ref): Fix {
  const { land, policy, selection, workspace } = scene;
  const [first] = closed;
  const isOut = missing === 'Egress';
  const pair = [first.known.value.name ?? 'pods', selection.pods[0]?.known.value.name ?? 'pods'];
  const [from, to] = isOut ? pair : pair.reverse();
  const name = toFreeName(`allow-${from}-to-${to}-${isOut ? 'egress' : 'ingress'}`, getTakenNames(first, workspace));
  const { namespace } = first.known.value;
  const peers = [toPlainPeer(policy.podSelector, land, first.land)];
  const ports = rule.ports.length > 0 ? { ports: toPlainPorts(rule.ports) } : {};
  const rules: PlainValue[] = [{ [isOut ? 'to' : 'from']: peers, ...ports }];
  if (isWithoutDns) rules.push({ to: [DNS_PEER], ports: DNS_PORTS });
  return {
    title: `Add a policy that lets "${first.known.value.name}" ${isOut ? 'connect' : 'be connected to'}${isWithoutDns ? ' and look names up' : ''}`,
    safety: 'unsafe',
    operations: [
      {
        op: 'insertDocument',
        after,
        value: {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
          spec: {
            podSelector: toPlainSelector(selector),
            policyTypes: [missing],
            [isOut ? 'egress' : 'ingress']: rules,
          },
        },
      },
    ],
  };
}
