import type { Ref } from '../../syntax/ref';
import { getPolicyRules, isNarrowed, type PolicyRule, toStrings } from '../kubernetes/rbac';
import { type Binding, readBinding } from '../kubernetes/rbac-bindings';
import { RBAC_GROUP } from '../kubernetes/rbac-roles';
import { type Resource, readStringMap } from '../kubernetes/resource';
import { readLabelSelector } from '../kubernetes/selectors';
import type { Fact } from './fact';
import { type RoleBindingFact, type RoleRule, type SubjectFact, UNKNOWN_NAME } from './rbac-topics';

/** What an object says of rights: a role, a binding, or something that roles may be about. */
export function readRbacFacts(resource: Resource): Fact[] {
  const { group, kind } = resource;
  if (group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition') return readCustomResourceFacts(resource);
  if (group === 'admissionregistration.k8s.io') return readAdmissionFacts(resource);
  if (group !== RBAC_GROUP) return [];
  if (kind === 'Role' || kind === 'ClusterRole') return readRoleFacts(resource, kind);
  const binding = readBinding(resource);
  return binding ? readBindingFacts(binding) : [];
}

function readAdmissionFacts({ kind, metadata, root }: Resource): Fact[] {
  const name = toKnown(metadata.get('name'));
  if (name === undefined) return [];
  const lower = kind.toLowerCase();
  const plural = lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  return [{ topic: 'admission-object', key: plural, value: { name }, path: root.path }];
}

function readRoleFacts(resource: Resource, kind: 'Role' | 'ClusterRole'): Fact[] {
  const { metadata, root } = resource;
  const { path } = root;
  const name = toKnown(metadata.get('name'));
  const namespace = kind === 'Role' ? toKnown(metadata.get('namespace')) : undefined;
  const selectors = root.get('aggregationRule', 'clusterRoleSelectors').items().map(readLabelSelector);
  const role = { kind, name, namespace };
  const value = {
    ...role,
    labels: readStringMap(metadata.get('labels')),
    rules: getPolicyRules(resource).map(toRoleRule),
    isAggregated: kind === 'ClusterRole' && !root.get('aggregationRule').isAbsent,
  };
  const facts: Fact[] = [
    { topic: 'role', key: name ?? UNKNOWN_NAME, value, path },
    { topic: 'role-name', key: kind, value: role, path },
  ];
  if (selectors.length > 0 && kind === 'ClusterRole' && name !== undefined) {
    facts.push({ topic: 'role-aggregation', key: 'all', value: { name, selectors }, path });
  }
  return facts;
}

const LISTS = ['apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs'] as const;

/** A rule as plain data. */
export function toRoleRule(rule: PolicyRule): RoleRule {
  const { ref } = rule;
  return {
    apiGroups: toStrings(rule.apiGroups),
    resources: toStrings(rule.resources),
    verbs: toStrings(rule.verbs),
    resourceNames: toStrings(rule.resourceNames),
    nonResourceURLs: toStrings(rule.nonResourceURLs),
    isNarrowed: isNarrowed(rule),
    isKnown: LISTS.every((list) => !ref.get(list).isUnknown && toStrings(rule[list]).length === rule[list].length),
    path: ref.path,
  };
}

function readBindingFacts(binding: Binding): Fact[] {
  const value = toRoleBindingFact(binding);
  return [{ topic: 'role-binding', key: value.role.name, value, path: binding.resource.root.path }];
}

/** A binding as plain data. */
export function toRoleBindingFact(binding: Binding): RoleBindingFact {
  const { resource, roleKind, roleName, isClusterWide } = binding;
  const { metadata } = resource;
  const namespace = isClusterWide ? undefined : toKnown(metadata.get('namespace'));
  const subjects = binding.subjects.flatMap(({ ref, kind, name }): SubjectFact[] => {
    if (name === undefined) return [];
    if (kind === 'User' || kind === 'Group') return [{ kind, name, namespace: undefined }];
    if (kind !== 'ServiceAccount') return [];
    const own = ref.get('namespace');
    // The authorizer takes the binding's namespace for an account that names none: rbac pkg/registry/rbac/validation.
    return [{ kind, name, namespace: own.isAbsent ? namespace : toKnown(own) }];
  });
  return {
    kind: isClusterWide ? 'ClusterRoleBinding' : 'RoleBinding',
    name: toKnown(metadata.get('name')),
    namespace,
    role: { kind: roleKind ?? UNKNOWN_NAME, name: roleName ?? UNKNOWN_NAME },
    subjects,
    areSubjectsKnown: subjects.length === binding.subjects.length && !resource.root.get('subjects').isUnknown,
  };
}

function readCustomResourceFacts({ spec, root }: Resource): Fact[] {
  const names = spec.get('names');
  const group = toKnown(spec.get('group'));
  const plural = toKnown(names.get('plural'));
  if (group === undefined || plural === undefined) return [];
  const scope = toKnown(spec.get('scope'));
  const value = {
    group,
    plural,
    singular: toKnown(names.get('singular')),
    kind: toKnown(names.get('kind')),
    shortNames: toStrings(names.get('shortNames').items()),
    isNamespaced: scope === undefined ? undefined : scope === 'Namespaced',
    versions: spec
      .get('versions')
      .items()
      .flatMap((version) => toKnown(version.get('name')) ?? []),
  };
  return [{ topic: 'custom-resource', key: group, value, path: root.path }];
}

const toKnown = (ref: Ref) => (ref.isPresent ? ref.string : undefined);
