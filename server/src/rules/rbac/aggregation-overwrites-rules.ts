import { defineRule } from '../../engine/rule';
import { RBAC_GROUP } from '../../model/kubernetes/rbac-roles';
import { describeResource } from '../../model/kubernetes/resource';

const HEAD = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: monitoring
aggregationRule:
  clusterRoleSelectors:
    - matchLabels:
        example.com/monitoring: "true"
`;

export default defineRule({
  id: 'aggregation-overwrites-rules',
  category: 'rbac',
  title: 'Rules that aggregation overwrites',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A ClusterRole has an `aggregationRule` and rules of its own.',
    why: 'The control plane writes the rules of such a role from the roles that it selects, and throws away what stands there. The rules in the file are never in force, and who reviews the file is misled.',
    remedy:
      'Move the rules to a ClusterRole of their own with the labels that the `aggregationRule` selects, and remove them here.',
    flags: `${HEAD}rules:\n  - apiGroups: [""]\n    resources: [pods]\n    verbs: [get, list]\n`,
    passes: `${HEAD}rules: []\n`,
  },
  visit: {
    *resource(resource) {
      const { root, group, kind } = resource;
      const rules = root.get('rules');
      if (group !== RBAC_GROUP || kind !== 'ClusterRole' || rules.items().length === 0) return;
      if (!root.get('aggregationRule', 'clusterRoleSelectors').isPresent) return;
      yield {
        at: rules,
        message: `${describeResource(resource)} has an aggregationRule, so the control plane overwrites the rules that stand here.`,
        fixes: [{ title: 'Remove the rules', safety: 'safe', operations: [{ op: 'remove', at: rules }] }],
      };
    },
  },
});
