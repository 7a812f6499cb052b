import type { Fix, Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { getAccount, getPartition, toProviderArn } from '../../model/iam/arn';
import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { isEksProvider } from '../../model/iam/provider';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { renameKeys } from './_condition-fix';
import { withoutFilledIn } from './_filled-in';
import { getOnlyProvider } from './_statement';

// The words in capitals, brackets and rows of X that documentation has in the places of an id.
const LEFT =
  /<[^<>]+>|\b(?:AWS_|OIDC_|MY_|YOUR_)*(?:ACCOUNT|CLUSTER|REGION|PROVIDER)(?:[_-]?(?:ID|NAME|NUMBER|URL))?\b|EXAMPLE\w*|[Xx]{4,}\w*|\b(?:CHANGE[_-]?ME|REPLACE[_-]?\w+|YOUR[_-][\w-]+|TODO)\b/g;

/** The words in a text that documentation writes for what the reader is to fill in. */
export function findLeftovers(text: string): string[] {
  return [...new Set(withoutFilledIn(text).match(LEFT) ?? [])];
}

/** Puts the provider and account in that the other files of the workspace agree on; none where they do not, or leave something open. */
export function toFillFixes(
  statement: TrustStatement,
  keys: readonly TrustCondition[],
  { workspace }: RuleContext,
): Fix[] {
  const [at] = statement.federated;
  const arn = at && getLiteral(at);
  const own = getOnlyProvider(statement);
  if (!at || arn === undefined || own === undefined) return [];
  const accounts = workspace.all('service-account').flatMap(({ value }) => value.roleArn ?? []);
  const providers = workspace
    .all('trust-policy')
    .flatMap(({ value }) => (value.isDerived ? [] : value.statements.flatMap((one) => one.providers)))
    .filter((one): one is string => one !== undefined && isEksProvider(one) && !hasPlaceholder(one));
  const provider = findLeftovers(own).length > 0 ? getOnly(providers) : own;
  const account = getAccount(arn) ?? getOnly(accounts.flatMap((one) => getAccount(one) ?? []));
  const partition = getPartition(arn) ?? getOnly(accounts.flatMap((one) => getPartition(one) ?? []));
  if (provider === undefined || account === undefined || partition === undefined) return [];
  const renames = renameKeys(
    statement,
    keys.map((condition) => ({ condition, key: `${provider}:${condition.claim}` })),
  );
  const value = toProviderArn(partition, account, provider);
  if (!renames || keys.some(({ claim }) => claim === '') || value === arn) return [];
  const operations: Operation[] = [{ op: 'set', at, value }, ...renames];
  return [{ title: `Fill in "${value}", as the other files have it`, safety: 'unsafe', operations }];
}

function getOnly(texts: readonly string[]): string | undefined {
  const [first, ...others] = new Set(texts);
  return others.length === 0 ? first : undefined;
}
