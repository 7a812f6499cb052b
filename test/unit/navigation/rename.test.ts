import { beforeAll, describe, expect, test } from 'vitest';
import { getRenamable, type RenameResult, renameAccount } from '../../../server/src/engine/navigation/rename';
import { applyEdits } from '../../../server/src/text/edit';
import { openProject, toUri } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { CLUSTER, placeOf } from './files';
import { ASSOCIATIONS, withName } from './pod-identity';

beforeAll(loadHclGrammar);

type Files = Readonly<Record<string, string>>;

function rename(file: string, marked: string, newName: string, files: Files = CLUSTER): RenameResult | undefined {
  const project = openProject(files);
  const { uri, offset } = placeOf(project, file, marked);
  return renameAccount(project, uri, offset, newName);
}

/** The files after a rename; throws when it is refused. */
function renamed(file: string, marked: string, newName: string, files: Files = CLUSTER): Files {
  const result = rename(file, marked, newName, files);
  if (!result || 'problem' in result) throw new Error(result?.problem ?? 'nothing to rename');
  const after = Object.entries(files).map(([name, text]): [string, string] => {
    const edits = result.files.find(({ uri }) => uri === toUri(name))?.edits ?? [];
    return [name, applyEdits(text, edits) ?? 'the edits overlap'];
  });
  return Object.fromEntries(after);
}

/** The cluster with a pod whose name and account are written as given. */
function withPod(name: string, account: string): Files {
  const spec = `{ serviceAccountName: ${account}, containers: [{ image: a }] }`;
  const parts = [`spec: ${spec}`, `metadata: { name: ${name}, namespace: shop }`];
  // An anchor comes before its aliases.
  if (name.startsWith('&')) parts.reverse();
  return { ...CLUSTER, 'z.yaml': `apiVersion: v1\nkind: Pod\n${parts.join('\n')}\n` };
}

/** What the files are to be: every mention of the account of namespace `shop` but that of another namespace. */
function expected(newName: string): Files {
  const after = Object.entries(CLUSTER).map(([name, text]): [string, string] => {
    if (name.startsWith('other/')) return [name, text];
    return [name, text.replaceAll(/(?<=[\s"':])writer(?=["'\n ])/g, newName)];
  });
  return Object.fromEntries(after);
}

test.each([
  ['apps/account.yaml', '|writer'],
  ['apps/web.yaml', 'serviceAccountName: |writer'],
  ['rbac/rights.yaml', "name: '|writer'"],
  ['rbac/rights.yaml', 'system:serviceaccount:shop:|writer'],
  ['iam/trust.json', 'system:serviceaccount:shop:|writer'],
])('an account is renamed in all files from %s at %s, in the style of each', (file, marked) => {
  expect(renamed(file, marked, 'scribe.v2')).toEqual(expected('scribe.v2'));
});

test('a name that YAML would take for a number is quoted where it stands plain', () => {
  const after = renamed('apps/web.yaml', 'serviceAccountName: |writer', '123');
  expect(after['apps/web.yaml']).toMatch(/serviceAccountName: ["']123["'] # who it is/);
  expect(after['apps/account.yaml']).toContain('name: "123" # writes reports');
});

test('back and forth leaves every file as it was', () => {
  const there = renamed('apps/account.yaml', '|writer', 'scribe');
  expect(renamed('apps/account.yaml', '|scribe', 'writer', there)).toEqual(CLUSTER);
});

test('what is renamed is the name alone', () => {
  const project = openProject(CLUSTER);
  for (const [file, marked] of [
    ['iam/trust.json', 'system:|serviceaccount:shop:writer'],
    ['apps/account.yaml', '"wri|ter"'],
  ] as const) {
    const { uri, offset } = placeOf(project, file, marked);
    const { name, span } = getRenamable(project, uri, offset) ?? { name: '', span: { start: 0, end: 0 } };
    expect([name, project.getText(uri)?.slice(span.start, span.end)]).toEqual(['writer', 'writer']);
  }
});

describe('a rename is refused with a reason', () => {
  test.each(['', 'Writer', 'a_b', '-a', 'a.', 'a..b', 'x'.repeat(254), 'ä'])('for the name %j', (name) => {
    expect(rename('apps/account.yaml', '|writer', name)).toMatchObject({ problem: expect.stringMatching(/cannot be/) });
  });

  test('for a name that is taken in the namespace, but not in another', () => {
    const more = { ...CLUSTER, 'apps/b.yaml': CLUSTER['apps/account.yaml']?.replace('"writer"', 'scribe') ?? '' };
    expect(rename('apps/account.yaml', '|writer', 'scribe', more)).toMatchObject({
      problem: expect.stringContaining('"scribe" in namespace "shop"'),
    });
    expect(rename('other/account.yaml', 'name: |writer', 'scribe', more)).toHaveProperty('files.length', 1);
  });

  test('where an alias elsewhere repeats the name', () => {
    const files = withPod('*n', '&n writer');
    expect(rename('apps/account.yaml', '|writer', 'scribe', files)).toMatchObject({
      problem: expect.stringContaining('z.yaml'),
    });
  });
});

test('an alias is written out where it names the account, and its anchor stays', () => {
  const after = renamed('apps/account.yaml', '|writer', 'scribe', withPod('&n writer', '*n'));
  expect(after['z.yaml']).toBe(withPod('&n writer', 'scribe')['z.yaml']);
});

test('other names, and the account that every namespace has, are not renamed', () => {
  expect(rename('apps/web.yaml', '- name: |registry', 'x')).toBeUndefined();
  const pod = 'apiVersion: v1\nkind: Pod\nspec: { serviceAccountName: default, containers: [{ image: a }] }\n';
  expect(rename('p.yaml', 'serviceAccountName: |default', 'x', { 'p.yaml': pod })).toBeUndefined();
});

test('a reference that may mean another account as well stays', () => {
  const account = (name: string) => `apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: ${name} }\n`;
  const files = {
    'a/sa.yaml': account('app'),
    'b/sa.yaml': account('app'),
    'iam.json': CLUSTER['iam/trust.json'] ?? '',
  };
  const trust = (files['iam.json'] ?? '').replace('shop:writer', 'shop:app');
  const after = renamed('a/sa.yaml', 'name: |app', 'web', { ...files, 'iam.json': trust });
  expect(after).toEqual({ ...files, 'a/sa.yaml': account('web'), 'iam.json': trust });
});

describe('what is left as it is', () => {
  const trust = (operator: string, subject: string) =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: {
            Federated: 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF',
          },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { [operator]: { 'oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF:sub': subject } },
        },
      ],
    });

  test.each([
    ['StringLike', 'system:serviceaccount:shop:wri*', /"system:serviceaccount:shop:wri\*" in role\.json, a pattern/],
    ['StringLike', 'system:serviceaccount:*:writer', /a pattern/],
    ['ForAnyValue:StringLike', 'system:serviceaccount:sh?p:w??ter', /a pattern/],
    ['StringEquals', 'system:serviceaccount:${NAMESPACE}:writer', /a part that is filled in later/],
    ['StringLike', 'system:serviceaccount:shop:*', undefined],
    ['StringLike', 'system:serviceaccount:bank:wri*', undefined],
    ['StringEquals', 'system:serviceaccount:shop:wri*', undefined],
    ['StringEquals', 'system:serviceaccount:shop:other', undefined],
  ])('%s %s', (operator, subject, message) => {
    const files = { ...CLUSTER, 'iam/role.json': trust(operator, subject) };
    const result = rename('apps/account.yaml', '|writer', 'scribe', files);
    expect(result).toMatchObject({ left: message ? expect.stringMatching(message) : undefined });
    expect(renamed('apps/account.yaml', '|writer', 'scribe', files)['iam/role.json']).toBe(files['iam/role.json']);
  });
});

describe('bundles', () => {
  const bundle = (namespace: string, name: string) => `apiVersion: v1
kind: ServiceAccount
metadata: { name: app, namespace: ${namespace} }
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  serviceAccountName: app # of ${namespace}
  containers: [{ name: a, image: a }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: ${name}, namespace: ${namespace} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects:
  - { kind: ServiceAccount, name: app, namespace: ${namespace} }
`;
  const toRenamed = (text: string) =>
    text
      .replace('{ name: app, namespace', '{ name: web, namespace')
      .replace('serviceAccountName: app', 'serviceAccountName: web')
      .replace('kind: ServiceAccount, name: app', 'kind: ServiceAccount, name: web');

  test('of one file are renamed one by one', () => {
    const [first, second] = [bundle('shop', 'a'), bundle('bank', 'b')];
    const files = { 'all.yaml': `${first}---\n${second}` };
    const after = renamed('all.yaml', 'serviceAccountName: |app # of bank', 'web', files);
    expect(after).toEqual({ 'all.yaml': `${first}---\n${toRenamed(second)}` });
  });

  test('of several files that name the same object are renamed one by one, and what may mean either is said to be left', () => {
    const text = bundle('shop', 'a');
    const trust = (CLUSTER['iam/trust.json'] ?? '').replace('shop:writer', 'shop:app');
    const files = { 'one.yaml': text, 'two.yaml': text, 'iam/trust.json': trust };
    const after = renamed('one.yaml', 'serviceAccountName: |app', 'web', files);
    expect(after).toEqual({ ...files, 'one.yaml': toRenamed(text) });
    expect(rename('one.yaml', 'serviceAccountName: |app', 'web', files)).toMatchObject({
      left: expect.stringContaining('in trust.json, a name that may mean another ServiceAccount'),
    });
  });
});

describe('EKS Pod Identity and modules of Terraform', () => {
  test.each([
    ['account.yaml', 'name: |writer'],
    ['eksctl.yaml', 'serviceAccountName: |writer'],
    ['ack.yaml', 'serviceAccount: |writer'],
    ['crossplane.yaml', "serviceAccount: '|writer"],
    ['template.yaml', 'ServiceAccount: |writer'],
    ['template.yaml', 'aws:RequestTag/kubernetes-service-account: |writer'],
    ['template.json', '"ServiceAccount": "|writer'],
    ['iam/main.tf', 'service_account = "|writer'],
    ['iam/main.tf', 'values   = [ "|writer'],
    ['iam/main.tf', '${local.shop}:|writer" }'],
    ['iam/main.tf', '"shop:|writer'],
    ['iam/more.tf.json', '"${local.shop}:|writer'],
  ])('an account is renamed in all files from %s at %s', (file, marked) => {
    expect(renamed(file, marked, 'scribe', ASSOCIATIONS)).toEqual(withName('scribe'));
    expect(rename(file, marked, 'scribe', ASSOCIATIONS)).toMatchObject({ left: undefined });
  });

  test('one that no file makes is renamed no less', () => {
    const { 'account.yaml': _, ...others } = ASSOCIATIONS;
    const { 'account.yaml': __, ...expectedOthers } = withName('scribe');
    expect(renamed('ack.yaml', 'serviceAccount: |writer', 'scribe', others)).toEqual(expectedOthers);
  });

  test.each([
    ['service_account = local.who', 'local.who'],
    ['service_account = var.who', 'var.who'],
    ['service_account = "${local.who}"', '${local.who}'],
  ])('what Terraform takes from elsewhere stays, and is said to: %s', (line, text) => {
    const tf = `locals {\n  who = "writer"\n}\nvariable "who" {\n  default = "writer"\n}\nresource "aws_eks_pod_identity_association" "a" {\n  namespace = "shop"\n  ${line}\n}\n`;
    const files = { 'account.yaml': ASSOCIATIONS['account.yaml'] ?? '', 'main.tf': tf };
    expect(renamed('account.yaml', '|writer', 'scribe', files)['main.tf']).toBe(tf);
    const result = rename('account.yaml', '|writer', 'scribe', files);
    const left = result && 'left' in result ? result.left : undefined;
    expect(left).toContain(`"${text}" in main.tf, which Terraform takes from elsewhere`);
  });

  test('tags that leave the namespace open mean the account of their folder; patterns and what is filled in mean none', () => {
    const trust = (value: string) =>
      `{ "Statement": [{ "Effect": "Allow", "Principal": { "Service": "pods.eks.amazonaws.com" }, "Action": ["sts:AssumeRole", "sts:TagSession"], "Condition": { "StringLike": { "aws:requesttag/kubernetes-service-account": "${value}" } } }] }\n`;
    const trustAfter = (value: string) =>
      renamed('account.yaml', '|writer', 'scribe', {
        'account.yaml': ASSOCIATIONS['account.yaml'] ?? '',
        'trust.json': trust(value),
      })['trust.json'];
    expect(trustAfter('writer')).toBe(trust('scribe'));
    for (const value of ['writer*', '${WRITER}', '*']) expect(trustAfter(value)).toBe(trust(value));
  });
});
