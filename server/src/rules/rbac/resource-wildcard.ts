import type { Fix } from '../../engine/operation';
import { defineRule, type Report } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole, isGrantingEverything } from '../../model/kubernetes/rbac-roles';
import { getResourcesOfGroup, isBuiltInGroup } from '../../standards/api-resources';
import { isDangerous } from './_dangers';
import { toClusterRole, toRule } from './_example';
import { toListOperations } from './_lists';
import { toReach } from './_reach';
import { describeGroups, describeRole, findNamed, toVerbWords } from './_words';

const READING = ['get', 'list', 'watch'];
// What other rules report when it is named. A list that is written for somebody else must not slip them in.
const SENSITIVE = ['secrets', 'serviceaccounts', 'certificatesigningrequests', 'users', 'groups', 'signers'];
const GUARDED_GROUPS = ['admissionregistration.k8s.io', 'rbac.authorization.k8s.io', 'authentication.k8s.io'];

export default defineRule({
  id: 'resource-wildcard',
  category: 'rbac',
  title: 'Wildcard resource in a role',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['cis/5.1.3', 'k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule of a Role or ClusterRole is about every resource (`*`) of its API groups.',
    why: 'The wildcard holds the resources nobody thought of: in the core group the Secrets, in every group the subresources (`pods/exec`, `nodes/proxy`), and whatever later versions or new custom resources add.',
    remedy:
      'List the resources, and the subresources that are used, by name. A rule that only reads, or that is about custom resources, is a warning or a note; one that writes built-in resources is an error. The fix lists the built-in resources of the groups without Secrets and others that a rule here reports with these verbs: add those that are needed.',
    flags: toClusterRole(toRule('apps', '"*"', 'get, list, watch')),
    passes: toClusterRole(toRule('apps', 'deployments, deployments/status', 'get, list, watch')),
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource) || isGrantingEverything(rule)) return;
      const [at] = findNamed(rule.resources, ['*']);
      if (!at) return;
      yield {
        at,
        ...toReach(rule, context, toSeverity(rule)),
        message: `${describeRole(rule)} grants ${toVerbWords(toStrings(rule.verbs))} on every resource of ${describeGroups(rule)}${isReadingSecrets(rule) ? ', Secrets included' : ''}.`,
        fixes: toFixes(rule),
      };
    },
  },
});

function toSeverity(rule: PolicyRule): NonNullable<Report['severity']> {
  const groups = toStrings(rule.apiGroups);
  if (groups.length > 0 && groups.every((group) => group !== '*' && !isBuiltInGroup(group))) return 'info';
  return toStrings(rule.verbs).every((verb) => READING.includes(verb)) ? 'warning' : 'error';
}

function isReadingSecrets(rule: PolicyRule): boolean {
  const isCore = toStrings(rule.apiGroups).some((group) => group === '' || group === '*');
  return isCore && findNamed(rule.verbs, [...READING, '*']).length > 0;
}

function toFixes(rule: PolicyRule): Fix[] {
  const groups = toStrings(rule.apiGroups);
  const isKnown = groups.length === rule.apiGroups.length && groups.every(isBuiltInGroup);
  if (!isKnown || groups.some((group) => GUARDED_GROUPS.includes(group))) return [];
  const verbs = toStrings(rule.verbs);
  const served = groups
    .flatMap(getResourcesOfGroup)
    // A Role grants nothing on what is in no namespace.
    .filter(({ namespaced }) => namespaced || rule.resource.kind === 'ClusterRole')
    .filter((one) => verbs.includes('*') || one.verbs.some((verb) => verbs.includes(verb)))
    .map(({ resource }) => resource);
  const isReported = (resource: string) => groups.some((group) => isDangerous(group, resource, verbs));
  const harmless = served.filter((resource) => !SENSITIVE.includes(resource) && !isReported(resource));
  const value = [...new Set([...toStrings(rule.resources).filter((name) => name !== '*'), ...harmless])].sort();
  if (value.length === 0) return [];
  const rest = harmless.length < served.length ? ' by name, sensitive ones left out' : ' by name';
  const what = value.length === 1 ? `Name only ${value[0]}` : `List the ${value.length} resources`;
  const title = `${what} of ${describeGroups(rule)}${rest}`;
  return [{ title, safety: 'unsafe', operations: toListOperations(rule.ref.get('resources'), value) }];
}
