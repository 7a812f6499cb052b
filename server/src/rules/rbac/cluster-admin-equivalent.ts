import { defineRule } from '../../engine/rule';
import { isAuthoredRole, isGrantingEverything } from '../../model/kubernetes/rbac-roles';
import { toClusterRole, toRule } from './_example';
import { isBoundInNamespacesOnly, toReach } from './_reach';
import { toVerbFixes } from './_verb-fixes';
import { describeRole, findNamed } from './_words';

export default defineRule({
  id: 'cluster-admin-equivalent',
  category: 'rbac',
  title: 'Role equal to cluster-admin',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.1', 'cis/5.1.3', 'k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule grants every verb on every resource of every API group.',
    why: 'A ClusterRole with such a rule is `cluster-admin` under another name: its holder reads every Secret, runs privileged pods on every node and gives rights to anyone. In a Role it is the same within one namespace. One stolen token of one pod is then the whole cluster, or the whole namespace.',
    remedy:
      'List what the holder works with, group by group. The audit log of the API server shows what it has asked for so far. The fixes spell the verbs out; the resources remain to be named. Where full control is truly meant, bind the ClusterRole `cluster-admin` itself, so that reviews and tools see it for what it is. The other wildcard rules stay silent on such a rule, except for the one on verbs.',
    flags: toClusterRole(toRule('*', '"*"', '"*"')),
    passes: toClusterRole(toRule('apps', 'deployments', 'get, list, watch, update, patch')),
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource) || !isGrantingEverything(rule)) return;
      const [at] = findNamed(rule.resources, ['*']);
      if (!at) return;
      const { kind, namespace } = rule.resource;
      const where = namespace === undefined ? 'its namespace' : `namespace "${namespace}"`;
      const reach = toReach(rule, context, 'error');
      const there = isBoundInNamespacesOnly(rule, context) ? ' in the namespaces where it is bound' : '';
      const message =
        kind === 'ClusterRole'
          ? `${describeRole(rule)} grants everything there is: it equals cluster-admin${there}.`
          : `${describeRole(rule)} grants everything there is in ${where}.`;
      yield { at, ...reach, message, fixes: toVerbFixes(rule) };
    },
  },
});
