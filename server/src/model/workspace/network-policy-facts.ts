import { type DefaultDeny, isNetworkPolicy, readDefaultDeny } from '../kubernetes/network-policy';
import { readForeignPolicies } from '../kubernetes/network-policy-kinds';
import type { Resource } from '../kubernetes/resource';
import type { Fact } from './fact';
import { EVERY_NAMESPACE, type NetworkPolicyFact, UNKNOWN_NAMESPACE } from './topics';

/**
 * What an object does for default-deny: a network policy of any kind, and a Kyverno policy that makes them. A policy whose
 * namespace is not written, or not known, stands under `UNKNOWN_NAMESPACE`: kubectl, kustomize or Argo CD decide where it lands.
 */
export function readNetworkPolicyFacts(resource: Resource): Fact[] {
  const { kind, name } = resource;
  const toFact = (value: NetworkPolicyFact): Fact => ({
    topic: 'network-policy',
    key: value.namespace,
    value,
    path: resource.root.path,
  });
  const namespace = resource.namespace ?? UNKNOWN_NAMESPACE;
  if (isNetworkPolicy(resource)) {
    return [toFact({ kind, name, namespace, namespaceSelector: undefined, ...readDefaultDeny(resource.spec) })];
  }
  if (resource.group === 'kyverno.io' && kind === 'ClusterPolicy') {
    const every = { kind, name, namespace: EVERY_NAMESPACE, namespaceSelector: undefined };
    return readGenerated(resource).map((deny) => toFact({ ...every, ...deny }));
  }
  return readForeignPolicies(resource).map(({ isClusterWide, ...deny }) =>
    toFact({ kind, name, namespace: isClusterWide ? EVERY_NAMESPACE : namespace, ...deny }),
  );
}

// A policy that is copied from the cluster could be any.
const COPIED: DefaultDeny = {
  selectsAllPods: true,
  isolatesIngress: true,
  isolatesEgress: true,
  allowsAllIngress: false,
  allowsAllEgress: false,
};

/** The NetworkPolicies that a Kyverno policy writes into namespaces, usually into each new one. */
function readGenerated(resource: Resource): DefaultDeny[] {
  return resource.spec
    .get('rules')
    .items()
    .map((rule) => rule.get('generate'))
    .filter((generate) => generate.get('kind').string === 'NetworkPolicy' || generate.get('cloneList').isPresent)
    .map((generate) => {
      const spec = generate.get('data', 'spec');
      return spec.isPresent ? readDefaultDeny(spec) : COPIED;
    });
}
