import { defineRule } from '../../engine/rule';
import { isNarrowed, toStrings } from '../../model/kubernetes/rbac';
import { DANGERS, findDanger, toDangerFix } from './_dangers';
import { toClusterRole, toRule } from './_example';
import { findNames } from './_names';
import { toNamesFixes } from './_names-fix';
import { findRoleBindings, isBoundInNamespacesOnly, isInSystem, SYSTEM, toReach } from './_reach';
import { describeRole, describeScope, toNameWords, toVerbWords } from './_words';

// What these hold decides who is who in the cluster, and where names lead.
const GUARDED = ['aws-auth', 'coredns', 'kube-proxy', 'kube-proxy-config', 'extension-apiserver-authentication'];

const toUnguarded = (names: readonly string[]) => names.filter((name) => !GUARDED.includes(name));

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
      'Grant it in a Role of the namespace where the ConfigMaps lie, with `resourceNames` in `kube-system`. Leader election uses Leases today and needs no ConfigMap. A ClusterRole that is bound nowhere here is a note, and nothing is said of one that is bound in other namespaces only.',
    flags: toClusterRole(toRule('', 'configmaps', 'get, update')),
    passes: toClusterRole(toRule('', 'configmaps', 'get, list, watch')),
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findDanger(rule, DANGERS['config-map-writable']);
      const at = grant?.resources[0];
      const names = toStrings(rule.resourceNames);
      if (!grant || !at || (isNarrowed(rule) && !names.some((name) => GUARDED.includes(name)))) return;
      const isSystem = isInSystem(rule, context);
      if (!isSystem && (rule.resource.kind === 'Role' || isBoundInNamespacesOnly(rule, context))) return;
      // A ClusterRole that nobody has here may be meant for any namespace.
      const isGrave = isSystem || isNarrowed(rule) || findRoleBindings(rule, context).length > 0;
      const verbs = toVerbWords(grant.verbNames);
      const which = isNarrowed(rule) ? ` named ${toNameWords(rule)}` : '';
      const where = isSystem ? `in namespace "${SYSTEM}"` : describeScope(rule);
      yield {
        at,
        ...toReach(rule, context, isGrave ? 'warning' : 'info'),
        message: `${describeRole(rule)} grants ${verbs} on ConfigMaps${which} ${where}: its holder can ${DANGERS['config-map-writable'].allows}.`,
        fixes: [
          ...toNamesFixes(rule, grant, isSystem ? toUnguarded(findNames('ConfigMap', rule, context)) : []),
          toDangerFix(rule, grant),
        ],
      };
    },
  },
});
