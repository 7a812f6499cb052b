import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import { isLike } from '../../../server/src/model/iam/wildcard';
import { PROVIDER, readFact, toArn, toPolicyText, toStatement } from './policy';

const SUB = `${PROVIDER}:sub`;
const AUD = `${PROVIDER}:aud`;
const WEB = 'system:serviceaccount:shop:web';
const token = { provider: PROVIDER, namespace: 'shop', name: 'web', audience: 'sts.amazonaws.com' };
const evaluate = (...statements: unknown[]) => evaluatePolicy(readFact(toPolicyText(...statements)), token);

describe('one condition', () => {
  test.each([
    ['StringEquals', { [SUB]: WEB }, 'yes'],
    ['StringEquals', { [SUB]: ['x', WEB] }, 'yes'],
    ['StringEquals', { [SUB]: 'system:serviceaccount:shop:*' }, 'no'],
    ['StringEquals', { [SUB]: 'system:serviceaccount:shop:Web' }, 'no'],
    ['StringEquals', { [SUB]: 'system:serviceaccount:${NS}:web' }, 'unknown'],
    ['StringEquals', { [SUB]: ['system:serviceaccount:${NS}:web', WEB] }, 'yes'],
    ['StringEquals', { [`https://${SUB}`]: WEB }, 'no'],
    ['StringEquals', { '${OIDC}:sub': WEB }, 'unknown'],
    ['StringEquals', { '${OIDC}:sub': 'system:serviceaccount:shop:api' }, 'no'],
    ['StringEquals', { 'aws:SourceIp': '10.0.0.1' }, 'unknown'],
    ['StringEqualsIgnoreCase', { [SUB]: 'system:serviceaccount:Shop:WEB' }, 'yes'],
    ['StringLike', { [SUB]: 'system:serviceaccount:*:web' }, 'yes'],
    ['StringLike', { [SUB]: 'system:serviceaccount:shop:we?' }, 'yes'],
    ['StringLike', { [SUB]: 'system:serviceaccount:stage-*:*' }, 'no'],
    ['StringNotEquals', { [SUB]: WEB }, 'no'],
    ['StringNotEquals', { 'other.example.com:sub': WEB }, 'yes'],
    ['StringNotLike', { [SUB]: 'system:serviceaccount:kube-*' }, 'yes'],
    ['StringEqualsIfExists', { 'other.example.com:sub': 'x' }, 'yes'],
    ['StringEqualsIfExists', { [SUB]: 'x' }, 'no'],
    ['ForAllValues:StringEquals', { 'other.example.com:sub': 'x' }, 'yes'],
    ['ForAllValues:StringEquals', { [SUB]: 'x' }, 'no'],
    ['ForAnyValue:StringEquals', { [SUB]: WEB }, 'yes'],
    ['ForAnyValue:StringNotEquals', { 'other.example.com:sub': 'x' }, 'no'],
    ['Null', { [SUB]: 'true' }, 'no'],
    ['Null', { [SUB]: 'false' }, 'yes'],
    ['Null', { 'other.example.com:sub': 'true' }, 'yes'],
    ['NumericEquals', { [SUB]: '1' }, 'unknown'],
  ])('%s %j: %s', (operator, keys, expected) => expect(evaluate(toStatement({ [operator]: keys }))).toBe(expected));
});

describe('a policy', () => {
  const exact = { StringEquals: { [SUB]: WEB } };

  test('no condition admits every account of the cluster, and of no other', () => {
    expect(evaluate(toStatement(undefined))).toBe('yes');
    const fact = readFact(toPolicyText(toStatement(undefined)));
    expect(evaluatePolicy(fact, { ...token, provider: 'oidc.eks.eu-west-1.amazonaws.com/id/OTHER' })).toBe('no');
  });

  test('operators and keys are joined by AND, statements by OR', () => {
    const both = { StringEquals: { [SUB]: WEB, [AUD]: 'sts.amazonaws.com' } };
    expect(evaluate(toStatement(both))).toBe('yes');
    expect(evaluate(toStatement({ ...both, StringLike: { [SUB]: 'nobody' } }))).toBe('no');
    expect(evaluate(toStatement({ StringEquals: { [SUB]: WEB, [AUD]: 'other' } }))).toBe('no');
    expect(evaluate(toStatement({ StringEquals: { [SUB]: 'nobody' } }), toStatement(both))).toBe('yes');
  });

  test('a Deny that applies wins', () => {
    expect(evaluate(toStatement(exact), toStatement(exact, { Effect: 'Deny' }))).toBe('no');
    expect(evaluate(toStatement(exact), toStatement({ StringEquals: { [SUB]: 'x' } }, { Effect: 'Deny' }))).toBe('yes');
    expect(evaluate(toStatement(exact), toStatement(exact, { Effect: 'Deny', Principal: '*' }))).toBe('no');
    expect(evaluate(toStatement(exact), toStatement(exact, { Effect: '${EFFECT}' }))).toBe('unknown');
  });

  test('the action counts', () => {
    expect(evaluate(toStatement(exact, { Action: 'sts:AssumeRole' }))).toBe('no');
    expect(evaluate(toStatement(exact, { Action: ['sts:TagSession', 'sts:AssumeRoleWith*'] }))).toBe('yes');
    expect(evaluate(toStatement(exact, { Action: undefined, NotAction: 'sts:AssumeRole' }))).toBe('unknown');
  });

  test('what is not known stays unknown', () => {
    expect(evaluate(toStatement(exact, { Principal: { Federated: { Ref: 'Provider' } } }))).toBe('unknown');
    expect(evaluate(toStatement(exact, { Principal: { Federated: toArn('${OIDC}') } }))).toBe('unknown');
    expect(evaluate(toStatement({ ...exact, 'Fn::If': ['A', {}, {}] }))).toBe('unknown');
    const open = readFact(toPolicyText(toStatement({ StringEquals: { [SUB]: WEB, [AUD]: 'x' } })));
    expect(evaluatePolicy(open, { ...token, audience: undefined })).toBe('unknown');
  });

  test('without a provider, any that the policy trusts will do', () => {
    const { provider: _, ...any } = token;
    const other = 'oidc.eks.eu-west-1.amazonaws.com/id/0000000000000000000000000000000A';
    const two = toStatement(
      { StringEquals: { [`${other}:sub`]: WEB } },
      { Principal: { Federated: [toArn(PROVIDER), toArn(other)] } },
    );
    expect(evaluatePolicy(readFact(toPolicyText(two)), any)).toBe('yes');
    expect(evaluatePolicy(readFact(toPolicyText(two)), { ...any, name: 'api' })).toBe('no');
    const placeholder = toStatement(
      { StringEquals: { '${OIDC}:sub': WEB } },
      { Principal: { Federated: toArn('${OIDC}') } },
    );
    expect(evaluatePolicy(readFact(toPolicyText(placeholder)), any)).toBe('yes');
  });
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.'), maxLength: 8 });

test('isLike agrees with a regular expression', () => {
  fc.assert(
    fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 }), (pattern, value) => {
      const source = pattern.replace(/[.]/g, '\\.').replace(/\*/g, '.*').replace(/\?/g, '.');
      expect(isLike(pattern, value)).toBe(new RegExp(`^${source}$`).test(value));
    }),
  );
});

interface Case {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** IAM's rules for literal texts, as its documentation words them, on a plain map of request keys. */
function holds({ operator, key, values }: Case, request: ReadonlyMap<string, string>): boolean {
  const quantifier = /^For(Any|All)/.exec(operator)?.[1];
  const isIfExists = operator.endsWith('IfExists');
  const base = operator.replace(/^.*:/, '').replace('IfExists', '');
  const actual = request.get(key);
  if (actual === undefined)
    return isIfExists || quantifier === 'All' || (quantifier === undefined && base.includes('Not'));
  const equals = (value: string) => {
    if (base.endsWith('Like')) return new RegExp(`^${value.replace(/\*/g, '.*').replace(/\?/g, '.')}$`).test(actual);
    return base.endsWith('IgnoreCase') ? value.toLowerCase() === actual.toLowerCase() : value === actual;
  };
  return values.some(equals) !== base.includes('Not');
}

test('evaluatePolicy agrees with a plain reading of the rules', () => {
  const base = fc.constantFrom(
    'StringEquals',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringLike',
    'StringNotLike',
  );
  const operator = fc
    .tuple(fc.constantFrom('', 'ForAnyValue:', 'ForAllValues:'), base, fc.constantFrom('', 'IfExists'))
    .map((parts) => parts.join(''));
  const key = fc.constantFrom(SUB, AUD, 'oidc.eks.eu-west-1.amazonaws.com/id/B:sub');
  const value = fc.constantFrom(
    WEB,
    WEB.toUpperCase(),
    'system:serviceaccount:*:web',
    'system:serviceaccount:shop:we?',
    '*',
    'sts.amazonaws.com',
    'x',
  );
  const condition = fc.record({ operator, key, values: fc.array(value, { minLength: 1, maxLength: 3 }) });
  const statement = fc.record({
    effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    provider: fc.constantFrom(PROVIDER, PROVIDER, 'oidc.eks.eu-west-1.amazonaws.com/id/B'),
    conditions: fc.uniqueArray(condition, { maxLength: 3, selector: ({ operator: o, key: k }) => `${o} ${k}` }),
  });
  const request = new Map([
    [SUB, WEB],
    [AUD, 'sts.amazonaws.com'],
  ]);
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
      const written = statements.map(({ effect, provider, conditions }) => {
        const byOperator: Record<string, Record<string, readonly string[]>> = {};
        for (const one of conditions) byOperator[one.operator] = { ...byOperator[one.operator], [one.key]: one.values };
        return toStatement(byOperator, { Effect: effect, Principal: { Federated: toArn(provider) } });
      });
      const applies = (effect: string) =>
        statements.some((one) => {
          return (
            one.effect === effect && one.provider === PROVIDER && one.conditions.every((each) => holds(each, request))
          );
        });
      expect(evaluate(...written)).toBe(applies('Allow') && !applies('Deny') ? 'yes' : 'no');
    }),
    { numRuns: 1000 },
  );
});
