import type { Fix, PlainValue } from '../../engine/operation';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { canAskDns } from '../../model/network/dns';
import { isIsolated, isSelecting, matchPort } from '../../model/network/evaluate';
import type { RuleData } from '../../model/network/policy';
import type { KnownPod, KnownPolicy } from '../../model/network/view';
import type { Ref } from '../../syntax/ref';
import { toFreeName } from './_default-deny-fixes';
import { DNS_PEER, DNS_PORTS } from './_policies';

const HTTPS = { port: 443, protocol: 'TCP' };

/** True for a pod that is isolated for egress, and that no policy may let connect to an address at port 443. */
export function isCallBlocked(pod: KnownPod, policies: readonly KnownPolicy[]): boolean {
  if (pod.isHostNetwork !== false || isIsolated(policies, 'Egress', pod) !== true) return false;
  return !policies.some((placed) => {
    const { egress } = placed.policy;
    if (egress.isIsolating === false || isSelecting(placed, pod) === false) return false;
    return !egress.areRulesKnown || egress.rules.some((rule) => mayReachAddress(rule, pod));
  });
}

/** Any block of addresses may be that of an endpoint for AWS. */
function mayReachAddress({ peers, arePeersKnown, ports, arePortsKnown }: RuleData, pod: KnownPod): boolean {
  const isOpen = !arePeersKnown || peers.length === 0 || peers.some(({ ipBlock, isKnown }) => ipBlock || !isKnown);
  const isPort = !arePortsKnown || ports.length === 0 || ports.some((port) => matchPort(port, pod, HTTPS) !== false);
  return isOpen && isPort;
}

/** True where a container may send its calls to a proxy: its environment names one, or is not all here. */
export function usesProxy({ containers }: PodTemplate): boolean {
  return containers.some(({ ref }) => {
    const names = ref
      .get('env')
      .items()
      .map((item) => item.get('name').string ?? '');
    return (
      !ref.get('envFrom').isAbsent ||
      ref.get('env').isUnknown ||
      names.some((name) => /^(https?|all)_proxy$/i.test(name))
    );
  });
}

/** A policy that lets a pod's workload connect to every address at port 443 except the metadata service; none for pods without labels. */
export function toStsPolicyFix(pod: KnownPod, policies: readonly KnownPolicy[], after: Ref): Fix[] {
  const { name, namespace, labels } = pod.known.value;
  if (Object.keys(labels.values).length === 0) return [];
  const taken = new Set(policies.flatMap(({ known }) => known.value.name ?? []));
  const isWithoutDns = !canAskDns(pod, policies);
  const internet = { cidr: '0.0.0.0/0', except: ['169.254.169.254/32'] };
  const egress: PlainValue[] = [{ to: [{ ipBlock: internet }], ports: [{ protocol: 'TCP', port: 443 }] }];
  if (isWithoutDns) egress.push({ to: [DNS_PEER], ports: DNS_PORTS });
  const value: PlainValue = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: toFreeName(`allow-${name ?? 'pods'}-to-aws`, taken),
      ...(namespace === undefined ? {} : { namespace }),
    },
    spec: { podSelector: { matchLabels: labels.values }, policyTypes: ['Egress'], egress },
  };
  return [
    {
      title: `Add a policy that allows HTTPS${isWithoutDns ? ' and DNS' : ''} for "${name}"`,
      safety: 'unsafe',
      operations: [{ op: 'insertDocument', after, value }],
    },
  ];
}
