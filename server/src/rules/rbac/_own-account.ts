import type { Fix, Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { Resource } from '../../model/kubernetes/resource';
import type { Known } from '../../model/workspace/fact';
import type { WorkloadFact } from '../../model/workspace/topics';
import type { Ref } from '../../syntax/ref';
import { isBeside } from './_role-reference';

const MAX_CHOICES = 3;

/** A ServiceAccount behind the object of `after`; nothing to do where the workspace holds one of that name there. */
export function toAccountOperations(
  name: string,
  namespace: string | undefined,
  after: Ref,
  { workspace }: Pick<RuleContext, 'workspace'>,
): Operation[] {
  const known = workspace.find('service-account', namespace ?? 'default');
  if (known.some(({ value }) => value.name === name)) return [];
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  return [{ op: 'insertDocument', after, value: { apiVersion: 'v1', kind: 'ServiceAccount', metadata } }];
}

/**
 * Gives the rights of `default` to an account of its own: for each workload here that runs as `default` in its namespace, a
 * ServiceAccount by the workload's name, bound in place of `default` and named by the workload's pods.
 */
export function toOwnAccountFixes(
  subject: Ref,
  namespace: string | undefined,
  binding: Resource,
  context: RuleContext,
): Fix[] {
  const workloads = context.workspace.find('workload', namespace ?? 'default').filter((known) => {
    const { serviceAccount, isNamespaceWritten } = known.value;
    const isThere = namespace === undefined ? !isNamespaceWritten && isBeside(known.uri, context) : isNamespaceWritten;
    return isThere && serviceAccount === 'default';
  });
  return workloads.length > MAX_CHOICES ? [] : workloads.flatMap((known) => toFix(known, subject, binding, context));
}

function toFix({ value, place }: Known<WorkloadFact>, subject: Ref, { root }: Resource, context: RuleContext): Fix[] {
  const { kind, name, isNamespaceWritten, specPath } = value;
  if (name === undefined) return [];
  const namespace = isNamespaceWritten ? value.namespace : undefined;
  return [
    {
      title: `Bind a ServiceAccount "${name}" of its own for ${kind} "${name}" instead`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at: subject.get('name'), value: name },
        { op: 'set', at: { ...place, path: [...specPath, 'serviceAccountName'] }, value: name },
        ...toAccountOperations(name, namespace, root, context),
      ],
      // A pod that runs as `default` is not followed to its rights, one with an account of its own is; other pods that run as
      // `default` have none left.
      reveals: ['privileged-service-account', 'token-automounted'],
    },
  ];
}
