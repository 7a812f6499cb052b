import type { Ref } from '../../syntax/ref';
import { getTag } from '../../syntax/tag';
import { isFunction, unwrapSub } from './cloudformation';
import { parseOperator } from './operator';
import { getLiteral, hasPlaceholder } from './placeholder';
import { classifyProvider, getProviderOfArn, type Issuer } from './provider';
import type { TrustCondition, TrustPolicy, TrustStatement } from './trust-policy';

/**
 * The statements at one place of a list, both ways of `Fn::If` among them: each is judged, but whether it is there is not known.
 */
export function readStatements(policy: TrustPolicy, ref: Ref, isConditional = false): TrustStatement[] {
  const branches = getTag(ref) === '!If' ? ref : ref.get('Fn::If');
  if (branches.isSequence) {
    return branches
      .items()
      .slice(1)
      .flatMap((branch) => (branch.isSequence ? branch.items() : [branch]))
      .flatMap((branch) => readStatements(policy, branch, true));
  }
  const statement = readStatement(policy, ref, isConditional);
  return statement ? [statement] : [];
}

/** Reads one statement; undefined for what cannot be one of a trust policy (those name a principal and no resource). */
function readStatement(policy: TrustPolicy, ref: Ref, isConditional: boolean): TrustStatement | undefined {
  if (!ref.isMapping || ref.get('Resource').isWritten || ref.get('NotResource').isWritten) return undefined;
  const principal = ref.get('Principal');
  const hasNotPrincipal = ref.get('NotPrincipal').isWritten;
  if (!principal.isWritten && !hasNotPrincipal) return undefined;
  const federated = listOf(principal.get('Federated'));
  const providers = federated.map((value) => getProvider(getLiteral(value)));
  const actions = listOf(ref.get('Action'));
  const { conditions, isComplete } = readConditions(ref.get('Condition'));
  const effect = getLiteral(ref.get('Effect'));
  return {
    policy,
    ref,
    effect: effect === 'Allow' || effect === 'Deny' ? effect : undefined,
    isConditional,
    federated,
    providers,
    otherPrincipals: principal.isMapping
      ? principal.keys().filter((key) => key !== 'Federated')
      : [principal.string ?? ''],
    issuer: getIssuer(providers, conditions),
    actions,
    conditions,
    isPrincipalKnown:
      !hasNotPrincipal && isReadable(principal) && !principal.keys().some(isFunction) && federated.every(isReadable),
    isActionKnown: actions.length > 0 && actions.every((action) => isLiteral(action)),
    areConditionsKnown: isComplete,
  };
}

/** The provider that a Federated value means: of an ARN, or of the bare host that people write in its place; a wildcard means none. */
function getProvider(text: string | undefined): string | undefined {
  if (text === undefined || text.includes('*')) return undefined;
  const provider = getProviderOfArn(text);
  if (provider !== undefined) return provider;
  return text.startsWith('arn:') ? undefined : text.replace(/^https?:\/\//, '');
}

function getIssuer(providers: readonly (string | undefined)[], conditions: readonly TrustCondition[]): Issuer {
  const written = [...providers, ...conditions.map(({ provider }) => provider)];
  const issuers = written.map((provider) => (provider ? classifyProvider(withoutScheme(provider)) : 'undecided'));
  if (issuers.includes('other')) return 'other';
  if (issuers.includes('kubernetes')) return 'kubernetes';
  const namesAccount = conditions.some(({ values }) =>
    values.some((value) => /system:serviceaccount/i.test(value.scalar?.text ?? '')),
  );
  return namesAccount ? 'kubernetes' : 'undecided';
}

function withoutScheme(provider: string): string {
  return (getProviderOfArn(provider) ?? provider).replace(/^https?:\/\//, '');
}

/** The conditions of a statement, and whether these are all that there are. */
function readConditions(condition: Ref): { conditions: TrustCondition[]; isComplete: boolean } {
  const conditions: TrustCondition[] = [];
  if (!condition.isWritten) return { conditions, isComplete: condition.isAbsent };
  let isComplete = condition.isMapping && getTag(condition) === undefined;
  for (const [operator, keys] of condition.entries()) {
    if (isFunction(operator) || !keys.isMapping || getTag(keys) !== undefined) {
      isComplete = false;
      continue;
    }
    for (const [key, ref] of keys.entries()) {
      const { provider, claim } = splitKey(key);
      if (isFunction(key) || (claim === '' && hasPlaceholder(key))) isComplete = false;
      if (!isFunction(key))
        conditions.push({ operator, parsed: parseOperator(operator), key, provider, claim, ref, values: listOf(ref) });
    }
  }
  return { conditions, isComplete };
}

/** `<provider>:<claim>`; the claim alone is a mistake that people make, so it is read as one. */
function splitKey(key: string): { provider: string; claim: string } {
  const [, provider, claim] = /^(?:(.*):)?([A-Za-z][\w.-]*)$/s.exec(key) ?? [];
  if (claim !== undefined && (provider !== undefined || claim === 'sub' || claim === 'aud')) {
    return { provider: provider ?? '', claim };
  }
  return { provider: key, claim: '' };
}

/** One value, or each of a list of them. What a function computes is one value that is not known. */
function listOf(ref: Ref): Ref[] {
  if (!ref.isWritten) return [];
  return (ref.isSequence && getTag(ref) === undefined ? ref.items() : [ref]).map(unwrapSub);
}

function isReadable(ref: Ref): boolean {
  const tag = getTag(ref);
  return ref.isWritten && (tag === undefined || tag === '!Sub') && !ref.keys().some(isFunction);
}

function isLiteral(ref: Ref): boolean {
  const text = getLiteral(ref);
  return text !== undefined && !hasPlaceholder(text);
}
