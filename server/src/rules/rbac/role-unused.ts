import { defineRule } from '../../engine/rule';
import { isBootstrapClusterRole, RBAC_GROUP } from '../../model/kubernetes/rbac-roles';
import { describeResource, readStringMap } from '../../model/kubernetes/resource';
import { findAggregators, findBindings } from '../../model/workspace/rbac';
import { toBinding, toClusterRole, toRule, toSubject } from './_example';

const ROLE = toClusterRole(toRule('', 'pods', 'get, list'));

export default defineRule({
  id: 'role-unused',
  category: 'rbac',
  title: 'Role that nobody has',
  severity: 'info',
  confidence: 'low',
  fixable: 'never',
  isDefault: false,
  standards: ['k8s/rbac-least-privilege'],
  docs: {
    what: 'No binding of the workspace gives a role to anybody, and no other role takes over its rules.',
    why: 'A role that is left over from something that is gone waits for a binding that nobody reviews.',
    remedy:
      'Remove the role, or bind it. The rule is off until it is turned on, because bindings are often made elsewhere: turn it on where the workspace holds all of them.',
    flags: ROLE,
    passes: `${ROLE}---\n${toBinding('ClusterRoleBinding', 'ClusterRole', 'operator', toSubject('Group', 'operators'))}`,
  },
  visit: {
    *resource(resource, { workspace }) {
      const { group, kind, name, namespace, metadata, root } = resource;
      if (group !== RBAC_GROUP || (kind !== 'Role' && kind !== 'ClusterRole') || name === undefined) return;
      if (kind === 'ClusterRole' && isBootstrapClusterRole(name)) return;
      const role = { kind, name, namespace, labels: readStringMap(metadata.get('labels')) } as const;
      if (findBindings(workspace, role).length > 0 || findAggregators(workspace, role).length > 0) return;
      // A binding whose role is not known here may be this one's.
      if (workspace.find('role-binding', '?').length > 0) return;
      yield { at: root.get('metadata', 'name'), message: `${describeResource(resource)} is bound by nothing here.` };
    },
  },
});
