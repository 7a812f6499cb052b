import type { Fix } from '../../engine/operation';
import { defineRule, type RuleContext } from '../../engine/rule';
import { type BindingSubject, readBinding } from '../../model/kubernetes/rbac-bindings';
import type { Ref } from '../../syntax/ref';
import { describeBinding, toSubjectRemoval } from './_bindings';
import { toBinding } from './_example';
import { isHere } from './_refused';

const toExample = (name: string) =>
  toBinding('ClusterRoleBinding', 'ClusterRole', 'view', `kind: ServiceAccount\nname: ${name}\nnamespace: shop`);
const ACCOUNT = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
// Other signs stand for something that is filled in later, and so do capitals alone: `<name>`, `$(name)`, `ACCOUNT_NAME`.
const LITERAL = /^(?=.*[a-z])[A-Za-z0-9._-]+$/;

export default defineRule({
  id: 'binding-name-invalid',
  category: 'rbac',
  title: 'Subject or role without a proper name',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A subject or the `roleRef` of a binding has no name, or one that no ServiceAccount or role can have: capitals or `_` in the name of an account, `/` or `%` in that of a role.',
    why: 'The API server refuses the binding, with all of its subjects: nobody gets the rights, and an older binding of the name stays in force.',
    remedy:
      'Write the name of the account or role as its own object has it. Nothing is said of names that something fills in later.',
    flags: toExample('web_reporter'),
    passes: toExample('web-reporter'),
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      if (!binding) return;
      const who = describeBinding(binding);
      const role = resource.root.get('roleRef', 'name');
      const isRole = resource.root.get('roleRef').isMapping;
      if (isRole && isEmpty(role)) {
        yield { at: role, message: `${who} names no role to give ("roleRef" has no name): the API server refuses it.` };
      } else if (isRole && role.isPresent && /^\.{1,2}$|[/%]/.test(role.string ?? '')) {
        yield {
          at: role,
          message: `${who} names a role "${role.string}", and no role can be called so: the API server refuses it.`,
        };
      }
      for (const subject of binding.subjects) {
        const { ref, kind, name } = subject;
        const at = ref.get('name');
        if (ref.isMapping && isEmpty(at)) {
          const message = `${who} has a subject without a name: the API server refuses it.`;
          yield { at, message, fixes: [toSubjectRemoval(subject)] };
        } else if (kind === 'ServiceAccount' && name !== undefined && LITERAL.test(name) && !ACCOUNT.test(name)) {
          const message = `${who} names a ServiceAccount "${name}", and no account can be called so: the API server refuses it.`;
          yield { at, message, fixes: [...toNameFixes(subject, name, context), toSubjectRemoval(subject)] };
        }
      }
    },
  },
});

function isEmpty(ref: Ref): boolean {
  return ref.isAbsent || (ref.isPresent && ref.string === '');
}

/** The name in lower case and with dashes, where the workspace holds an account that is called so, or no other of that namespace. */
function toNameFixes({ ref }: BindingSubject, name: string, context: RuleContext): Fix[] {
  const value = name.toLowerCase().replaceAll('_', '-');
  const { string: namespace = '' } = ref.get('namespace');
  const isKnown = context.workspace.find('service-account', namespace).length > 0;
  if (!ACCOUNT.test(value) || (isKnown && !isHere(value, namespace, context))) return [];
  return [
    {
      title: `Change it to "${value}"`,
      safety: 'unsafe',
      operations: [{ op: 'set', at: ref.get('name'), value }],
      reveals: ['subject-not-found', 'privileged-service-account', 'default-service-account-bound'],
    },
  ];
}
