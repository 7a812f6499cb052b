// The verbs that RBAC rules may hold beside the standard eight. RBAC accepts any text as a verb; these are the ones that
// Kubernetes asks about.
// Sources: kubernetes.io/docs/reference/access-authn-authz/{rbac,user-impersonation,certificate-signing-requests};
// pkg/registry/rbac/escalation_check.go, plugin/pkg/admission/certificates, pkg/registry/resource/utils.go of
// kubernetes/kubernetes v1.37.0; pkg/endpoints/filters/impersonation and the unsafe deletion of k8s.io/apiserver v0.37.0.
import { STANDARD_VERBS } from './api-resources/types';

/** A verb with a meaning of its own, and where it has it. */
export interface SpecialVerb {
  readonly verb: string;
  /** The groups and resources on which Kubernetes asks about the verb; empty when it is any resource. */
  readonly on: readonly { readonly group: string; readonly resources: readonly string[] }[];
  /** What the verb lets its holder do. */
  readonly allows: string;
}

const ROLES = [{ group: 'rbac.authorization.k8s.io', resources: ['roles', 'clusterroles'] }] as const;
const SIGNERS = [{ group: 'certificates.k8s.io', resources: ['signers'] }] as const;

/** The special verbs of Kubernetes, and `use`, which admission plugins ask about. */
export const SPECIAL_VERBS: readonly SpecialVerb[] = [
  { verb: 'escalate', on: ROLES, allows: 'write roles that grant more than the holder may do' },
  { verb: 'bind', on: ROLES, allows: 'bind roles that grant more than the holder may do' },
  {
    verb: 'impersonate',
    on: [
      { group: '', resources: ['users', 'groups', 'serviceaccounts'] },
      { group: 'authentication.k8s.io', resources: ['uids', 'userextras'] },
    ],
    allows: 'act as another user, group or service account',
  },
  { verb: 'approve', on: SIGNERS, allows: 'approve or deny certificate signing requests of a signer' },
  { verb: 'sign', on: SIGNERS, allows: 'issue certificates in the name of a signer' },
  { verb: 'attest', on: SIGNERS, allows: 'publish the trust bundle of a signer' },
  {
    verb: 'use',
    on: [
      { group: 'policy', resources: ['podsecuritypolicies'] },
      { group: 'security.openshift.io', resources: ['securitycontextconstraints'] },
    ],
    allows: 'run pods under a policy, in Kubernetes before 1.25 or in OpenShift',
  },
  {
    verb: 'unsafe-delete-ignore-read-errors',
    on: [],
    allows: 'delete objects that cannot be read back from storage, without their finalizers',
  },
];

/** Beginnings of verbs that carry another verb or a mode behind the colon: constrained impersonation and device status. */
export const SPECIAL_VERB_PREFIXES: readonly string[] = [
  'impersonate:',
  'impersonate-on:',
  'associated-node:',
  'arbitrary-node:',
];

/** Verbs that a rule with `nonResourceURLs` may hold: the HTTP methods in lower case. */
export const NON_RESOURCE_VERBS: readonly string[] = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];

/** The meaning of a special verb; undefined for standard and unknown verbs, and for those made of a prefix. */
export function getSpecialVerb(verb: string): SpecialVerb | undefined {
  return SPECIAL_VERBS.find((special) => special.verb === verb);
}

/** Whether Kubernetes gives a verb a meaning beyond the standard eight. */
export function isSpecialVerb(verb: string): boolean {
  return getSpecialVerb(verb) !== undefined || SPECIAL_VERB_PREFIXES.some((prefix) => verb.startsWith(prefix));
}

/** Whether a verb lets its holder act as somebody else, in the classic or the constrained form. */
export function isImpersonationVerb(verb: string): boolean {
  return verb === 'impersonate' || verb.startsWith('impersonate:');
}

/** Whether a verb is standard, special, or the wildcard; anything else grants nothing in Kubernetes itself. */
export function isKnownVerb(verb: string): boolean {
  return verb === '*' || (STANDARD_VERBS as readonly string[]).includes(verb) || isSpecialVerb(verb);
}
