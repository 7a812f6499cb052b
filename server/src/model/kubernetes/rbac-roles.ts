import type { PolicyRule } from './rbac';
import { isNarrowed, toStrings } from './rbac';
import type { Resource } from './resource';

/** The API group of roles and bindings. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';

// kubernetes/kubernetes plugin/pkg/auth/authorizer/rbac/bootstrappolicy, policy.go. Those of controllers are known by prefix.
const BOOTSTRAP_ROLES: ReadonlySet<string> = new Set([
  'cluster-admin',
  'admin',
  'edit',
  'view',
  'system:aggregate-to-admin',
  'system:aggregate-to-edit',
  'system:aggregate-to-view',
  'system:auth-delegator',
  'system:basic-user',
  'system:certificates.k8s.io:certificatesigningrequests:nodeclient',
  'system:certificates.k8s.io:certificatesigningrequests:selfnodeclient',
  'system:certificates.k8s.io:kube-apiserver-client-approver',
  'system:certificates.k8s.io:kube-apiserver-client-kubelet-approver',
  'system:certificates.k8s.io:kubelet-serving-approver',
  'system:certificates.k8s.io:legacy-unknown-approver',
  'system:cluster-trust-bundle-discovery',
  'system:discovery',
  'system:heapster',
  'system:kube-aggregator',
  'system:kube-controller-manager',
  'system:kube-dns',
  'system:kube-scheduler',
  'system:kubelet-api-admin',
  'system:monitoring',
  'system:node',
  'system:node-bootstrapper',
  'system:node-problem-detector',
  'system:node-proxier',
  'system:persistent-volume-provisioner',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
  'system:volume-scheduler',
]);

/** True for the name of a ClusterRole that the API server itself creates and keeps as it is. */
export function isBootstrapClusterRole(name: string): boolean {
  return BOOTSTRAP_ROLES.has(name) || name.startsWith('system:controller:');
}

/**
 * True when the rules of a role are the author's to change: not those of a role that the API server keeps, nor of one whose
 * `aggregationRule` makes the controller write them.
 */
export function isAuthoredRole(resource: Resource): boolean {
  if (resource.kind === 'Role') return true;
  if (!resource.root.get('aggregationRule').isAbsent) return false;
  return resource.name === undefined || !isBootstrapClusterRole(resource.name);
}

/** True when the list of the rule holds the `*` that stands for all. */
export function hasWildcard(rule: PolicyRule, list: 'apiGroups' | 'resources' | 'verbs' | 'nonResourceURLs'): boolean {
  return toStrings(rule[list]).includes('*');
}

/** True when the rule grants every verb on every resource of every group: all there is in its scope. */
export function isGrantingEverything(rule: PolicyRule): boolean {
  return (['apiGroups', 'resources', 'verbs'] as const).every((list) => hasWildcard(rule, list)) && !isNarrowed(rule);
}

/** True when the rule is about URLs and not about resources; one rule cannot be about both. */
export function isNonResourceRule(rule: PolicyRule): boolean {
  return rule.nonResourceURLs.length > 0 && rule.resources.length === 0;
}
