// Rights that are reported where they are named, each by the rule whose id is its key. One table, so that a fix which spells
// a wildcard out can leave out all of them.
import type { Report, RuleContext } from '../../engine/rule';
import type { Severity } from '../../engine/settings';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { findGrant, type Grant, isNarrowed, type Right, toRemovalFix } from './_grants';
import { toReach } from './_reach';
import { describeRole, describeScope, toQuotedList } from './_words';

const CHANGE = ['update', 'patch'] as const;
const WRITE = ['create', ...CHANGE] as const;
const WRITE_OR_DELETE = [...WRITE, 'delete'] as const;

/** A right with what makes it dangerous. */
export interface Danger {
  readonly rights: readonly Right[];
  /** Where it holds in the whole cluster. */
  readonly severity: Severity;
  /** What its holder can do, behind "its holder can". */
  readonly allows: string | ((verbs: readonly string[]) => string);
  /** True when it is only of use in a ClusterRole. */
  readonly isClusterScoped?: boolean;
}

/** The dangerous rights by the id of the rule that reports them. */
export const DANGERS = {
  'secrets-writable': {
    rights: [{ group: '', resources: ['secrets'], verbs: WRITE_OR_DELETE }],
    severity: 'warning',
    allows: toSecretWords,
  },
  'pods-creatable': {
    rights: [{ group: '', resources: ['pods'], verbs: ['create'] }],
    severity: 'warning',
    allows: 'run any pod that admission lets in, with any service account and Secret',
  },
  'workload-writable': {
    rights: [
      { group: 'apps', resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], verbs: WRITE },
      { group: 'batch', resources: ['jobs', 'cronjobs'], verbs: WRITE },
      { group: '', resources: ['replicationcontrollers'], verbs: WRITE },
    ],
    severity: 'info',
    allows: 'run any pod that admission lets in, with any service account and Secret',
  },
  'nodes-writable': {
    rights: [
      { group: '', resources: ['nodes'], verbs: [...WRITE_OR_DELETE, 'deletecollection'] },
      { group: '', resources: ['nodes/status'], verbs: CHANGE },
    ],
    severity: 'warning',
    allows: 'steer pods onto nodes of its choice, and away from others, by labels, taints and conditions',
    isClusterScoped: true,
  },
  'pods-status-writable': {
    rights: [{ group: '', resources: ['pods/status'], verbs: CHANGE }],
    severity: 'warning',
    allows: 'give pods false addresses and readiness, and so draw the traffic of Services to itself',
  },
  'persistent-volume-creation': {
    rights: [{ group: '', resources: ['persistentvolumes'], verbs: ['create'] }],
    severity: 'warning',
    allows: 'make a volume of any directory of a node and mount it in a pod',
    isClusterScoped: true,
  },
  'services-status-writable': {
    rights: [{ group: '', resources: ['services/status'], verbs: CHANGE }],
    severity: 'warning',
    allows: 'give Services the addresses of others and so intercept traffic to them',
  },
  'endpoints-writable': {
    rights: [
      { group: '', resources: ['endpoints'], verbs: WRITE },
      { group: 'discovery.k8s.io', resources: ['endpointslices'], verbs: WRITE },
    ],
    severity: 'warning',
    allows: 'send the traffic of Services and ingresses to any address, that of other namespaces included',
  },
  'network-policy-writable': {
    rights: [
      { group: 'networking.k8s.io', resources: ['networkpolicies'], verbs: WRITE_OR_DELETE },
      {
        group: 'policy.networking.k8s.io',
        resources: ['adminnetworkpolicies', 'baselineadminnetworkpolicies', 'clusternetworkpolicies'],
        verbs: WRITE_OR_DELETE,
      },
      {
        group: 'cilium.io',
        resources: ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies'],
        verbs: WRITE_OR_DELETE,
      },
      {
        group: 'crd.projectcalico.org',
        resources: ['networkpolicies', 'globalnetworkpolicies'],
        verbs: WRITE_OR_DELETE,
      },
      { group: 'projectcalico.org', resources: ['networkpolicies', 'globalnetworkpolicies'], verbs: WRITE_OR_DELETE },
    ],
    severity: 'warning',
    allows: 'open the network for pods that policies keep apart',
  },
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
    severity: 'info',
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

/** Reports a rule that grants a dangerous right, once, at the first resource that is named. */
export function* reportDanger(rule: PolicyRule, context: RuleContext, danger: Danger): Generator<Report> {
  if (isNarrowed(rule) || (danger.isClusterScoped && rule.resource.kind !== 'ClusterRole')) return;
  const grant = findDanger(rule, danger);
  const at = grant?.resources[0];
  if (!grant || !at) return;
  const isWildcard = grant.verbNames.includes('*');
  const verbs = isWildcard ? 'every verb' : toQuotedList(grant.verbNames);
  const allows = typeof danger.allows === 'string' ? danger.allows : danger.allows(grant.verbNames);
  const where = danger.isClusterScoped ? '' : `, ${describeScope(rule)}`;
  yield {
    at,
    ...toReach(rule, context, danger.severity),
    message: `${describeRole(rule)} grants ${verbs} on ${toQuotedList(toStrings(grant.resources))}: its holder can ${allows}${where}.`,
    fixes: [toDangerFix(rule, grant)],
  };
}

/** Where a rule grants one of the rights, all that it grants taken together. */
export function findDanger(rule: PolicyRule, { rights }: Pick<Danger, 'rights'>): Grant | undefined {
  const grants = rights.flatMap((right) => findGrant(rule, right) ?? []);
  const resources = rule.resources.filter((ref) => grants.some((grant) => grant.resources.includes(ref)));
  const verbs = rule.verbs.filter((ref) => grants.some((grant) => grant.verbs.includes(ref)));
  return grants.length === 0 ? undefined : { resources, verbs, verbNames: toStrings(verbs) };
}

/** Reading stays where the rule is about nothing else; other resources of the rule may need the verbs, so then the resource goes. */
export function toDangerFix(rule: PolicyRule, grant: Grant) {
  const isAlone = grant.resources.length === rule.resources.length && !grant.verbNames.includes('*');
  return isAlone ? toRemovalFix(rule, 'verbs', grant.verbs) : toRemovalFix(rule, 'resources', grant.resources);
}

/** True when one of the verbs on a resource of a group is reported by some rule of the table. */
export function isDangerous(group: string, resource: string, verbs: readonly string[]): boolean {
  return Object.values<Danger>(DANGERS).some(({ rights }) =>
    rights.some(
      (right) =>
        right.group === group &&
        (right.resources?.includes(resource) ?? true) &&
        (verbs.includes('*') || verbs.some((verb) => right.verbs?.includes(verb) ?? true)),
    ),
  );
}

function toSecretWords(verbs: readonly string[]): string {
  const has = (...names: readonly string[]) => names.some((name) => verbs.includes(name) || verbs.includes('*'));
  if (has('update', 'patch')) return 'replace the credentials that programs trust';
  return has('create')
    ? 'add Secrets, one into which the control plane writes a lasting token of a service account among them'
    : 'delete the credentials that programs need';
}
