import type { Fix, Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { toSubject } from '../../model/iam/subject';
import { listSubjects } from '../../model/iam/subjects';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';

/**
 * Moves an account into another namespace, and with it the subject in the trust policies that name it; only where nothing of its own
 * namespace uses it, and where it is an object that is written here.
 */
export function toMoveFixes(
  { value: { name, namespace }, place }: Known<ServiceAccountFact>,
  target: string,
  { workspace }: RuleContext,
): Fix[] {
  const isUsed = workspace
    .find('workload', namespace)
    .some(({ value: { serviceAccount } }) => serviceAccount === name || serviceAccount === undefined);
  const isBound = workspace
    .find('account-binding', name)
    .some(({ value }) => value.namespace === undefined || value.namespace === namespace);
  if (isUsed || isBound || place.path.includes('serviceAccounts')) return [];
  const [before, after] = [toSubject({ namespace, name }), toSubject({ namespace: target, name })];
  const operations: Operation[] = [
    { op: 'set', at: { ...place, path: [...place.path, 'metadata', 'namespace'] }, value: target },
  ];
  for (const policy of workspace.all('trust-policy')) {
    const subjects = listSubjects(policy.value);
    const own = subjects.filter(({ text }) => text === before);
    if (own.length > 0 && policy.value.isDerived) return [];
    if (subjects.some(({ text }) => text === after)) continue;
    const { document } = policy.place;
    operations.push(...own.map(({ path }) => ({ op: 'set' as const, at: { document, path }, value: after })));
  }
  const title = `Move ServiceAccount "${name}" to namespace "${target}"`;
  return [{ title, safety: 'unsafe', operations, reveals: ['token-automounted'] }];
}
