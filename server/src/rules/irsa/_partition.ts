import type { Fix } from '../../engine/operation';
import { getPartitionOfRegion } from '../../model/iam/arn';
import type { TrustStatement } from '../../model/iam/trust-policy';
import type { Ref } from '../../syntax/ref';
import { renameKeys } from './_condition-fix';

/** The name of a provider with the ending of its region, where it has another one. */
export function toHost(provider: string, region: string | undefined): string | undefined {
  if (region === undefined || !provider.startsWith('oidc.eks.')) return undefined;
  const partition = getPartitionOfRegion(region);
  if (partition === 'aws-cn') return toChanged(provider, /\.amazonaws\.com\//, '.amazonaws.com.cn/');
  return partition === 'aws' || partition === 'aws-us-gov'
    ? toChanged(provider, /\.amazonaws\.com\.cn\//, '.amazonaws.com/')
    : undefined;
}

function toChanged(text: string, from: RegExp, to: string): string | undefined {
  const changed = text.replace(from, to);
  return changed === text ? undefined : changed;
}

/** The provider under its right name, in the principal and in all keys. */
export function toHostFixes(statement: TrustStatement, at: Ref, text: string, provider: string, host: string): Fix[] {
  const own = statement.conditions.filter((condition) => condition.provider === provider);
  const renames = renameKeys(
    statement,
    own.map((condition) => ({ condition, key: `${host}:${condition.claim}` })),
  );
  const value = text.slice(0, text.length - provider.length) + host;
  const title = `Change the provider to "${host}"`;
  return renames ? [{ title, safety: 'unsafe', operations: [{ op: 'set', at, value }, ...renames] }] : [];
}
