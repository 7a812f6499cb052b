/** A condition operator of the string family (or Null), taken apart. */
export interface ConditionOperator {
  readonly quantifier: 'ForAnyValue' | 'ForAllValues' | undefined;
  /** Without prefix and suffix: `StringEquals`. */
  readonly base: string;
  readonly isIfExists: boolean;
  readonly test: 'equals' | 'equals-ignore-case' | 'like' | 'null' | 'other';
  readonly isNegated: boolean;
}

const TESTS: Readonly<Record<string, readonly [test: ConditionOperator['test'], isNegated: boolean]>> = {
  stringequals: ['equals', false],
  stringnotequals: ['equals', true],
  stringequalsignorecase: ['equals-ignore-case', false],
  stringnotequalsignorecase: ['equals-ignore-case', true],
  stringlike: ['like', false],
  stringnotlike: ['like', true],
  null: ['null', false],
};

/** Takes an operator apart: `ForAnyValue:StringLikeIfExists`. Names are read without regard to case, as IAM does. */
export function parseOperator(text: string): ConditionOperator {
  const [, prefix, rest = ''] = /^(?:(ForAnyValue|ForAllValues):)?(.*)$/is.exec(text) ?? [];
  const base = rest.replace(/IfExists$/i, '');
  const name = base.toLowerCase();
  const known = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
  const [test, isNegated] = known ?? ['other', /^[a-z]+Not[A-Z]/.test(base)];
  return {
    quantifier: prefix === undefined ? undefined : /any/i.test(prefix) ? 'ForAnyValue' : 'ForAllValues',
    base,
    isIfExists: base.length < rest.length,
    test,
    isNegated,
  };
}

/** True when the operator admits what its values name, rather than what they do not name. */
export function isNamingOperator({ test, isNegated }: ConditionOperator): boolean {
  return !isNegated && (test === 'equals' || test === 'equals-ignore-case' || test === 'like');
}
