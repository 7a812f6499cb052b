import { describe, expect, test } from 'vitest';
import { checkFile, openProject } from '../../harness/lint-text';
import { account, admittedBy, applyFix, findIn, lintFiles, PROVIDER, policyFor, policyWith, subjectOf } from './files';

const reader = subjectOf('production', 's3-reader');
const good = policyFor('production', 's3-reader');
const role = account('production', 's3-reader', 's3-reader');
const lint = (rule: string, policy: string, others: Readonly<Record<string, string>> = {}) =>
  lintFiles({ 's3-reader.json': policy, ...others }, rule);

describe('irsa-subject-negated', () => {
  const rule = 'irsa-subject-negated';
  const negated = (operator: string, value: string) => policyWith(`{ "${operator}": { "PROVIDER:sub": "${value}" } }`);

  test.each([
    ['StringNotEquals', subjectOf('production', 's3-writer'), '"StringNotEquals" keeps only'],
    ['StringNotLike', 'system:serviceaccount:kube-*', '"StringNotLike" keeps only'],
    ['Null', 'false', 'asks only whether the token has a subject'],
  ])('%s', (operator, value, words) => {
    const files = { 's3-reader.json': negated(operator, value), 'a.yaml': role };
    const [finding, ...rest] = lintFiles(files, rule);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(`${PROVIDER}:sub`);
    expect(finding?.message).toContain(words);
    const fixed = applyFix(files, rule)['s3-reader.json'] ?? '';
    expect(admittedBy(fixed)).toEqual(['production:s3-reader', 'production:s3-reader for vault']);
  });

  test.each([
    [
      'a name beside it',
      policyWith(
        `{ "StringNotLike": { "PROVIDER:sub": "*:default" }, "StringEquals": { "PROVIDER:sub": "${reader}" } }`,
      ),
    ],
    [
      'a condition that is filled in later',
      policyWith('{ "StringNotLike": { "PROVIDER:sub": "x" }, "StringEquals": { "${KEY}": "x" } }'),
    ],
    ['a Deny', negated('StringNotEquals', reader).replace('Allow', 'Deny')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));

  test('the fix takes the subject of another statement, where no account has the role', () => {
    const text = JSON.parse(good);
    const other = JSON.parse(
      negated('StringNotEquals', reader).replaceAll(PROVIDER, 'oidc.eks.eu-west-1.amazonaws.com/id/TWO'),
    );
    text.Statement.push(other.Statement[0]);
    const [finding] = lint(rule, JSON.stringify(text, null, 2));
    expect(finding?.fixes.map(({ title }) => title)).toEqual([`Admit only "${reader}", as the other statement does`]);
  });
});

describe('irsa-case-ignored', () => {
  const rule = 'irsa-case-ignored';
  const ignored = good.replace('StringEquals', 'StringEqualsIgnoreCase');

  test('is mended where the values are in lower case', () => {
    expect(applyFix({ 's3-reader.json': ignored }, rule)['s3-reader.json']).toBe(good);
    expect(lint(rule, ignored.replace(reader, 'system:serviceaccount:Production:s3-reader'))[0]?.fixes).toEqual([]);
    expect(lint(rule, ignored.replace(reader, '${SUBJECT}'))[0]?.fixes).toEqual([]);
  });

  test('silent where it is negated', () => {
    expect(lint(rule, good.replace('StringEquals', 'StringNotEqualsIgnoreCase'))).toEqual([]);
  });
});

describe('irsa-condition-key-unknown', () => {
  const rule = 'irsa-condition-key-unknown';

  test.each([
    ['sub', 'subject'],
    ['sub', 'user'],
    ['sub', 'Sub2'],
    ['sub', 'kubernetes.io/serviceaccount'],
    ['aud', 'audience'],
    ['aud', 'client_id'],
  ])('%s as %s', (claim, written) => {
    const files = { 's3-reader.json': good.replace(`:${claim}"`, `:${written}"`) };
    const [finding, ...rest] = lintFiles(files, rule);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(`${PROVIDER}:${written}`);
    expect(applyFix(files, rule)['s3-reader.json']).toBe(good);
  });

  test('the namespace alone has no key', () => {
    const policy = good.replace(':sub"', ':namespace"').replace(reader, 'production');
    expect(lint(rule, policy).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test.each([
    ['keys of AWS', good.replace(`"${PROVIDER}:aud"`, '"aws:SourceVpc"')],
    ['keys of any provider', good.replace(':aud"', ':azp"')],
    ['other kinds of cluster', good.replaceAll(PROVIDER, 'oidc.example.com/c1').replace(':aud"', ':audience"')],
    ['what is filled in later', good.replace(`${PROVIDER}:aud"`, '${KEY}"')],
  ])('silent: %s', (_, policy) => expect(lint(rule, policy)).toEqual([]));
});

describe('irsa-placeholder-left', () => {
  const rule = 'irsa-placeholder-left';
  const blank = good
    .replace('111122223333', 'ACCOUNT_ID')
    .replaceAll(PROVIDER, 'oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID');

  test.each([
    [blank, ['ACCOUNT_ID', 'REGION', 'CLUSTER_ID']],
    [good.replaceAll(/id\/\w+/g, 'id/EXAMPLED539D4633E53DE1B71EXAMPLE'), ['EXAMPLED539D4633E53DE1B71EXAMPLE']],
    [good.replaceAll(/id\/\w+/g, 'id/XXXXXXXX'), ['XXXXXXXX']],
    [good.replace('111122223333', '<account>'), ['<account>']],
    [good.replace('production:', 'YOUR-NAMESPACE:'), ['YOUR-NAMESPACE']],
  ])('%#', (policy, words) => {
    const [finding, ...rest] = lint(rule, policy);
    expect(rest).toEqual([]);
    for (const word of words) expect(finding?.message).toContain(`"${word}"`);
    expect(finding?.fixes).toEqual([]);
  });

  test('is filled in from what the other files agree on', () => {
    const files = {
      'blank.json': blank,
      'other.json': policyFor('shop', 'web'),
      'a.yaml': account('shop', 'web', 'web'),
    };
    const fixed = applyFix(files, rule);
    expect(fixed['blank.json']).toBe(good);
    const second = policyFor('shop', 'job').replaceAll(/id\/\w+/g, 'id/C0FFEE00C0FFEE00C0FFEE00C0FFEE00');
    expect(lintFiles({ ...files, 'second.json': second }, rule)[0]?.fixes).toEqual([]);
  });

  test.each([
    ['a shell', '${ACCOUNT_ID}'],
    ['a shell, bare', '$ACCOUNT_ID'],
    ['a template', '{{ .Values.accountId }}'],
    ['printf', '%s'],
  ])('silent: filled in by %s', (_, text) => expect(lint(rule, good.replace('111122223333', text))).toEqual([]));
});

describe('what a policy is as a whole', () => {
  test('irsa-policy-version-old: left out or of 2008; Terraform writes it into its documents', () => {
    const rule = 'irsa-policy-version-old';
    const without = good.replace(/\n {2}"Version": "[^"]*",/, '');
    expect(lint(rule, without)).toHaveLength(1);
    expect(JSON.parse(applyFix({ 's3-reader.json': without }, rule)['s3-reader.json'] ?? '').Version).toBe(
      '2012-10-17',
    );
    expect(lint(rule, good.replace('2012-10-17', '${VERSION}'))).toEqual([]);
    expect(lint(rule, without.replaceAll(PROVIDER, 'token.actions.githubusercontent.com'))).toEqual([]);
  });

  test('irsa-many-subjects: many accounts, or of many namespaces', () => {
    const rule = 'irsa-many-subjects';
    const of = (...subjects: readonly string[]) => good.replace(`"${reader}"`, JSON.stringify(subjects));
    const workers = Array.from({ length: 6 }, (_, n) => subjectOf('shop', `worker-${n}`));
    expect(lint(rule, of(...workers))[0]?.message).toContain('6 service accounts of one namespace');
    expect(lint(rule, of(...['a', 'b', 'c'].map((name) => subjectOf(name, 'web'))))[0]?.message).toContain(
      '3 namespaces',
    );
    expect(lint(rule, of(...workers.slice(0, 5)))).toEqual([]);
    expect(lint(rule, of(reader, subjectOf('staging', 's3-reader')))).toEqual([]);
  });

  test('irsa-policy-too-long: white space does not count, and what is filled in later is not guessed', () => {
    const rule = 'irsa-policy-too-long';
    const of = (count: number, more = '') =>
      good.replace(
        `"${reader}"`,
        JSON.stringify([
          ...Array.from({ length: count }, (_, n) => subjectOf('shop', `worker-${n}`)),
          ...(more ? [more] : []),
        ]),
      );
    const long = of(50);
    const length = JSON.stringify(JSON.parse(long)).length;
    expect(lint(rule, long)[0]?.message).toContain(`${length} characters`);
    expect(lint(rule, of(10) + ' '.repeat(3000))).toEqual([]);
    expect(lint(rule, of(50, '${MORE}'))).toEqual([]);
  });

  test('irsa-default-subject: in whichever namespace', () => {
    const rule = 'irsa-default-subject';
    const found = lint(
      rule,
      good.replace(
        `"${reader}"`,
        `["${subjectOf('shop', 'default')}", "${reader}", "${subjectOf('kube-system', 'default')}"]`,
      ),
    );
    expect(found.map(({ text }) => text)).toEqual([subjectOf('shop', 'default'), subjectOf('kube-system', 'default')]);
    expect(lint(rule, good.replace('Allow', 'Deny').replace('s3-reader', 'default'))).toEqual([]);
  });

  test('pod-identity-any-account: off unless it is turned on', () => {
    const text = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Principal": { "Service": "pods.eks.amazonaws.com" }, "Action": ["sts:AssumeRole", "sts:TagSession"] } }`;
    const rule = 'pod-identity-any-account';
    expect(lint(rule, text)).toEqual([]);
    const project = openProject({ 'p.json': text }, { rules: { [rule]: 'warning' } });
    expect(findIn(project, 'p.json', rule).map((found) => found.text)).toEqual(['pods.eks.amazonaws.com']);
    expect(checkFile(project, 'p.json').unchecked).toEqual([]);
  });
});

describe('irsa-audience-mismatch', () => {
  const rule = 'irsa-audience-mismatch';
  const internal = `${role}    eks.amazonaws.com/audience: internal\n`;

  test('the policy takes the audience of the account, or the account that of the policy', () => {
    const files = { 's3-reader.json': good, 'a.yaml': internal };
    const [finding, ...rest] = lintFiles(files, rule);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe('sts.amazonaws.com');
    expect(finding?.related).toHaveLength(1);
    expect(applyFix(files, rule, /^Ask/)['s3-reader.json']).toBe(good.replace('"sts.amazonaws.com"', '"internal"'));
    expect(applyFix(files, rule, /^Give/)['a.yaml']).toBe(internal.replace('internal', 'sts.amazonaws.com'));
  });

  test('an account without the annotation gets tokens for STS', () => {
    const files = { 's3-reader.json': good.replace('"sts.amazonaws.com"', '"internal"'), 'a.yaml': role };
    expect(applyFix(files, rule, /^Ask/)['s3-reader.json']).toBe(good);
    expect(applyFix(files, rule, /^Give/)['a.yaml']).toBe(internal);
  });

  test.each([
    ['one of several is right', good.replace('"sts.amazonaws.com"', '["internal", "sts.amazonaws.com"]'), internal],
    ['the account asks for no role', good, account('production', 's3-reader')],
    ['the account is written twice', good, `${internal}---\n${role}`],
    ['another account', good, internal.replace('name: s3-reader', 'name: s3-writer')],
    ['a misspelt name of STS', good.replace('"sts.amazonaws.com"', '"sts.amazonaws.com.cn"'), role],
    ['what is filled in later', good.replace('"sts.amazonaws.com"', '"${AUDIENCE}"'), internal],
    [
      'other kinds of cluster',
      good.replaceAll(PROVIDER, 'oidc.example.com/c1').replace('"sts.amazonaws.com"', '"irsa"'),
      role,
    ],
  ])('silent: %s', (_, policy, accounts) => expect(lint(rule, policy, { 'a.yaml': accounts })).toEqual([]));
});

describe('irsa-account-not-annotated', () => {
  const rule = 'irsa-account-not-annotated';
  const bare = account('production', 's3-reader');
  const inRole = (properties: string) => `{ "Role": { ${properties} "AssumeRolePolicyDocument": ${good} } }`;

  test.each([
    ['the ARN beside the policy', '"Arn": "arn:aws:iam::111122223333:role/s3-reader",'],
    ['the name, in the account of the provider', '"RoleName": "s3-reader",'],
  ])('annotates with %s', (_, properties) => {
    const files = { 'role.json': inRole(properties), 'a.yaml': bare };
    const [finding, ...rest] = lintFiles(files, rule);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(reader);
    const fixed = applyFix(files, rule);
    expect(fixed['a.yaml']).toBe(role);
    expect(fixed['role.json']).toBe(files['role.json']);
  });

  test('with the path of the role', () => {
    const files = { 'role.json': inRole('"RoleName": "s3-reader", "Path": "/apps/",'), 'a.yaml': bare };
    expect(applyFix(files, rule)['a.yaml']).toContain('arn:aws:iam::111122223333:role/apps/s3-reader');
  });

  test('without a fix where nothing says what the role is called', () => {
    expect(lint(rule, good, { 'a.yaml': bare }).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  const eksctl = (body: string) =>
    `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: main, region: eu-west-1 }\niam:\n${body}`;

  test.each([
    ['another file annotates it', role],
    [
      'its annotations are a template',
      bare.replace('namespace: production', 'namespace: production\n  annotations: {{ .Values.annotations }}'),
    ],
    ['the annotation is misspelt', role.replace('amazonaws.com/', 'amazon.com/')],
    ['its namespace is left open', bare.replace('  namespace: production\n', '')],
    ['eksctl gives it one', eksctl('  serviceAccounts:\n    - metadata: { name: s3-reader, namespace: production }\n')],
    [
      'Pod Identity gives it one',
      eksctl('  podIdentityAssociations:\n    - { namespace: production, serviceAccountName: s3-reader }\n'),
    ],
  ])('silent: %s', (_, other) => {
    const isOther = /^kind: ClusterConfig/m.test(other) || other === role;
    expect(
      lintFiles({ 'p.json': good, 'a.yaml': isOther ? bare : other, 'b.yaml': isOther ? other : '' }, rule),
    ).toEqual([]);
  });
});
