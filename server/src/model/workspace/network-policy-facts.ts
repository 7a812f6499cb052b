import { readGeneratedPolicies } from '../kubernetes/generated-policies';
import { type DefaultDeny, isNetworkPolicy, readDefaultDeny } from '../kubernetes/network-policy';
import { readForeignPolicies } from '../kubernetes/network-policy-kinds';
import type { Resource } from '../kubernetes/resource';
import type { Fact } from './fact';
import { EVERY_NAMESPACE, type NetworkPolicyFact, UNKNOWN_NAMESPACE } from './topics';

/** Every namespace. */
const ALL = { namespaceSelector: undefined, namespaceNames: undefined, exceptedNames: [] };

/**
 * What an object does for default-deny: a network policy of any kind, and what makes them (Kyverno, Capsule). A policy whose
 * namespace is not written, or not known, stands under `UNKNOWN_NAMESPACE`: kubectl, kustomize or Argo CD decide where it lands.
 */
export function readNetworkPolicyFacts(resource: Resource): Fact[] {
  const { kind, name } = resource;
  const namespace = resource.namespace ?? UNKNOWN_NAMESPACE;
  const toFact = (value: DefaultDeny & Omit<NetworkPolicyFact, 'kind' | 'name'>): Fact => ({
    topic: 'network-policy',
    key: value.namespace,
    value: { kind, name, ...value },
    path: resource.root.path,
  });
  if (isNetworkPolicy(resource)) {
    return [toFact({ isForeign: false, namespace, ...ALL, ...readDefaultDeny(resource.spec) })];
  }
  return [
    ...readGeneratedPolicies(resource).map(({ namespace: target, ...deny }) =>
      toFact({ isForeign: true, namespace: target ?? EVERY_NAMESPACE, ...deny }),
    ),
    ...readForeignPolicies(resource).map(({ isClusterWide, ...deny }) =>
      toFact({ isForeign: true, namespace: isClusterWide ? EVERY_NAMESPACE : namespace, ...ALL, ...deny }),
    ),
  ];
}
