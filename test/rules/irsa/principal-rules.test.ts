import { describe, expect, test } from 'vitest';
import { account, applyFix, lintFiles, PROVIDER, policyFor, policyWith } from './files';

const good = policyFor('shop', 'web');
const ARN = `arn:aws:iam::111122223333:oidc-provider/${PROVIDER}`;
const lint = (rule: string, policy: string, others: Readonly<Record<string, string>> = {}) =>
  lintFiles({ 'web.json': policy, ...others }, rule);
const withPrincipal = (principal: string) => good.replace(/"Principal": \{[^}]*\}/, `"Principal": ${principal}`);
const web = account('shop', 'web', 'web');

describe('irsa-principal-type-wrong', () => {
  const rule = 'irsa-principal-type-wrong';

  test.each([
    ['the provider under AWS', `{ "AWS": "${ARN}" }`, ARN, 'Put it under Federated'],
    ['a list of it under Service', `{ "Service": ["${PROVIDER}"] }`, PROVIDER, 'Put it under Federated'],
    ['an account', '{ "AWS": "arn:aws:iam::111122223333:root" }', 'arn:aws:iam::111122223333:root', undefined],
    [
      'a SAML provider',
      '{ "Federated": "arn:aws:iam::111122223333:saml-provider/corp" }',
      'arn:aws:iam::111122223333:saml-provider/corp',
      `Trust "${ARN}"`,
    ],
  ])('%s', (_, principal, text, fix) => {
    const [finding, ...rest] = lint(rule, withPrincipal(principal));
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(text);
    expect(finding?.fixes.map(({ title }) => title)).toEqual(fix === undefined ? [] : [fix]);
  });

  test.each([
    ['a provider beside an account', `{ "Federated": "${ARN}", "AWS": "arn:aws:iam::111122223333:root" }`],
    ['what is filled in later', '{ "Federated": "${PROVIDER_ARN}" }'],
  ])('silent: %s', (_, principal) => expect(lint(rule, withPrincipal(principal))).toEqual([]));

  test('silent: a role for accounts and services', () => {
    const plain = withPrincipal('{ "AWS": "arn:aws:iam::111122223333:root" }');
    expect(lint(rule, plain.replace('sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole'))).toEqual([]);
  });
});

describe('irsa-principal-wildcard', () => {
  const rule = 'irsa-principal-wildcard';

  test.each(['"*"', '{ "AWS": "*" }', '{ "Federated": "*" }', '{ "Federated": ["*"] }'])('%s', (principal) => {
    const files = { 'web.json': withPrincipal(principal), 'a.yaml': web };
    const [finding, ...rest] = lintFiles(files, rule);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe('*');
    expect(finding?.fixes.map(({ title }) => title)).toEqual([`Trust only "${ARN}"`]);
    expect(JSON.parse(applyFix(files, rule)['web.json'] ?? '').Statement[0].Principal.Federated).toEqual(
      principal.includes('[') ? [ARN] : ARN,
    );
  });

  test('a part of an ARN', () => {
    const [finding] = lint(rule, good.replace(/oidc-provider\/[^"]*"/, 'oidc-provider/*"'));
    expect(finding?.message).toBe(
      'AWS takes no wildcard inside of a principal, and refuses a policy that names "arn:aws:iam::111122223333:oidc-provider/*".',
    );
    expect(finding?.fixes.map(({ title }) => title)).toEqual([`Trust only "${ARN}"`]);
  });

  test('no fix where the account is not known, or the keys are of several providers', () => {
    expect(lint(rule, withPrincipal('"*"'))[0]?.fixes).toEqual([]);
    const several = withPrincipal('"*"').replace(`${PROVIDER}:aud`, 'oidc.eks.eu-west-1.amazonaws.com/id/OTHER:aud');
    expect(lint(rule, several, { 'a.yaml': web })[0]?.fixes).toEqual([]);
  });

  test.each([
    ['a Deny', withPrincipal('"*"').replace('Allow', 'Deny')],
    ['another action', withPrincipal('"*"').replace('sts:AssumeRoleWithWebIdentity', 'sts:AssumeRole')],
    ['pipelines of GitHub', withPrincipal('"*"').replaceAll(PROVIDER, 'token.actions.githubusercontent.com')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy, { 'a.yaml': web })).toEqual([]));
});

describe('irsa-not-principal', () => {
  const rule = 'irsa-not-principal';
  const not = good.replace('"Principal"', '"NotPrincipal"');

  test('with Allow and with Deny', () => {
    expect(lint(rule, not).map(({ severity }) => severity)).toEqual(['error']);
    expect(lint(rule, not.replace('Allow', 'Deny')).map(({ severity }) => severity)).toEqual(['warning']);
  });

  test('silent in policies that are not about service accounts', () => {
    expect(lint(rule, not.replaceAll(PROVIDER, 'token.actions.githubusercontent.com'))).toEqual([]);
  });
});

describe('irsa-deny-cancels-allow', () => {
  const rule = 'irsa-deny-cancels-allow';
  const withDeny = (condition: string, principal = '"*"', action = 'sts:*') =>
    good.replace(
      /\n {2}\]/,
      `, { "Effect": "Deny", "Principal": ${principal}, "Action": "${action}", "Condition": { ${condition.replaceAll('PROVIDER', PROVIDER)} } }\n  ]`,
    );

  test.each([
    ['by name', '"StringEquals": { "PROVIDER:sub": "system:serviceaccount:shop:web" }'],
    ['all but another', '"StringNotEquals": { "PROVIDER:sub": "system:serviceaccount:shop:api" }'],
    ['all of its audience', '"StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" }'],
  ])('%s', (_, condition) => {
    const [finding, ...rest] = lint(rule, withDeny(condition));
    expect(rest).toEqual([]);
    expect(finding?.text).toBe('Deny');
    expect(finding?.message).toContain('"system:serviceaccount:shop:web"');
  });

  test.each([
    ['all but this one', withDeny('"StringNotEquals": { "PROVIDER:sub": "system:serviceaccount:shop:web" }')],
    ['of other addresses', withDeny('"NotIpAddress": { "aws:SourceIp": "10.0.0.0/8" }')],
    ['what is filled in later', withDeny('"StringEquals": { "PROVIDER:sub": "${SUBJECT}" }')],
    ['another action', withDeny('"StringLike": { "PROVIDER:sub": "*" }', '"*"', 'sts:TagSession')],
    [
      'another cluster',
      withDeny('"Null": { "PROVIDER:sub": "false" }', '{ "Federated": "arn:aws:iam::111122223333:oidc-provider/x" }'),
    ],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-provider-arn-invalid', () => {
  const rule = 'irsa-provider-arn-invalid';

  test.each([
    [`https://${PROVIDER}`, 'it is the address of the issuer', true],
    [PROVIDER, 'it is the host and path of the issuer', true],
    [ARN.replace('oidc-provider/', 'oidc-provider/https://'), 'without "https://"', true],
    [`${ARN}/`, 'without a slash at its end', true],
    [`${ARN} `, 'begins or ends with a blank', true],
    [ARN.replace('111122223333', '1111-2222-3333'), 'is not an account of twelve digits', true],
    [ARN.replace('iam::', 'iam:eu-west-1:'), 'nothing between the two colons', true],
    [ARN.replace(':iam:', ':sts:'), '"sts" stands where "iam" should', true],
    [ARN.replace('oidc-provider/', 'oidc/'), '"oidc-provider/" does not follow', false],
    [ARN.slice(0, -5), 'has 32 digits', false],
  ])('%s', (text, fault, isFixed) => {
    const policy = good.replace(ARN, text);
    const files = { 'web.json': policy, 'a.yaml': web };
    const [finding, ...rest] = lintFiles(files, rule);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(text);
    expect(finding?.message).toContain(fault);
    expect(finding?.fixes).toHaveLength(Number(isFixed));
    if (isFixed) expect(applyFix(files, rule)['web.json']).toBe(good);
  });

  test.each([
    ['placeholders', good.replace('111122223333', '${ACCOUNT}')],
    ['an id that is no number', good.replaceAll(/id\/\w+/g, 'id/main')],
    ['other kinds of cluster', good.replaceAll(PROVIDER, 'oidc.example.com/c1')],
    ['a reference', good.replace(`"${ARN}"`, '{ "Fn::GetAtt": ["Oidc", "Arn"] }')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-partition-mismatch', () => {
  const rule = 'irsa-partition-mismatch';
  const inRegion = (region: string, ending = 'amazonaws.com') =>
    good.replaceAll('eu-west-1.amazonaws.com', `${region}.${ending}`);

  test.each([
    ['cn-north-1', 'amazonaws.com.cn', 'aws-cn'],
    ['us-gov-west-1', 'amazonaws.com', 'aws-us-gov'],
    ['us-iso-east-1', 'c2s.ic.gov', 'aws-iso'],
    ['us-isob-east-1', 'sc2s.sgov.gov', 'aws-iso-b'],
  ])('%s', (region, ending, partition) => {
    const files = { 'web.json': inRegion(region, ending) };
    expect(lintFiles(files, rule)[0]?.message).toContain(`partition "${partition}"`);
    const fixed = applyFix(files, rule);
    expect(fixed['web.json']).toContain(`arn:${partition}:iam::`);
    expect(lintFiles(fixed, rule)).toEqual([]);
  });

  test('the ending of China', () => {
    const files = { 'web.json': inRegion('cn-north-1').replace('arn:aws:', 'arn:aws-cn:') };
    const fixed = applyFix(files, rule);
    expect(fixed['web.json']).toBe(inRegion('cn-north-1', 'amazonaws.com.cn').replace('arn:aws:', 'arn:aws-cn:'));
  });

  test('the role of another partition', () => {
    const role = web.replace('arn:aws:', 'arn:aws-cn:');
    expect(lint(rule, good, { 'a.yaml': role }).map(({ fixes }) => fixes)).toEqual([[]]);
    expect(lint(rule, good, { 'a.yaml': web })).toEqual([]);
  });

  test.each([
    ['public regions', inRegion('ap-southeast-2')],
    ['what is filled in later', inRegion('${REGION}', 'amazonaws.com.cn')],
    ['other kinds of cluster', good.replaceAll(PROVIDER, 'oidc.example.com/c1').replace('arn:aws:', 'arn:aws-cn:')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-account-mismatch', () => {
  const rule = 'irsa-account-mismatch';
  const other = good.replace('111122223333', '444455556666');

  test('by the annotation', () => {
    const [finding] = lint(rule, other, { 'a.yaml': web });
    expect(finding?.message).toContain('The provider is of account 444455556666, and the role of 111122223333');
  });

  test('by the role beside the policy', () => {
    const role = (policy: string) =>
      `{ "Role": { "Arn": "arn:aws:iam::111122223333:role/web", "AssumeRolePolicyDocument": ${policy} } }`;
    expect(lint(rule, role(other))).toHaveLength(1);
    expect(lint(rule, role(good))).toEqual([]);
  });

  test.each([
    ['nothing says whose the policy is', other, ''],
    ['one of the accounts fits', good, `${web}---\n${web.replace('111122223333', '444455556666')}`],
    ['the account is filled in later', other.replace('444455556666', '${ACCOUNT}'), web],
  ])('silent: %s', (_, policy, accounts) => expect(lint(rule, policy, { 'a.yaml': accounts })).toEqual([]));
});

describe('irsa-several-providers', () => {
  const rule = 'irsa-several-providers';
  const second = 'oidc.eks.eu-west-1.amazonaws.com/id/C0FFEE00C0FFEE00C0FFEE00C0FFEE00';
  const both = withPrincipal(`{ "Federated": ["${ARN}", "arn:aws:iam::111122223333:oidc-provider/${second}"] }`);

  test('the one without keys is refused, or both with keys of both', () => {
    expect(lint(rule, both).map(({ text }) => text)).toEqual([ARN.replace(PROVIDER, second)]);
    expect(lint(rule, both.replace(`${PROVIDER}:aud`, `${second}:aud`))).toHaveLength(2);
  });

  test.each([
    ['one provider, twice', withPrincipal(`{ "Federated": ["${ARN}", "${ARN}"] }`)],
    ['keys that need not be there', both.replace('StringEquals', 'StringEqualsIfExists')],
    ['a provider that is filled in later', both.replaceAll(second, '${SECOND}')],
    ['no conditions at all', policyWith('{}').replace(`"${ARN}"`, `["${ARN}", "arn:aws:iam::1:oidc-provider/x"]`)],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});
