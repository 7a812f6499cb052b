import { describe, expect, test } from 'vitest';
import { account, admittedBy, applyFix, lintFiles, policyFor } from './files';

describe('a ServiceAccount that follows the policy', () => {
  const rule = 'irsa-subject-mismatch';
  const titles = (files: Record<string, string>) =>
    lintFiles(files, rule).flatMap(({ fixes }) => fixes.map(({ title }) => title).filter((one) => /follow/.test(one)));
  const reader = account('production', 's3-reader');
  const misspelt = policyFor('production', 's3-raeder');

  test('takes its name or its namespace, and the policy stays as it is', () => {
    const files = { 'account.yaml': reader, 'trust.json': misspelt };
    const renamed = applyFix(files, rule, /call it "s3-raeder"$/);
    expect(renamed).toEqual({ ...files, 'account.yaml': reader.replace('name: s3-reader', 'name: s3-raeder') });
    const elsewhere = { 'account.yaml': reader, 'trust.json': policyFor('staging', 's3-reader') };
    const moved = applyFix(elsewhere, rule, /move it to namespace "staging"$/);
    expect(moved['account.yaml']).toBe(reader.replace('namespace: production', 'namespace: staging'));
    expect(admittedBy(moved['trust.json'] ?? '')).toEqual(['staging:s3-reader']);
  });

  test('not where pods, bindings or Secrets name it, nor where eksctl makes it', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: { name: reader, namespace: production }
spec:
  serviceAccountName: s3-reader
  containers: [{ name: reader, image: registry.example.com/reader:1.4.2 }]
`;
    expect(titles({ 'account.yaml': reader, 'trust.json': misspelt, 'pod.yaml': pod })).toEqual([]);
    const cluster = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: main, region: eu-west-1 }
iam:
  serviceAccounts:
    - metadata: { name: s3-reader, namespace: production }
      attachRoleARN: arn:aws:iam::111122223333:role/s3-reader
`;
    expect(lintFiles({ 'cluster.yaml': cluster, 'trust.json': misspelt }, rule)).toHaveLength(1);
    expect(titles({ 'cluster.yaml': cluster, 'trust.json': misspelt })).toEqual([]);
  });
});
