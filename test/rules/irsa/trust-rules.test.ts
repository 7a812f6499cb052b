import { describe, expect, test } from 'vitest';
import { account, lintFiles, PROVIDER, policyFor, policyWith, subjectOf } from './files';

const web = subjectOf('shop', 'web');
const good = policyFor('shop', 'web');
const lint = (rule: string, policy: string, others: Readonly<Record<string, string>> = {}) =>
  lintFiles({ 'policy.json': policy, ...others }, rule);
const like = (subject: string) => policyWith(`{ "StringLike": { "PROVIDER:sub": "${subject}" } }`);

describe('irsa-subject-missing', () => {
  const rule = 'irsa-subject-missing';
  const open = policyWith('{ "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }');

  test('at the provider whose accounts are all let in', () => {
    const [finding] = lint(rule, open);
    expect(finding?.text).toBe(`arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`);
    expect(finding?.message).toBe(
      `Every service account of the cluster can take on this role: no condition asks for a subject ("${PROVIDER}:sub").`,
    );
    expect(finding?.fixes).toEqual([]);
  });

  test('names all accounts that have the role', () => {
    const accounts = `${account('shop', 'web', 'reader')}---\n${account('shop', 'api', 'reader')}---\n${account('shop', 'job')}`;
    const found = lintFiles({ 'accounts.yaml': accounts, 'reader.json': open }, rule);
    expect(found.flatMap(({ fixes }) => fixes.map(({ title }) => title))).toEqual([
      `Admit only "${web}", "${subjectOf('shop', 'api')}"`,
    ]);
  });

  test('at the key of the audience, where the subject stands under that', () => {
    const [finding] = lint(rule, policyWith(`{ "StringEquals": { "PROVIDER:aud": "${web}" } }`));
    expect(finding?.text).toBe(`${PROVIDER}:aud`);
    expect(finding?.fixes.map(({ title }) => title)).toEqual([`Change the key to "${PROVIDER}:sub"`]);
  });

  test.each([
    ['a Deny', open.replace('Allow', 'Deny')],
    [
      'a subject under any operator',
      policyWith('{ "StringNotLike": { "PROVIDER:sub": "system:serviceaccount:kube-*" } }'),
    ],
    ['a condition that is filled in later', policyWith('{ "StringEquals": { "${KEY}": "x" } }')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-audience-missing', () => {
  const rule = 'irsa-audience-missing';

  test('asks for what the annotation of the account says', () => {
    const policy = policyWith(`{ "StringEquals": { "PROVIDER:sub": "${web}" } }`);
    const own = `${account('shop', 'web', 'reader')}    eks.amazonaws.com/audience: irsa\n`;
    const titles = (accounts: string) =>
      lint(rule, policy, { 'a.yaml': accounts }).flatMap(({ fixes }) =>
        fixes.map(({ title, safety }) => `${title}, ${safety}`),
      );
    expect(titles(own)).toEqual(['Ask for the audience "irsa", safe']);
    expect(titles(account('shop', 'web', 'reader'))).toEqual(['Ask for the audience "sts.amazonaws.com", safe']);
  });

  test('is only a hint for a cluster that is none of EKS', () => {
    const policy = policyWith(`{ "StringEquals": { "PROVIDER:sub": "${web}" } }`).replaceAll(
      PROVIDER,
      'oidc.example.com/c1',
    );
    expect(lint(rule, policy).map(({ severity, fixes }) => [severity, fixes.length])).toEqual([['info', 0]]);
  });

  test('is written with the provider that the other keys have, placeholders too', () => {
    const policy = policyWith(`{ "StringEquals": { "PROVIDER:sub": "${web}" } }`).replaceAll(
      PROVIDER,
      '${OIDC_PROVIDER}',
    );
    const [finding] = lint(rule, policy);
    expect(finding?.message).toContain('"${OIDC_PROVIDER}:aud"');
    expect(finding?.fixes.map(({ safety }) => safety)).toEqual(['unsafe']);
  });
});

describe('irsa-subject-wildcard', () => {
  const rule = 'irsa-subject-wildcard';
  test.each([
    ['*', 'error', 'every service account of the cluster'],
    ['system:serviceaccount:*', 'error', 'every service account of the cluster'],
    ['system:serviceaccount:*:*', 'error', 'every service account of the cluster'],
    ['system:serviceaccount:*:web', 'error', 'accounts of every namespace, those of others and of the future included'],
    ['system:serviceaccount:team-?:web', 'error', 'accounts of every namespace that matches "team-?"'],
    ['system:serviceaccount:shop*', 'error', 'subjects of more than one namespace'],
    ['system:serviceaccount:shop:*', 'warning', 'whichever accounts of namespace "shop" match'],
    ['system:serviceaccount:shop:*-web', 'warning', 'whichever accounts of namespace "shop" match'],
    ['system:serviceaccount:shop:web-*', 'info', 'every account of namespace "shop" whose name matches "web-*"'],
  ])('%s: %s', (subject, severity, words) => {
    const [finding, ...rest] = lint(rule, like(subject));
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(subject);
    expect(finding?.severity).toBe(severity);
    expect(finding?.message).toContain(`The pattern "${subject}" admits ${words}`);
  });

  test('the fix lists those that match, if they are few', () => {
    const accounts = (count: number) =>
      Array.from({ length: count }, (_, i) => account('shop', `web-${i}`)).join('---\n');
    const titles = (count: number) =>
      lint(rule, like('system:serviceaccount:shop:*'), { 'a.yaml': accounts(count) }).flatMap(({ fixes }) =>
        fixes.map(({ title }) => title),
      );
    expect(titles(2)).toEqual([`Admit only "${subjectOf('shop', 'web-0')}", "${subjectOf('shop', 'web-1')}"`]);
    expect(titles(6)).toEqual([]);
    expect(titles(0)).toEqual([]);
  });

  test('of those that match, those that have the role', () => {
    const accounts = `${account('shop', 'web', 'reader')}---\n${account('shop', 'api')}`;
    const found = lintFiles({ 'a.yaml': accounts, 'reader.json': like('system:serviceaccount:shop:*') }, rule);
    expect(found[0]?.fixes.map(({ title }) => title)).toEqual([`Admit only "${web}"`]);
  });

  test.each([
    ['no wildcard', like(web)],
    ['StringEquals', policyFor('shop', '*')],
    ['a namespace that is filled in later', like('system:serviceaccount:${NS}*:web')],
    ['a negated pattern', like('system:serviceaccount:kube-*:*').replace('StringLike', 'StringNotLike')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-subject-format', () => {
  const rule = 'irsa-subject-format';
  test.each([
    ['shop/web', web],
    ['shop:web', web],
    ['serviceaccount:shop:web', web],
    ['system:serviceaccounts:shop:web', web],
    ['system:service-account:shop:web', web],
    ['System:ServiceAccount:shop:web', web],
    ['system:serviceaccount:shop/web', web],
    ['system:serviceaccount:Shop:Web', web],
    ['system:serviceaccount:shop:web_frontend', subjectOf('shop', 'web-frontend')],
    [` ${web}`, web],
    [`${web} `, web],
    ['system:serviceaccount:web', undefined],
    ['system:serviceaccount:shop:web:extra', undefined],
    ['arn:aws:iam::111122223333:role/web', undefined],
  ])('%j', (subject, fixed) => {
    const found = lint(rule, good.replace(web, subject));
    expect(found.map(({ text }) => text)).toEqual([subject]);
    expect(found[0]?.fixes.map(({ title }) => title)).toEqual(fixed ? [`Change the subject to "${fixed}"`] : []);
  });

  test('leads to the account that is nearly called so', () => {
    const found = lint(rule, good.replace(web, 'shop/fronted'), { 'a.yaml': account('shop', 'frontend') });
    expect(found[0]?.fixes.map(({ title }) => title)).toEqual([
      `Change the subject to "${subjectOf('shop', 'frontend')}"`,
    ]);
  });

  test.each([
    ['a subject', good],
    ['a wildcard', good.replace(web, 'shop/*')],
    ['a placeholder', good.replace(web, '${SUBJECT}')],
    ['names in capitals', good.replace(web, 'system:serviceaccount:NAMESPACE:SERVICE_ACCOUNT')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));

  test('silent where irsa-subject-mismatch knows the account', () => {
    const files = { 'a.yaml': account('shop', 'web-server') };
    const policy = policyFor('Shop', 'Web_Server');
    expect(lint(rule, policy, files)).toEqual([]);
    expect(lint('irsa-subject-mismatch', policy, files)).toHaveLength(1);
  });
});

describe('irsa-audience-invalid', () => {
  const rule = 'irsa-audience-invalid';
  const withAudience = (value: string) => good.replace('"sts.amazonaws.com"', value);
  test.each([
    ['"sts.amazonaws.com.cn"', 'sts.amazonaws.com.cn'],
    ['"sts.eu-west-1.amazonaws.com"', 'sts.eu-west-1.amazonaws.com'],
    ['"sts.amazon.com"', 'sts.amazon.com'],
    ['"https://sts.amazonaws.com"', 'https://sts.amazonaws.com'],
    ['["sts.amazonaws.com.cn", "vault"]', 'sts.amazonaws.com.cn'],
  ])('%s', (value, text) => expect(lint(rule, withAudience(value)).map((finding) => finding.text)).toEqual([text]));

  test.each([
    ['the right one', good],
    ['the right one among others', withAudience('["sts.amazonaws.com", "sts.amazonaws.com.cn"]')],
    ['a pattern that is matched', withAudience('"sts.*"').replace('StringEquals', 'StringLike')],
    ['an audience of its own', withAudience('"irsa"')],
    ['a placeholder', withAudience('"${AUDIENCE}"')],
    ['a cluster that is none of EKS', withAudience('"amazonaws.com"').replaceAll(PROVIDER, 'oidc.example.com/c1')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));

  test('silent where an account asks for it', () => {
    const own = `${account('shop', 'web', 'reader')}    eks.amazonaws.com/audience: aws-vault\n`;
    expect(lint(rule, withAudience('"aws-vault"'), { 'a.yaml': own })).toEqual([]);
    expect(lint(rule, withAudience('"aws-vault"'))).toHaveLength(1);
  });
});

describe('irsa-provider-mismatch', () => {
  const rule = 'irsa-provider-mismatch';
  const other = 'oidc.eks.eu-west-1.amazonaws.com/id/B7';
  const copied = good.replaceAll(`"${PROVIDER}:`, `"${other}:`);

  test('once for a statement, at the first key, with both ways out', () => {
    const [finding, ...rest] = lint(rule, copied);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(`${other}:aud`);
    expect(finding?.fixes.map(({ title }) => title)).toEqual([
      "Use the principal's provider in the keys",
      "Use the keys' provider in the principal",
    ]);
  });

  test('only some keys: the principal is right', () => {
    const [finding] = lint(rule, good.replace(`"${PROVIDER}:sub`, `"${other}:sub`));
    expect(finding?.text).toBe(`${other}:sub`);
    expect(finding?.fixes.map(({ title }) => title)).toEqual(["Use the principal's provider in the keys"]);
  });

  test.each([
    [
      'one of several principals',
      copied.replace(/"(arn:[^"]*)"/, `["$1", "arn:aws:iam::111122223333:oidc-provider/${other}"]`),
    ],
    ['a placeholder in the keys', good.replaceAll(`"${PROVIDER}:`, '"${OIDC}:')],
    ['a placeholder in the principal', copied.replace(`oidc-provider/${PROVIDER}`, 'oidc-provider/${OIDC}')],
    [
      'a placeholder in words',
      copied.replace(`oidc-provider/${PROVIDER}`, 'oidc-provider/oidc.eks.REGION.amazonaws.com/id/XXXXXXXX'),
    ],
    ['letters of another case', good.replaceAll(`"${PROVIDER}:`, `"${PROVIDER.toLowerCase()}:`)],
    ['a key that is malformed', copied.replaceAll(`"${other}:`, `"https://${other}:`)],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-condition-key-format', () => {
  const rule = 'irsa-condition-key-format';
  test.each([
    [`https://${PROVIDER}`, 'the provider is named without "https://"'],
    [`arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`, 'the provider is named by host and path, not by its ARN'],
    [`oidc-provider/${PROVIDER}`, 'the provider is named by host and path, not by its ARN'],
    [`${PROVIDER}/`, 'the provider is named without a slash at its end'],
    ['https://${OIDC_PROVIDER}', 'the provider is named without "https://"'],
  ])('%s', (provider, words) => {
    const found = lint(rule, good.replace(`"${PROVIDER}:sub`, `"${provider}:sub`));
    expect(found.map(({ text }) => text)).toEqual([`${provider}:sub`]);
    expect(found[0]?.message).toBe(`AWS never has a key "${provider}:sub": ${words}.`);
    const [fix] = found[0]?.fixes ?? [];
    expect(fix?.title).toBe(`Change the key to "${provider.includes('$') ? '${OIDC_PROVIDER}' : PROVIDER}:sub"`);
  });

  test('the fix takes the provider of the principal where the one in the key is another', () => {
    const [finding] = lint(
      rule,
      good.replace(`"${PROVIDER}:sub`, '"https://oidc.eks.eu-west-1.amazonaws.com/id/COPIED:sub'),
    );
    expect(finding?.fixes.map(({ title }) => title)).toEqual([`Change the key to "${PROVIDER}:sub"`]);
  });

  test('the fix declines where the right key is there already', () => {
    const twice = policyWith(`{ "StringEquals": { "PROVIDER:sub": "${web}", "https://PROVIDER:sub": "${web}" } }`);
    expect(lint(rule, twice).map(({ fixes }) => fixes.length)).toEqual([0]);
  });

  test.each([
    ['well formed', good],
    [
      'the key of something else',
      policyWith(`{ "StringEquals": { "PROVIDER:sub": "${web}", "aws:SourceIp": "10.0.0.1" } }`),
    ],
    ['a variable', good.replaceAll(`"${PROVIDER}:`, '"${OIDC}:')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-action-wrong', () => {
  const rule = 'irsa-action-wrong';
  const withAction = (action: string) => good.replace('"sts:AssumeRoleWithWebIdentity"', action);

  test('another principal keeps its action', () => {
    const policy = withAction('"sts:AssumeRole"').replace(
      '"Federated"',
      '"AWS": "arn:aws:iam::111122223333:root",\n        "Federated"',
    );
    expect(lint(rule, policy)[0]?.fixes.map(({ title }) => title)).toEqual(['Allow sts:AssumeRoleWithWebIdentity too']);
  });

  test.each([
    ['with others', withAction('["sts:AssumeRoleWithWebIdentity", "sts:TagSession"]')],
    ['by a pattern', withAction('"sts:AssumeRole*"')],
    ['in another case', withAction('"STS:assumeRoleWithWebIdentity"')],
    ['filled in later', withAction('"${ACTION}"')],
    ['no federated principal', withAction('"sts:AssumeRole"').replace('Federated', 'AWS')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('operators', () => {
  test.each([
    ['irsa-for-all-values', 'ForAllValues:StringLike', 'StringLike'],
    ['irsa-if-exists', 'StringLikeIfExists', 'StringLike'],
    ['irsa-if-exists', 'ForAnyValue:StringEqualsIfExists', 'ForAnyValue:StringEquals'],
  ])('%s: %s', (rule, operator, plain) => {
    const [finding] = lint(rule, good.replace('StringEquals', operator));
    expect(finding?.text).toBe(operator);
    expect(finding?.fixes.map(({ title, safety }) => [title, safety])).toEqual([[`Change it to ${plain}`, 'safe']]);
  });

  test('keys move to the plain operator where it is there already, unless it has them', () => {
    const both = (plain: string) =>
      policyWith(`{ "StringEqualsIfExists": { "PROVIDER:sub": "${web}" }, "StringEquals": { ${plain} } }`);
    const fixes = (plain: string) => lint('irsa-if-exists', both(plain)).map(({ fixes: own }) => own.length);
    expect(fixes('"PROVIDER:aud": "sts.amazonaws.com"')).toEqual([1]);
    expect(fixes(`"PROVIDER:sub": "${web}"`)).toEqual([0]);
  });

  test('those of other keys are not ours', () => {
    const policy = policyWith(
      `{ "StringEquals": { "PROVIDER:sub": "${web}" }, "StringLikeIfExists": { "aws:PrincipalOrgID": "o-1" }, "ForAllValues:StringLike": { "aws:TagKeys": "a" } }`,
    );
    for (const rule of ['irsa-for-all-values', 'irsa-if-exists', 'irsa-string-like-without-wildcard'])
      expect(lint(rule, policy)).toEqual([]);
  });

  test('irsa-string-like-without-wildcard: silent when a value may be a pattern', () => {
    for (const subject of ['system:serviceaccount:shop:*', 'system:serviceaccount:${NS}:web']) {
      expect(lint('irsa-string-like-without-wildcard', like(subject))).toEqual([]);
    }
    expect(lint('irsa-string-like-without-wildcard', like(web)).map(({ severity }) => severity)).toEqual(['info']);
  });
});

describe('irsa-duplicate-condition-key', () => {
  const rule = 'irsa-duplicate-condition-key';
  const twice = (first: string, second: string) =>
    policyWith(`{\n  "StringEquals": ${first},\n  "StringEquals": ${second}\n}`);

  test('at the one that is lost', () => {
    const policy = twice(`{ "PROVIDER:sub": "${web}" }`, '{ "PROVIDER:aud": "sts.amazonaws.com" }');
    const [finding, ...rest] = lint(rule, policy);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe('"StringEquals"');
    expect(finding?.span.start).toBe(policy.indexOf('"StringEquals"'));
    expect(finding?.fixes.map(({ title }) => title)).toEqual(['Merge the conditions into one']);
  });

  test('a key, an operator and the Condition itself', () => {
    const key = policyWith(`{ "StringEquals": { "PROVIDER:sub": "x", "PROVIDER:sub": "${web}" } }`);
    expect(lint(rule, key).map(({ text }) => text)).toEqual([`"${PROVIDER}:sub"`]);
    const whole = good.replace('"Condition"', '"Condition": {},\n      "Condition"');
    expect(lint(rule, whole).map(({ text }) => text)).toEqual(['"Condition"']);
  });

  test('no fix where they contradict, or comments would be lost', () => {
    const contradiction = twice('{ "PROVIDER:sub": "x" }', `{ "PROVIDER:sub": "${web}" }`);
    expect(lint(rule, contradiction).map(({ fixes }) => fixes.length)).toEqual([0]);
    const commented = twice(`{ "PROVIDER:sub": "${web}" /* whom */ }`, '{ "PROVIDER:aud": "sts.amazonaws.com" }');
    expect(lint(rule, commented).map(({ fixes }) => fixes.length)).toEqual([0]);
  });

  test('silent on duplicates elsewhere', () => {
    expect(lint(rule, good.replace('"Version"', '"Version": "2008-10-17",\n  "Version"'))).toEqual([]);
  });
});
