import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, describeBoundRole, toSubjectRemoval } from './_bindings';
import { toBinding } from './_example';

const toExample = (namespace: string) =>
  toBinding('RoleBinding', 'ClusterRole', 'view', `kind: ServiceAccount\nname: reporter\nnamespace: ${namespace}`);

export default defineRule({
  id: 'subject-in-other-namespace',
  category: 'rbac',
  title: 'Rights for an account of another namespace',
  severity: 'info',
  confidence: 'low',
  fixable: 'always',
  isDefault: false,
  standards: ['k8s/rbac-least-privilege'],
  docs: {
    what: 'A RoleBinding gives a role to a service account of another namespace.',
    why: 'Whoever may create pods in that other namespace has the rights here. Where namespaces keep teams apart, such a binding is a hole between them.',
    remedy:
      'Check that the account is meant: monitoring and deployment tools live in namespaces of their own and need such bindings. The rule is off until it is turned on.',
    flags: toExample('payments'),
    passes: toExample('shop'),
  },
  visit: {
    *resource(resource) {
      const binding = readBinding(resource);
      if (!binding || binding.isClusterWide || resource.namespace === undefined) return;
      for (const subject of binding.subjects) {
        const namespace = subject.ref.get('namespace').isPresent ? subject.ref.get('namespace').string : undefined;
        if (subject.kind !== 'ServiceAccount' || namespace === undefined || namespace === resource.namespace) continue;
        yield {
          at: subject.ref.get('namespace'),
          message: `${describeBinding(binding)} gives ${describeBoundRole(binding)} in namespace "${resource.namespace}" to "${subject.name}" of namespace "${namespace}".`,
          fixes: [toSubjectRemoval(subject)],
        };
      }
    },
  },
});
