import type { Fix, Operation, Target } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { toSubject } from '../../model/iam/subject';
import { listSubjects } from '../../model/iam/subjects';

/** The `default` account of a namespace that has a role. */
export interface DefaultAccount {
  readonly namespace: string;
  readonly roleArn: string;
  /** The account's object, behind which a new one is written; left out where none is here: then behind the workload. */
  readonly object?: Target;
  /** Its annotation, which goes. */
  readonly annotation?: Target;
}

/**
 * Gives the role of `default` to an account of its own, with the only workload here that runs as `default`; where there are
 * several, the others would lose it. Trust policies that name `default` then name the new account.
 */
export function toDedicatedAccountFixes(account: DefaultAccount, { workspace }: RuleContext): Fix[] {
  const { namespace, roleArn, object, annotation } = account;
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
  const annotations = { [ROLE_ARN_ANNOTATION]: roleArn };
  const value = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace, annotations } };
  const operations: Operation[] = [
    { op: 'set', at: { ...user.place, path: [...specPath, 'serviceAccountName'] }, value: name },
    ...policies.map(({ at }) => ({ op: 'set' as const, at, value: after })),
    ...(annotation ? [{ op: 'remove' as const, at: annotation, upTo: 1 }] : []),
    { op: 'insertDocument', after: object ?? user.place, value },
  ];
  const title = `Give the role to a ServiceAccount "${name}" of its own for ${kind} "${name}"`;
  // The rights that `default` has beside the role stay with it, and a pod with an account of its own is followed to its token.
  return [{ title, safety: 'unsafe', operations, reveals: ['token-automounted'] }];
}
