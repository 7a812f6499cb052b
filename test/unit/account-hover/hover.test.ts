import { beforeAll, describe, expect, test } from 'vitest';
import { getAccountHover } from '../../../server/src/engine/account-hover';
import { getRbacHover } from '../../../server/src/engine/rbac-hover';
import { openProject, toUri } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { PROVIDER, toArn } from '../iam/policy';
import { type Files, toAccount, WORKLOAD } from '../irsa-setup/scene';

beforeAll(loadHclGrammar);

const ARN = 'arn:aws:iam::111122223333:role/front-page';
const ACCOUNT = toAccount('web', ARN);
const POD = WORKLOAD.replace('      containers:', '      serviceAccountName: web\n      containers:');

/** A role as `aws iam get-role` shows it. */
function toRole(...statements: readonly object[]): string {
  const policy = { Version: '2012-10-17', Statement: statements };
  return JSON.stringify({ Role: { RoleName: 'front-page', Arn: ARN, AssumeRolePolicyDocument: policy } }, null, 2);
}

/** A statement that trusts the cluster under conditions. */
function toGrant(conditions: object, changes: object = {}): object {
  return {
    Effect: 'Allow',
    Principal: { Federated: toArn(PROVIDER) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: conditions,
    ...changes,
  };
}

const subject = (value: unknown) => ({ [`${PROVIDER}:sub`]: value, [`${PROVIDER}:aud`]: 'sts.amazonaws.com' });
const exactly = (...names: string[]) =>
  toGrant({ StringEquals: subject(names.map((name) => `system:serviceaccount:${name}`)) });
const like = (text: string) => toGrant({ StringLike: subject(text) });

/** The hover at the end of the first `needle` of a file. */
function hover(files: Files, needle = 'name: web', file = 'account.yaml') {
  const text = files[file] ?? '';
  const found = getAccountHover(openProject(files), toUri(file), text.indexOf(needle) + needle.length);
  return found && { ...found, text: text.slice(found.span.start, found.span.end) };
}

/** What it says of a role with these statements. */
const sayOf = (...statements: readonly object[]) =>
  hover({ 'account.yaml': ACCOUNT, 'role.json': toRole(...statements) })?.markdown ?? '';

function link(words: string, files: Files, file: string, needle: string): string {
  const before = (files[file] ?? '').split(needle)[0] ?? '';
  return `[${words}](${toUri(file)}#L${before.split('\n').length})`;
}

describe('where it is shown', () => {
  const files = { 'account.yaml': ACCOUNT, 'web.yaml': POD, 'role.json': toRole(exactly('shop:web')) };

  test('at kind, name and role of the account and at the field of the pods, with the same words', () => {
    const said = hover(files)?.markdown;
    expect(hover(files, 'kind: ServiceAccount')?.text).toBe('ServiceAccount');
    expect(hover(files, 'kind: ServiceAccount')?.markdown).toBe(said);
    expect(hover(files, 'role/front-page')?.markdown).toBe(said);
    expect(hover(files, 'eks.amazonaws.com/role-')?.markdown).toBe(said);
    expect(hover(files, 'serviceAccountName: web', 'web.yaml')?.markdown).toBe(said);
    expect(hover(files, 'namespace: shop')).toBeUndefined();
    expect(hover(files, 'image:', 'web.yaml')).toBeUndefined();
  });

  test('its rights are said at the same places', () => {
    const project = openProject(files);
    for (const needle of ['kind: ServiceAccount', 'name: web', 'role/front-page']) {
      const at = ACCOUNT.indexOf(needle) + needle.length;
      expect(getRbacHover(project, toUri('account.yaml'), at)?.markdown).toContain('is given no rights');
    }
  });

  test('the whole of it', () => {
    expect(hover(files)?.markdown).toBe(
      [
        `Pods that run as it: ${link('Deployment "web"', files, 'web.yaml', 'name: web')}.`,
        '**IAM role `front-page`**',
        `The ${link('trust policy in role.json', files, 'role.json', '"Effect"')} admits this account. Nobody else can take it on.`,
      ].join('\n\n'),
    );
  });
});

describe('pods', () => {
  test('a template for an account may mean this one', () => {
    const open = POD.replace('serviceAccountName: web', 'serviceAccountName: "{{ .Values.account }}"');
    const said = hover({ 'account.yaml': ACCOUNT, 'web.yaml': open })?.markdown;
    expect(said).toContain(
      'No workload of the workspace is known to run as it. One workload of the namespace may do so too',
    );
  });

  test('the default account is that of pods that name none', () => {
    const said = hover({ 'account.yaml': toAccount('default'), 'web.yaml': WORKLOAD }, 'name: default')?.markdown;
    expect(said).toContain('Pods that run as it: [Deployment "web"]');
    expect(said).toContain('It takes on no IAM role.');
  });
});

describe('the role', () => {
  test('that does not admit the account', () => {
    const said = sayOf(exactly('shop:api'));
    expect(said).toContain('**does not admit this account**');
    expect(said).toContain('- ServiceAccount `api` of namespace `shop`');
  });

  test('whose policy is in a file called after it, or in Terraform', () => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: [exactly('shop:web')] });
    expect(hover({ 'account.yaml': ACCOUNT, 'front-page-trust.json': policy })?.markdown).toContain(
      '[trust policy in front-page-trust.json]',
    );
    const terraform = `resource "aws_iam_role" "front" {
  name               = "front-page"
  assume_role_policy = jsonencode({ Statement = [{
    Effect = "Allow", Principal = { Federated = var.provider_arn }, Action = "sts:AssumeRoleWithWebIdentity",
    Condition = { StringEquals = { "\${var.provider}:sub" = ["system:serviceaccount:shop:web", "system:serviceaccount:\${var.namespace}:api"] } }
  }] })
}
`;
    const said = hover({ 'account.yaml': ACCOUNT, 'main.tf': terraform })?.markdown;
    expect(said).toContain('may admit this account: part of what decides is not known here.');
    expect(said).toContain('- accounts that are filled in later: `system:serviceaccount:${var.namespace}:api`');
  });

  test.each([
    ['no policy', { 'account.yaml': ACCOUNT }, 'who can take it on is not known'],
    [
      'a placeholder',
      { 'account.yaml': toAccount('web', 'arn:aws:iam::ACCOUNT_ID:role/web') },
      'part of it is filled in later',
    ],
    ['a template', { 'account.yaml': toAccount('web', '"{{ .Values.role }}"') }, 'filled in'],
    ['no annotation', { 'account.yaml': toAccount('web') }, 'It takes on no IAM role.'],
  ])('%s', (_, files, words) => {
    expect(hover(files)?.markdown).toContain(words);
  });

  test('of an account that no file holds, or that EKS or eksctl gives its role', () => {
    const at = [POD.replace('name: web', 'name: w'), 'serviceAccountName: web', 'web.yaml'] as const;
    expect(hover({ 'web.yaml': at[0] }, at[1], at[2])?.markdown).toContain('its IAM role is not known');
    const toCluster = (entry: string) =>
      `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: a, region: eu-west-1 }\niam:\n${entry}`;
    const association = toCluster(
      '  podIdentityAssociations:\n    - { namespace: shop, serviceAccountName: web, roleARN: x }\n',
    );
    expect(hover({ 'web.yaml': at[0], 'cluster.yaml': association }, at[1], at[2])?.markdown).toContain(
      'comes from an [EKS Pod Identity association]',
    );
    const made = toCluster('  serviceAccounts:\n    - metadata: { namespace: shop, name: web }\n');
    expect(hover({ 'web.yaml': at[0], 'cluster.yaml': made }, at[1], at[2])?.markdown).toContain(
      'eksctl makes its IAM role',
    );
  });
});

describe('who else can take it on', () => {
  test('other accounts, with links to those that are there', () => {
    const files = {
      'account.yaml': ACCOUNT,
      'api.yaml': toAccount('api'),
      'role.json': toRole(exactly('shop:web', 'shop:api', 'tools:cron')),
    };
    const said = hover(files)?.markdown;
    expect(said).toContain(`- ${link('ServiceAccount `api` of namespace `shop`', files, 'api.yaml', 'name: api')}\n`);
    expect(said).toContain('- ServiceAccount `cron` of namespace `tools`');
  });

  test.each([
    ['system:serviceaccount:shop:*', '- **any account of namespace `shop`**'],
    ['system:serviceaccount:*:*', '- **any account of the cluster**'],
    ['system:serviceaccount:*', '- **any account of the cluster**'],
    ['*', '- **any account of the cluster**'],
    ['system:serviceaccount:*:web', '- an account called `web` of any namespace'],
    ['system:serviceaccount:shop:web-?', '- accounts that are like `system:serviceaccount:shop:web-?`'],
  ])('%s', (text, words) => {
    expect(sayOf(like(text))).toContain(words);
  });

  test('without a condition on the subject, anybody of the cluster', () => {
    const open = toGrant({ StringEquals: { [`${PROVIDER}:aud`]: 'sts.amazonaws.com' } });
    expect(sayOf(open)).toContain('- **any account of the cluster**');
    const negated = toGrant({ StringNotEquals: subject('system:serviceaccount:shop:api') });
    expect(sayOf(negated)).toContain('- accounts that are not known here');
  });

  test('a pattern beside an exact name admits no more than the name', () => {
    const both = toGrant({
      StringLike: { [`${PROVIDER}:sub`]: 'system:serviceaccount:shop:*' },
      StringEquals: subject('system:serviceaccount:shop:web'),
    });
    expect(sayOf(both)).toContain('admits this account. Nobody else can take it on.');
  });

  test('whoever is no account, and statements that deny', () => {
    const other = {
      Effect: 'Allow',
      Principal: { AWS: ARN, Service: ['ec2.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    };
    const pipeline = toGrant(
      { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:shop/*' } },
      { Principal: { Federated: toArn('token.actions.githubusercontent.com') } },
    );
    const denial = toGrant({ StringEquals: subject('system:serviceaccount:shop:api') }, { Effect: 'Deny' });
    const said = sayOf(exactly('shop:web', 'shop:api'), other, pipeline, denial);
    for (const words of [
      'AWS `arn:aws',
      'Service `ec2.amazonaws.com`',
      'whom `token.actions.githubusercontent.com` vouches for',
    ]) {
      expect(said).toContain(`- ${words}`);
    }
    expect(said).not.toContain('ServiceAccount `api`');
    expect(said).toContain('Statements that deny may keep some of them out.');
    expect(sayOf(exactly('shop:web'), toGrant({}, { Principal: '*' }))).toContain('**everybody**');
  });
});
