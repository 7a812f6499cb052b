import { defineRule } from '../../engine/rule';
import { isNarrowed } from '../../model/kubernetes/rbac';
import { findDanger, toDangerFix } from './_dangers';
import { findEviction } from './_evicting';
import { toClusterRole, toRule } from './_example';
import { toReach } from './_reach';
import { describeRole } from './_words';

const STEERING = {
  rights: [
    { group: '', resources: ['nodes'], verbs: ['update', 'patch'] },
    { group: '', resources: ['nodes/status'], verbs: ['update', 'patch'] },
  ],
};
export default defineRule({
  id: 'pods-stealable',
  category: 'rbac',
  title: 'Pods can be moved to a chosen node',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'Whoever has a ClusterRole can change nodes and also delete or evict pods, by the same role or by another one that it holds.',
    why: 'With both, its holder makes every other node unschedulable and throws the pods of its choice out: they start again on the node that it rules, with their Secrets and the tokens of their accounts. One broken node becomes the whole cluster.',
    remedy:
      'Keep the two rights apart. A program that only marks nodes can do it without evicting; one that drains nodes (an autoscaler, an update controller) needs both, so keep its pods apart and its account to itself. The rule reads the bindings of the workspace to see which roles are held together.',
    flags: toClusterRole(toRule('', 'nodes', 'get, patch'), toRule('', 'pods/eviction', 'create')),
    passes: toClusterRole(toRule('', 'nodes', 'get'), toRule('', 'pods/eviction', 'create')),
  },
  visit: {
    *policyRule(rule, context) {
      if (rule.resource.kind !== 'ClusterRole' || isNarrowed(rule)) return;
      const grant = findDanger(rule, STEERING);
      const at = grant?.resources[0];
      const eviction = grant && findEviction(rule, context);
      if (!grant || !at || !eviction) return;
      const { severity, related } = toReach(rule, context, 'warning', true);
      yield {
        at,
        severity,
        message: `${describeRole(rule)} lets its holder steer pods away from nodes, and ${eviction.words}: it can draw pods onto a node of its choice.`,
        related: [...eviction.related, ...related],
        fixes: [toDangerFix(rule, grant)],
      };
    },
  },
});
