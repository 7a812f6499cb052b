import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding } from './_bindings';
import { toBinding, toRole, toRule, toSubject } from './_example';
import { getRoleFault } from './_role-reference';

const BINDING = toBinding('RoleBinding', 'Role', 'operator', toSubject('Group', 'operators'));
const ROLE = toRole(toRule('', 'pods', 'get, list'));

export default defineRule({
  id: 'role-in-other-namespace',
  category: 'rbac',
  title: 'Role lies in another namespace',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A RoleBinding names a Role that stands beside it but lies in another namespace.',
    why: 'A RoleBinding looks for its Role in its own namespace. It does not find it there and grants nothing.',
    remedy:
      'Put both into the namespace where the rights are meant to hold; the subjects may come from any namespace. Rules that several namespaces need go into a ClusterRole, which a RoleBinding of each namespace can name.',
    flags: `${ROLE}---\n${BINDING.replace('namespace: shop', 'namespace: payments')}`,
    passes: `${ROLE}---\n${BINDING}`,
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      const fault = binding && getRoleFault(binding, context);
      if (!binding || fault?.fault !== 'namespace') return;
      const { role, namespace } = fault;
      const at = resource.root.get('roleRef', 'name');
      const own = resource.namespace ?? 'default';
      yield {
        at,
        message: `${describeBinding(binding)} looks for Role "${binding.roleName}" in namespace "${own}", and it lies in "${namespace}": the binding grants nothing.`,
        related: [{ place: role.place, message: `Role "${binding.roleName}" is here.` }],
        fixes: [
          {
            title: `Move the binding to the namespace ${namespace}`,
            safety: 'unsafe',
            operations: [{ op: 'set', at: resource.metadata.get('namespace'), value: namespace }],
          },
        ],
      };
    },
  },
});
