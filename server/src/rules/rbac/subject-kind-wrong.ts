import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { readBinding } from '../../model/kubernetes/rbac-bindings';
import { describeBinding, toSubjectRemoval } from './_bindings';
import { toBinding, toSubject } from './_example';
import { findMeantKind, isSubjectKind, SUBJECT_RULES, type SubjectKind, toKindOperations } from './_refused';

const PASSES = toBinding('RoleBinding', 'ClusterRole', 'view', toSubject('Group', 'operators'));

export default defineRule({
  id: 'subject-kind-wrong',
  category: 'rbac',
  title: 'Subject of a kind that does not exist',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A subject of a binding has no `kind`, or one that is neither `User`, `Group` nor `ServiceAccount`.',
    why: 'The API server refuses the binding, with all of its subjects: nobody gets the rights, and an older binding of the name stays in force.',
    remedy:
      'Write one of the three kinds, in this spelling. A binding names who gets a role; roles, pods and Deployments are none of them: the pod gets its rights by its ServiceAccount.',
    flags: PASSES.replace('kind: Group', 'kind: group'),
    passes: PASSES,
  },
  visit: {
    *resource(resource, context) {
      const binding = readBinding(resource);
      for (const subject of binding?.subjects ?? []) {
        const { ref, kind, name } = subject;
        const at = ref.get('kind');
        if (!binding || !ref.isMapping || at.isUnknown || (kind !== undefined && isSubjectKind(kind))) continue;
        const who = `${describeBinding(binding)} names ${name === undefined ? 'a subject' : `"${name}"`}`;
        const what = at.isPresent ? `as of kind "${at.string ?? at.written}"` : 'without a kind';
        const meant = findMeantKind(subject, context);
        yield {
          at,
          message: `${who} ${what}, and only a User, a Group or a ServiceAccount can be bound: the API server refuses it.${meant ? ` Did you mean ${meant}?` : ''}`,
          fixes: [...(meant ? [toKindFix(subject, meant)] : []), toSubjectRemoval(subject)],
        };
      }
    },
  },
});

function toKindFix(subject: Parameters<typeof toKindOperations>[0], kind: SubjectKind): Fix {
  return {
    title: `Make it a ${kind}`,
    safety: 'unsafe',
    operations: toKindOperations(subject, kind),
    reveals: SUBJECT_RULES,
  };
}
