import { CHANGE, type Danger, WRITE, WRITE_OR_DELETE } from './_danger';

/** Dangerous rights over the cluster itself: its policies, rights, APIs and records, by the id of the rule that reports them. */
export const CONTROL_DANGERS = {
  'policy-engine-writable': {
    rights: [
      {
        group: 'kyverno.io',
        resources: ['policies', 'clusterpolicies', 'policyexceptions'],
        verbs: WRITE_OR_DELETE,
      },
      {
        group: 'policies.kyverno.io',
        resources: [
          'validatingpolicies',
          'mutatingpolicies',
          'imagevalidatingpolicies',
          'namespacedvalidatingpolicies',
          'namespacedmutatingpolicies',
          'namespacedimagevalidatingpolicies',
          'policyexceptions',
        ],
        verbs: WRITE_OR_DELETE,
      },
      { group: 'constraints.gatekeeper.sh', verbs: WRITE_OR_DELETE },
      { group: 'templates.gatekeeper.sh', resources: ['constrainttemplates'], verbs: WRITE_OR_DELETE },
      { group: 'config.gatekeeper.sh', resources: ['configs'], verbs: WRITE_OR_DELETE },
      {
        group: 'policies.kubewarden.io',
        resources: ['admissionpolicies', 'clusteradmissionpolicies', 'policyservers'],
        verbs: WRITE_OR_DELETE,
      },
    ],
    severity: 'warning',
    allows: 'switch off or write exceptions from the policies by which the cluster admits objects',
  },
  'roles-writable': {
    rights: [
      {
        group: 'rbac.authorization.k8s.io',
        resources: ['roles', 'clusterroles', 'rolebindings', 'clusterrolebindings'],
        verbs: WRITE,
      },
    ],
    severity: 'warning',
    allows: 'hand on every right that it has itself, and keep it alive under other names',
  },
  'namespaces-patchable': {
    rights: [{ group: '', resources: ['namespaces'], verbs: CHANGE }],
    severity: 'warning',
    named: 'Namespace',
    allows: 'take the labels off a namespace by which privileged pods are kept out of it',
  },
  'config-map-writable': {
    rights: [{ group: '', resources: ['configmaps'], verbs: WRITE_OR_DELETE }],
    severity: 'info',
    allows: 'change what programs and the cluster read from them ("aws-auth" and "coredns" in "kube-system")',
  },
  'api-service-writable': {
    rights: [{ group: 'apiregistration.k8s.io', resources: ['apiservices'], verbs: WRITE }],
    severity: 'warning',
    allows: 'have requests to parts of the API, with the names of the users, answered by a server of its choice',
    isClusterScoped: true,
  },
  'custom-resource-definition-writable': {
    rights: [
      {
        group: 'apiextensions.k8s.io',
        resources: ['customresourcedefinitions'],
        verbs: [...WRITE_OR_DELETE, 'deletecollection'],
      },
    ],
    severity: 'warning',
    allows: 'change what custom objects may hold, convert them on the way, or delete them all with their definition',
    isClusterScoped: true,
  },
  'events-deletable': {
    rights: [
      { group: '', resources: ['events'], verbs: ['delete', 'deletecollection'] },
      { group: 'events.k8s.io', resources: ['events'], verbs: ['delete', 'deletecollection'] },
    ],
    severity: 'info',
    allows: 'remove the traces of what it did',
  },
} as const satisfies Readonly<Record<string, Danger>>;
