import type { RuleContext } from '../../engine/rule';
import { findNear } from '../../model/iam/near';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import type { PodAccount } from './_account';

/**
 * The ServiceAccount that a pod most likely means by a name that no account has: one of its namespace, or one beside it where
 * either leaves the namespace open.
 */
export function findMeant(account: PodAccount, { workspace, uri }: RuleContext): Known<ServiceAccountFact> | undefined {
  const namespace = account.namespace ?? 'default';
  const candidates = [...workspace.find('service-account', namespace)];
  if (namespace !== 'default') {
    candidates.push(...workspace.find('service-account', 'default').filter(({ value }) => !value.isNamespaceWritten));
  }
  const nearby = candidates.filter(({ value, uri: other }) => {
    const isSame = account.namespace !== undefined && value.isNamespaceWritten;
    return isSame || toFolder(other) === toFolder(uri);
  });
  const found = findNear(
    { namespace, name: account.name },
    nearby.map((known) => ({ ...known.value, known })),
  );
  return found.find(({ difference }) => difference === 'name' || difference === 'spelling')?.account.known;
}

function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
