import { describe, expect, test } from 'vitest';
import { checkFile, openProject, toUri } from '../../harness/lint-text';
import { account, findIn, lintFiles, policyFor, policyWith, subjectOf } from './files';

const RULE = 'irsa-subject-mismatch';
const lint = (accounts: string, policy: string, others: Readonly<Record<string, string>> = {}) =>
  lintFiles({ 'accounts.yaml': accounts, 'policy.json': policy, ...others }, RULE);

describe('findings', () => {
  test('a wrong letter: at the text of the subject, with the account that is meant', () => {
    const project = openProject({
      'accounts.yaml': account('production', 's3-reader'),
      'policy.json': policyFor('production', 's3-raeder'),
    });
    const [finding, ...rest] = findIn(project, 'policy.json', RULE);
    expect(rest).toEqual([]);
    expect(finding?.text).toBe(subjectOf('production', 's3-raeder'));
    expect(finding?.severity).toBe('error');
    expect(finding?.message).toBe(
      'No ServiceAccount "s3-raeder" is in namespace "production": "s3-reader" is there. Pods will be refused this role with "Not authorized to perform sts:AssumeRoleWithWebIdentity".',
    );
    const [related] = finding?.related ?? [];
    const located = related && project.locate(related.place);
    expect(located?.uri).toBe(toUri('accounts.yaml'));
    expect(located?.ref.string).toBe('s3-reader');
    expect(finding?.fixes.map(({ title }) => title)).toEqual([
      'Change the subject to "system:serviceaccount:production:s3-reader"',
      'Let ServiceAccount "s3-reader" follow the policy: call it "s3-raeder"',
    ]);
  });

  test.each([
    ['another namespace', 'staging', 's3-reader', 'it is in "production"'],
    ['separators', 'production', 's3_reader', '"s3-reader" is there, and case and separators count'],
    ['case', 'Production', 's3-Reader', '"s3-reader" is in "production", and case and separators count'],
    [
      'exchanged parts',
      's3-reader',
      'production',
      'namespace and name are exchanged, it is "s3-reader" in "production"',
    ],
  ])('%s', (_, namespace, name, words) => {
    const found = lint(account('production', 's3-reader'), policyFor(namespace, name));
    expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
  });

  test('each value of a list for itself, under any operator that names', () => {
    const list = (operator: string) =>
      policyWith(`{
  "${operator}": {
    "PROVIDER:sub": ["system:serviceaccount:shop:web-server", "system:serviceaccount:shop:web-sevrer", "system:serviceaccount:shop:mail-sender"]
  }
}`);
    const accounts = `${account('shop', 'web-server')}---\n${account('shop', 'mail-sendr')}`;
    for (const operator of ['StringEquals', 'StringLike', 'ForAnyValue:StringEquals', 'StringEqualsIfExists']) {
      const found = lint(accounts, list(operator));
      expect(found.map(({ text }) => text)).toEqual([
        subjectOf('shop', 'web-sevrer'),
        subjectOf('shop', 'mail-sender'),
      ]);
      expect(found[0]?.fixes[0]?.title).toMatch(/^Remove .*web-sevrer.* is listed already$/);
    }
  });

  test('in YAML too, and while the provider is a placeholder', () => {
    const template = `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Federated: !Sub "arn:aws:iam::\${AWS::AccountId}:oidc-provider/\${Oidc}" }
            Action: sts:AssumeRoleWithWebIdentity
            Condition:
              StringEquals:
                OIDC_PROVIDER:sub: system:serviceaccount:shop:web-sevrer
`;
    const found = lintFiles({ 'a.yaml': account('shop', 'web-server'), 'template.yaml': template }, RULE);
    expect(found.map(({ text }) => text)).toEqual([subjectOf('shop', 'web-sevrer')]);
  });

  test('milder for a namespace nobody here knows, of an account that has a policy of its own', () => {
    const files = {
      'accounts.yaml': account('production', 's3-reader'),
      'own.json': policyFor('production', 's3-reader'),
      'policy.json': policyFor('elsewhere', 's3-reader'),
    };
    expect(lintFiles(files, RULE).map(({ severity }) => severity)).toEqual(['info']);
    const known = { ...files, 'ns.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: elsewhere\n' };
    expect(lintFiles(known, RULE).map(({ severity }) => severity)).toEqual(['error']);
  });
});

describe('silence', () => {
  const reader = account('production', 's3-reader');
  const pod = `apiVersion: v1
kind: Pod
metadata: { name: p, namespace: production }
spec:
  serviceAccountName: s3-raeder
  containers: [{ name: p, image: p }]
`;
  test.each([
    ['the account is there', reader, policyFor('production', 's3-reader'), {}],
    [
      'no account at all',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: x }\n',
      policyFor('production', 's3-raeder'),
      {},
    ],
    ['no near account', reader, policyFor('production', 'log-shipper'), {}],
    ['the default account', account('production', 'defaults'), policyFor('production', 'default'), {}],
    ['a pod runs as the account that is named', reader, policyFor('production', 's3-raeder'), { 'pod.yaml': pod }],
    [
      'a pattern',
      reader,
      policyWith('{ "StringLike": { "PROVIDER:sub": "system:serviceaccount:production:s3-raed*" } }'),
      {},
    ],
    ['a placeholder', reader, policyFor('NAMESPACE', 's3-reader'), {}],
    [
      'a negated operator',
      reader,
      policyWith('{ "StringNotEquals": { "PROVIDER:sub": "system:serviceaccount:production:s3-raeder" } }'),
      {},
    ],
    ['a Deny', reader, policyFor('production', 's3-raeder').replace('Allow', 'Deny'), {}],
    [
      'an account that may be in any namespace',
      reader.replace('  namespace: production\n', ''),
      policyFor('production', 's3-reader'),
      {},
    ],
    [
      'a list that names the account beside one of another cluster',
      reader,
      policyWith(
        '{ "StringEquals": { "PROVIDER:sub": ["system:serviceaccount:production:s3-reader", "system:serviceaccount:other:s3-reader"] } }',
      ),
      {},
    ],
  ])('%s', (_, accounts, policy, others) => expect(lint(accounts, policy, others)).toEqual([]));
});

describe('typing', () => {
  const files = {
    'accounts.yaml': account('production', 's3-reader'),
    'policy.json': policyFor('production', 's3-raeder'),
  };

  test("renaming the account makes the policy's finding go and come", () => {
    const project = openProject(files);
    for (const name of Object.keys(files)) checkFile(project, name);
    project.takeStale();
    const rename = (from: string, to: string) => {
      const text = project.getText(toUri('accounts.yaml')) ?? '';
      const start = text.indexOf(from);
      const edit = { span: { start, end: start + from.length }, newText: to };
      project.editFile(toUri('accounts.yaml'), edit, text.replace(from, to));
      return project.takeStale().sort();
    };
    expect(findIn(project, 'policy.json', RULE)).toHaveLength(1);
    expect(rename('s3-reader', 's3-raeder')).toEqual([toUri('accounts.yaml'), toUri('policy.json')]);
    expect(findIn(project, 'policy.json', RULE)).toHaveLength(0);
    expect(rename('s3-raeder', 's3-readr')).toEqual([toUri('accounts.yaml'), toUri('policy.json')]);
    expect(findIn(project, 'policy.json', RULE)).toHaveLength(1);
  });

  test('an edit that says nothing new of the account leaves the policy alone', () => {
    const project = openProject(files);
    for (const name of Object.keys(files)) checkFile(project, name);
    project.takeStale();
    const text = files['accounts.yaml'];
    project.editFile(toUri('accounts.yaml'), { span: { start: 0, end: 0 }, newText: '# reads\n' }, `# reads\n${text}`);
    expect(project.takeStale()).toEqual([toUri('accounts.yaml')]);
  });
});
