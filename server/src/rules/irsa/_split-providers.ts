import type { Fix, Operation } from '../../engine/operation';
import { isNamingOperator } from '../../model/iam/operator';
import { isEksProvider, isSameProvider } from '../../model/iam/provider';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { isPlainMapping, isPlainSequence, type PlainMapping, type PlainValue } from '../../syntax/plain-value';
import { isOfModule, normalizeProvider, STS_AUDIENCE, toNewValue } from './_statement';
import { toMeaning, toValueOf } from './_statement-value';

/** A condition with the index of the provider whose key it asks for; undefined where it is none of theirs. */
interface Owned {
  readonly condition: TrustCondition;
  readonly owner: number | undefined;
}

/**
 * A statement for each provider, with its own keys. Where one has none, those of another are written under its name; not offered
 * where it is not known whose a key is, or which accounts a provider is to admit.
 */
export function toSplitFixes(statement: TrustStatement): Fix[] {
  const { ref, providers } = statement;
  const value = toValueOf(ref);
  const owned = assignOwners(statement);
  const list = ref.parent;
  if (!owned || !list?.isSequence || value === undefined || !isPlainMapping(value)) return [];
  const { Principal: principal = null } = value;
  if (!isPlainMapping(principal) || Object.keys(principal).join() !== 'Federated') return [];
  const ofProvider = (index: number) => owned.filter(({ owner }) => owner === index).map(({ condition }) => condition);
  const complete = providers.flatMap((_, index) => (ofProvider(index).some(namesSubject) ? [index] : []));
  const [stays] = complete;
  const subjects = new Set(complete.map((index) => toMeaning(ofProvider(index).filter(namesSubject).map(toWhom))));
  // With several that differ nobody knows which of them is meant for the others.
  if (stays === undefined || (complete.length < providers.length && subjects.size > 1)) return [];
  const additions = toAudience(statement, stays, ofProvider(stays));
  const others = providers.flatMap((_, index) => (index === stays ? [] : [index]));
  const copies = others.map((index) => toCopy(statement, value, owned, index, stays));
  if (!additions || copies.some((copy) => copy === undefined)) return [];
  const operations: Operation[] = [
    ...additions,
    ...owned.flatMap(({ condition, owner }): Operation[] =>
      owner === undefined || owner === stays ? [] : [{ op: 'remove', at: condition.ref, upTo: 1 }],
    ),
    ...others.map((index) => ({ op: 'remove' as const, at: ref.get('Principal', 'Federated', index) })),
    ...copies.map((copy) => ({ op: 'append' as const, at: list, value: copy ?? null })),
  ];
  const isCopied = complete.length < providers.length;
  const title = `Write a statement for each of the ${providers.length} clusters${isCopied ? ', with the same accounts' : ''}`;
  return [{ title, safety: 'unsafe', operations }];
}

/** Whose key each condition asks for; undefined where that is not known, or where some are of a provider that is not trusted. */
function assignOwners(statement: TrustStatement): Owned[] | undefined {
  const { providers, federated, conditions, ref } = statement;
  const isWhole = !statement.isConditional && statement.isPrincipalKnown && statement.areConditionsKnown;
  const isList = ref.get('Principal', 'Federated').isSequence && federated.length === providers.length;
  const isDistinct = new Set(providers.map((one) => one?.toLowerCase())).size === providers.length;
  if (!isWhole || !isList || !isDistinct || isOfModule(statement)) return undefined;
  const owned: Owned[] = [];
  for (const condition of conditions) {
    const provider = normalizeProvider(condition.provider);
    const same = providers.map((one) => isSameProvider(one, provider));
    const owner = same.indexOf(true);
    const isOfNobody = owner === -1 && /^(aws|sts):/.test(condition.key);
    if (owner === -1 && !isOfNobody) return undefined;
    owned.push({ condition, owner: isOfNobody ? undefined : owner });
  }
  return owned;
}

/** The statement of another provider: without the keys of the others, and with those that it lacks after the one that stays. */
function toCopy(
  statement: TrustStatement,
  { Sid, ...value }: PlainMapping,
  owned: readonly Owned[],
  index: number,
  stays: number,
): PlainMapping | undefined {
  const provider = statement.providers[index];
  const federated = (value.Principal as PlainMapping).Federated;
  if (provider === undefined || federated === undefined || !isPlainSequence(federated)) return undefined;
  const own = owned.filter(({ owner }) => owner === index).map(({ condition }) => condition);
  const conditions: Record<string, Record<string, PlainValue>> = {};
  const write = ({ operator, claim, ...condition }: TrustCondition, key = `${provider}:${claim}`) => {
    conditions[operator] = { ...conditions[operator], [key]: toConditionValue(condition) };
  };
  for (const { condition, owner } of owned) {
    const isLacking =
      owner === stays && !own.some(({ claim, parsed }) => claim === condition.claim && isNamingOperator(parsed));
    if (owner === undefined || owner === index) write(condition, condition.key);
    else if (isLacking) write(condition);
  }
  const hasAudience = owned.some(
    ({ condition, owner }) => [index, stays].includes(owner ?? -1) && condition.claim === 'aud',
  );
  if (!hasAudience && !isEksProvider(provider)) return undefined;
  if (!hasAudience) {
    const audience = toNewValue(statement, [STS_AUDIENCE]);
    conditions.StringEquals = { ...conditions.StringEquals, [`${provider}:aud`]: audience };
  }
  return { ...value, Principal: { Federated: [federated[index] ?? null] }, Condition: conditions };
}

/** Asks for the audience of EKS where a provider is asked for none; undefined where that is not its audience. */
function toAudience(
  statement: TrustStatement,
  index: number,
  own: readonly TrustCondition[],
): readonly Operation[] | undefined {
  const provider = statement.providers[index];
  if (own.some(({ claim }) => claim === 'aud')) return [];
  if (provider === undefined || !isEksProvider(provider)) return undefined;
  const at = statement.ref.get('Condition', 'StringEquals', `${provider}:aud`);
  return [{ op: 'set', at, value: toNewValue(statement, [STS_AUDIENCE]) }];
}

function namesSubject({ claim, parsed }: TrustCondition): boolean {
  return claim === 'sub' && isNamingOperator(parsed);
}

function toWhom(condition: TrustCondition): PlainValue {
  return { operator: condition.operator, texts: toConditionValue(condition) };
}

function toConditionValue({ ref }: Pick<TrustCondition, 'ref'>): PlainValue {
  return toValueOf(ref) ?? null;
}
