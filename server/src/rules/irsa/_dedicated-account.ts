import type { Fix, Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { toSubject } from '../../model/iam/subject';
import { listSubjects } from '../../model/iam/subjects';
import type { Resource } from '../../model/kubernetes/resource';

/**
 * Gives the role of `default` to an account of its own, with the only workload here that runs as `default`; where there are
 * several, the others would lose it. Trust policies that name `default` then name the new account.
 */
export function toDedicatedAccountFixes({ namespace, metadata, root }: Resource, context: RuleContext): Fix[] {
  const annotation = metadata.get('annotations', ROLE_ARN_ANNOTATION);
  const { workspace } = context;
  if (namespace === undefined || annotation.string === undefined) return [];
  const users = workspace
    .find('workload', namespace)
    .filter(({ value }) => value.serviceAccount === 'default' || value.serviceAccount === undefined);
  const [user, ...others] = users;
  const name = user?.value.name;
  if (!user || others.length > 0 || name === undefined || !user.value.isNamespaceWritten) return [];
  if (user.value.serviceAccount === undefined) return [];
  if (workspace.find('service-account', namespace).some(({ value }) => value.name === name)) return [];
  const before = toSubject({ namespace, name: 'default' });
  const policies = workspace.all('trust-policy').flatMap(({ value, place }) => {
    return listSubjects(value)
      .filter(({ text }) => text === before)
      .map(({ path }) => ({ at: { document: place.document, path }, isDerived: value.isDerived === true }));
  });
  if (policies.some(({ isDerived }) => isDerived)) return [];
  const { kind, specPath } = user.value;
  const after = toSubject({ namespace, name });
  const annotations = { [ROLE_ARN_ANNOTATION]: annotation.string };
  const value = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, annotations } };
  const operations: Operation[] = [
    { op: 'set', at: { ...user.place, path: [...specPath, 'serviceAccountName'] }, value: name },
    ...policies.map(({ at }) => ({ op: 'set' as const, at, value: after })),
    { op: 'remove', at: annotation, upTo: 1 },
    { op: 'insertDocument', after: root, value },
  ];
  const title = `Give the role to a ServiceAccount "${name}" of its own for ${kind} "${name}"`;
  // The rights that `default` has beside the role stay with it, and a pod with an account of its own is followed to its token.
  return [{ title, safety: 'unsafe', operations, reveals: ['token-automounted'] }];
}
