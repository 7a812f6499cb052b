import type { Fix, Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { isAccountName, isNamespaceName, type Subject } from '../../model/iam/subject';
import { toObjectKey } from '../../model/workspace/reference-topics';
import type { NearAccount } from './_near-account';

/**
 * Gives the account the name and namespace that a trust policy trusts, in the account's own file: only where nothing else names the
 * account, which would have to follow, and where eksctl does not make it.
 */
export function toFollowingFixes(
  { namespace, name }: Subject,
  { known: { value, place } }: NearAccount,
  { workspace }: RuleContext,
): Fix[] {
  const isObject = !place.path.includes('serviceAccounts');
  if (!isObject || !isAccountName(name) || !isNamespaceName(namespace)) return [];
  const key = toObjectKey({ kind: 'ServiceAccount', name: value.name });
  if (workspace.find('reference', key).some((one) => one.value.form === 'name')) return [];
  const metadata = (field: string) => ({ document: place.document, path: [...place.path, 'metadata', field] });
  const operations: Operation[] = [];
  const changes: string[] = [];
  if (value.name !== name) {
    operations.push({ op: 'set', at: metadata('name'), value: name });
    changes.push(`call it "${name}"`);
  }
  if (value.isNamespaceWritten && value.namespace !== namespace) {
    operations.push({ op: 'set', at: metadata('namespace'), value: namespace });
    changes.push(`move it to namespace "${namespace}"`);
  }
  const title = `Let ServiceAccount "${value.name}" follow the policy: ${changes.join(' and ')}`;
  return operations.length === 0 ? [] : [{ title, safety: 'unsafe', operations }];
}
