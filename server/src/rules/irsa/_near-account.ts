import type { RuleContext } from '../../engine/rule';
import { type Difference, findNear } from '../../model/iam/near';
import type { Subject } from '../../model/iam/subject';
import { getAbsence } from '../../model/workspace/absence';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';

/** What STS answers to a pod whose token no statement admits. */
export const REFUSED = '"Not authorized to perform sts:AssumeRoleWithWebIdentity"';

/** A ServiceAccount that a subject nearly names, with how it misses it. */
export interface NearAccount {
  readonly known: Known<ServiceAccountFact>;
  readonly difference: Difference;
}

/**
 * The ServiceAccounts that a subject nearly names, the nearest first. None when the subject is an account's, or when pods of
 * the workspace run as it, or the configuration says so: then it is made elsewhere (eksctl, a chart) and is no slip of the pen.
 */
export function findNearAccounts(subject: Subject, context: RuleContext): NearAccount[] {
  const { workspace } = context;
  if (getAbsence({ kind: 'ServiceAccount', ...subject }, context) === 'elsewhere') return [];
  const accounts = workspace.all('service-account').map((known) => ({ ...known.value, known }));
  const near = findNear(subject, accounts);
  if (near.length === 0) return [];
  const isUsed = workspace
    .find('workload', subject.namespace)
    .some(({ value }) => value.serviceAccount === subject.name);
  return isUsed ? [] : near.map(({ account, difference }) => ({ known: account.known, difference }));
}

/** True when some file of the workspace puts something into the namespace, or is it. */
export function isNamespaceKnown(namespace: string, { workspace }: RuleContext): boolean {
  return (
    workspace.find('namespace', namespace).length > 0 ||
    workspace.find('service-account', namespace).length > 0 ||
    workspace.find('workload', namespace).length > 0
  );
}
