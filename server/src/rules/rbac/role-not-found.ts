import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type Binding, readBinding } from '../../model/kubernetes/rbac-bindings';
import { RBAC_GROUP } from '../../model/kubernetes/rbac-roles';
import { toSeverity } from '../../model/workspace/absence';
import { describeBinding, describeBoundRole } from './_bindings';
import { toBinding, toRole, toRule, toSubject } from './_example';
import { getRoleFault } from './_role-reference';

const ROLE = toRole(toRule('', 'pods', 'get, list')).replace('name: operator', 'name: pod-reader');

export default defineRule({
  id: 'role-not-found',
  category: 'rbac',
  title: 'Role is not there',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A binding names a role that no file of the workspace holds, although the workspace holds others of its namespace, or one of nearly that name.',
    why: 'The API server accepts such a binding, and it grants nothing. It also lies in wait: whoever may create a role of that name later decides what the subjects may do.',
    remedy:
      'Correct the name (the `roleRef` of a binding cannot be changed in place: delete the old binding), or add the role. Where nothing is called nearly so this is a note. Roles that the API server makes are known, and nothing is said of names with a colon, which installers use, nor beside templates whose roles have no readable name. `workspace.complete` and `workspace.external` say what the workspace holds and what lives elsewhere.',
    flags: `${ROLE}---\n${toBinding('RoleBinding', 'Role', 'pod-raeder', toSubject('Group', 'operators'))}`,
    passes: `${ROLE}---\n${toBinding('RoleBinding', 'Role', 'pod-reader', toSubject('Group', 'operators'))}`,
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      const fault = binding && getRoleFault(binding, context);
      const at = resource.root.get('roleRef', 'name');
      if (!binding || (fault?.fault !== 'near' && fault?.fault !== 'missing')) return;
      const nothing = `${describeBinding(binding)} gives ${describeBoundRole(binding)}, which no file here holds: it grants nothing`;
      if (fault.fault === 'missing') {
        yield {
          at,
          ...toSeverity(fault.absence),
          message: `${nothing} until somebody creates it.`,
          fixes: toEmptyRole(binding),
        };
        return;
      }
      yield {
        at,
        message: `${nothing}. Did you mean "${fault.name}"?`,
        related: [{ place: fault.role.place, message: `${fault.role.value.kind} "${fault.name}" is here.` }],
        fixes: [
          {
            title: `Change it to "${fault.name}"`,
            safety: 'unsafe',
            operations: [{ op: 'set', at, value: fault.name }],
          },
        ],
      };
    },
  },
});

function toEmptyRole({ roleKind, roleName, resource }: Binding): Fix[] {
  if (roleKind === undefined || roleName === undefined) return [];
  const isLocal = roleKind === 'Role' && resource.namespace !== undefined;
  const metadata = { name: roleName, ...(isLocal && { namespace: resource.namespace ?? '' }) };
  const value = { apiVersion: `${RBAC_GROUP}/v1`, kind: roleKind, metadata, rules: [] };
  return [
    {
      title: `Add a ${roleKind} "${roleName}" that grants nothing yet`,
      safety: 'unsafe',
      operations: [{ op: 'insertDocument', after: resource.root, value }],
    },
  ];
}
