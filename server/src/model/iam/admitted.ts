import type { TrustPolicyFact, TrustStatementFact } from '../workspace/topics';
import { isNamingOperator, parseOperator } from './operator';
import { hasPlaceholder, isNamePlaceholder } from './placeholder';
import { classifyProvider } from './provider';
import { hasWildcard, SUBJECT_PREFIX, type Subject, splitSubject } from './subject';
import { isLike } from './wildcard';

/** Somebody whom a statement lets take on a role, as far as its subjects tell. */
export type Admitted =
  | { readonly kind: 'account'; readonly subject: Subject }
  /** Every account of a cluster, whatever its name. */
  | { readonly kind: 'cluster' }
  | { readonly kind: 'namespace'; readonly namespace: string }
  /** An account of this name in any namespace. */
  | { readonly kind: 'name'; readonly name: string }
  /** Accounts whose subject is like a pattern. */
  | { readonly kind: 'pattern'; readonly text: string }
  /** Accounts that are not known here: a text with parts that are filled in later; undefined where there is none to show. */
  | { readonly kind: 'unknown'; readonly text: string | undefined };

/** Whom the statements that trust tokens of Kubernetes let in, each once, in order. Denials and other conditions are not weighed. */
export function listAdmitted({ statements }: Pick<TrustPolicyFact, 'statements'>): Admitted[] {
  const all = statements.flatMap((statement) => (isGrant(statement) ? readStatement(statement) : []));
  return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
}

function isGrant({ effect, actions, isActionKnown, providers, isPrincipalKnown }: TrustStatementFact): boolean {
  if (effect === 'Deny') return false;
  if (isActionKnown && !actions.some((one) => isLike(one.toLowerCase(), 'sts:assumerolewithwebidentity'))) return false;
  const isForeign = (provider: string | undefined) => provider !== undefined && classifyProvider(provider) === 'other';
  return !isPrincipalKnown || (providers.length > 0 && !providers.every(isForeign));
}

function readStatement({ conditions, areConditionsKnown }: TrustStatementFact): Admitted[] {
  const ofSubject = conditions.filter(({ claim }) => claim === 'sub');
  const naming = ofSubject.filter(({ operator }) => isNamingOperator(parseOperator(operator)));
  if (naming.length === 0) {
    // What is computed, or told by what it is not, may hold anybody off.
    const isOpen = ofSubject.length === 0 && areConditionsKnown;
    return [isOpen ? { kind: 'cluster' } : { kind: 'unknown', text: undefined }];
  }
  // All of them must hold: the one that says most tells who is meant.
  const [strictest] = [...naming].sort((a, b) => Number(isExact(b)) - Number(isExact(a)));
  const isPattern = strictest !== undefined && !isExact(strictest);
  return (strictest?.values ?? []).map((text) => toAdmitted(text, isPattern));
}

function isExact({ operator }: TrustStatementFact['conditions'][number]): boolean {
  return parseOperator(operator).test !== 'like';
}

function toAdmitted(text: string | undefined, isPattern: boolean): Admitted {
  if (text === undefined || hasPlaceholder(text)) return { kind: 'unknown', text };
  if (!isPattern || !hasWildcard(text)) {
    const subject = splitSubject(text);
    const isKnown = subject && !isNamePlaceholder(subject.namespace) && !isNamePlaceholder(subject.name);
    return isKnown ? { kind: 'account', subject } : { kind: 'unknown', text };
  }
  if (isLike(text, `${SUBJECT_PREFIX}\u0000:\u0000`)) return { kind: 'cluster' };
  const { namespace = '', name = '' } = splitSubject(text) ?? {};
  if (name === '*' && !hasWildcard(namespace)) return { kind: 'namespace', namespace };
  if (namespace === '*' && !hasWildcard(name)) return { kind: 'name', name };
  return { kind: 'pattern', text };
}
