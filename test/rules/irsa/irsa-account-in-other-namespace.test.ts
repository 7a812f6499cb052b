import { expect, test } from 'vitest';
import rule from '../../../server/src/rules/irsa/irsa-account-in-other-namespace';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { account, policyFor } from './files';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: reader
  namespace: production
spec:
  serviceAccountName: s3-reader
  automountServiceAccountToken: false
  containers:
    - name: reader
      image: registry.example.com/reader:1.4.2
`;
const TITLE = 'Move ServiceAccount "s3-reader" to namespace "production"';
const files = {
  'pod.yaml': POD,
  'account.yaml': `# The reader's.\n${account('storage', 's3-reader', 's3-reader')}`,
  's3-reader-trust.json': policyFor('storage', 's3-reader'),
};

test('account and subject move to the pod', () => {
  check(rule, files, 1);
  expect(inspect(rule, files)[0]?.fixes).toEqual([TITLE]);
  expect(applyFix(rule, files, TITLE)).toEqual({
    'pod.yaml': POD,
    'account.yaml': files['account.yaml'].replace('namespace: storage', 'namespace: production'),
    's3-reader-trust.json': policyFor('production', 's3-reader'),
  });
});

test('a policy that admits the account there already stays as it is', () => {
  const policy = files['s3-reader-trust.json'].replace(
    /("system:serviceaccount:)storage(:s3-reader")/,
    '[$1storage$2, $1production$2]',
  );
  const after = applyFix(rule, { ...files, 's3-reader-trust.json': policy }, TITLE);
  expect(after['s3-reader-trust.json']).toBe(policy);
});

const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: read, namespace: storage }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: read }
subjects: [{ kind: ServiceAccount, name: s3-reader, namespace: storage }]
`;

test.each<[string, Record<string, string>]>([
  ['a pod of its own namespace uses it', { 'other.yaml': POD.replace('namespace: production', 'namespace: storage') }],
  ['rights are bound to it there', { 'binding.yaml': binding }],
  ['another namespace has one too', { 'more.yaml': account('staging', 's3-reader', 's3-reader') }],
])('no fix where %s', (_, others) => {
  expect(inspect(rule, { ...files, ...others }).map(({ fixes }) => fixes)).toEqual([[]]);
});
