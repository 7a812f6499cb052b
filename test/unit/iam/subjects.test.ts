import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import { findRefusal } from '../../../server/src/model/iam/join';
import { isAccountAdmitted, listSubjects, withSubject } from '../../../server/src/model/iam/subjects';
import { PROVIDER, readFact, toPolicyText, toStatement } from './policy';

const web = 'system:serviceaccount:shop:web';
const account = { namespace: 'shop', name: 'web', isNamespaceWritten: true, roleArn: undefined, audience: undefined };
const exact = (subject: string | readonly string[], operator = 'StringEquals') =>
  toStatement({ [operator]: { [`${PROVIDER}:sub`]: subject } });

test('the answer that is kept ready is the evaluated one', () => {
  const subject = fc.constantFrom(
    web,
    'system:serviceaccount:shop:api',
    'system:serviceaccount:*:web',
    '${SUBJECT}',
    'x',
  );
  const operator = fc.constantFrom(
    'StringEquals',
    'StringLike',
    'StringNotEquals',
    'StringEqualsIgnoreCase',
    'StringEqualsIfExists',
    'ForAllValues:StringEquals',
    'ForAnyValue:StringEquals',
  );
  const statement = fc
    .tuple(fc.array(subject, { maxLength: 3 }), operator, fc.constantFrom('Allow', 'Allow', 'Deny', '${EFFECT}'))
    .map(([subjects, name, effect]) => ({ ...exact(subjects, name), Effect: effect }));
  fc.assert(
    fc.property(fc.array(statement, { minLength: 1, maxLength: 3 }), (statements) => {
      const policy = readFact(toPolicyText(...statements));
      const token = { namespace: 'shop', name: 'web', audience: 'sts.amazonaws.com' };
      expect(isAccountAdmitted(policy, account)).toBe(evaluatePolicy(policy, token));
      const open = isAccountAdmitted(policy, { ...account, namespace: 'default', isNamespaceWritten: false });
      if (evaluatePolicy(policy, token) !== 'no' && statements.some(({ Effect }) => Effect === 'Allow')) {
        const isNamed = listSubjects(policy).some(
          ({ subject: named }) => named?.namespace === 'shop' && named.name === 'web',
        );
        if (isNamed) expect(open).toBe('unknown');
      }
    }),
    { numRuns: 500 },
  );
});

test('an account whose namespace nobody has written is refused only where its name is', () => {
  const open = { ...account, namespace: 'default', isNamespaceWritten: false };
  expect(isAccountAdmitted(readFact(toPolicyText(exact(web))), open)).toBe('unknown');
  expect(isAccountAdmitted(readFact(toPolicyText(exact('system:serviceaccount:*:web', 'StringLike'))), open)).toBe(
    'unknown',
  );
  expect(isAccountAdmitted(readFact(toPolicyText(exact('system:serviceaccount:shop:api'))), open)).toBe('no');
  expect(isAccountAdmitted(readFact(toPolicyText(exact('system:serviceaccount:shop:a*', 'StringLike'))), open)).toBe(
    'no',
  );
});

test('one more subject, or one in place of another, changes just that', () => {
  const policy = readFact(toPolicyText(exact('system:serviceaccount:shop:api')));
  const [at] = listSubjects(policy);
  if (!at) throw new Error('no subject');
  const admits = (name: string, isReplaced: boolean) =>
    evaluatePolicy(withSubject(policy, at, web, isReplaced), { provider: PROVIDER, namespace: 'shop', name });
  expect([admits('web', false), admits('api', false)]).toEqual(['yes', 'yes']);
  expect([admits('web', true), admits('api', true)]).toEqual(['yes', 'no']);
});

test('a role that is called after nothing in particular is in no file by its name', () => {
  const value = readFact(toPolicyText(exact('system:serviceaccount:shop:api')));
  const policies = [{ value, uri: 'file:///iam/trust-policy.json', place: { document: 'p', path: [] } }];
  const plain = { ...account, roleArn: 'arn:aws:iam::111122223333:role/irsa-role' };
  expect(findRefusal(plain, policies, () => [plain])).toBeUndefined();
});
