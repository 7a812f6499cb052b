import { defineRule, type RuleContext } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { DANGERS, findDanger, toDangerFix } from './_dangers';
import { toClusterRole, toRule } from './_example';
import { isNarrowed } from './_grants';
import { findRoleBindings, toReach } from './_reach';
import { describeRole, describeScope, toQuotedList } from './_words';

const SYSTEM = 'kube-system';
// What these hold decides who is who in the cluster, and where names lead.
const GUARDED = ['aws-auth', 'coredns', 'kube-proxy', 'kube-proxy-config', 'extension-apiserver-authentication'];

export default defineRule({
  id: 'config-map-writable',
  category: 'rbac',
  title: 'ConfigMaps of the system can be written',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule grants writing ConfigMaps of `kube-system`: in a Role there, or in a ClusterRole.',
    why: 'On EKS the ConfigMap `aws-auth` says which IAM role is which user of the cluster; whoever writes it makes itself an administrator. `coredns` says where every name of the cluster leads.',
    remedy:
      'Grant it in a Role of the namespace where the ConfigMaps lie, with `resourceNames` in `kube-system`. Leader election uses Leases today and needs no ConfigMap. A ClusterRole is a note, and nothing is said of one that is bound in other namespaces only.',
    flags: toClusterRole(toRule('', 'configmaps', 'get, update')),
    passes: toClusterRole(toRule('', 'configmaps', 'get, list, watch')),
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findDanger(rule, DANGERS['config-map-writable']);
      const at = grant?.resources[0];
      const names = toStrings(rule.resourceNames);
      if (!grant || !at || (isNarrowed(rule) && !names.some((name) => GUARDED.includes(name)))) return;
      const isInSystem = isHeldInSystem(rule, context);
      if (!isInSystem && (rule.resource.kind === 'Role' || isHeldElsewhere(rule, context))) return;
      const isGrave = isInSystem || isNarrowed(rule);
      const verbs = grant.verbNames.includes('*') ? 'every verb' : toQuotedList(grant.verbNames);
      const which = names.length > 0 ? ` named ${toQuotedList(names)}` : '';
      const where = isInSystem ? `in namespace "${SYSTEM}"` : describeScope(rule);
      yield {
        at,
        ...toReach(rule, context, 'info'),
        ...(isGrave && { severity: 'warning' }),
        message: `${describeRole(rule)} grants ${verbs} on ConfigMaps${which} ${where}: its holder can ${DANGERS['config-map-writable'].allows}.`,
        fixes: [toDangerFix(rule, grant)],
      };
    },
  },
});

function isHeldInSystem(rule: PolicyRule, context: RuleContext): boolean {
  if (rule.resource.kind === 'Role') return rule.resource.namespace === SYSTEM;
  return findRoleBindings(rule, context).some(({ value }) => value.namespace === SYSTEM);
}

function isHeldElsewhere(rule: PolicyRule, context: RuleContext): boolean {
  const bindings = findRoleBindings(rule, context);
  return bindings.length > 0 && bindings.every(({ value }) => value.kind === 'RoleBinding');
}
