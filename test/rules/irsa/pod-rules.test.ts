import { describe, expect, test } from 'vitest';
import type { Settings } from '../../../server/src/engine/settings';
import { openProject } from '../../harness/lint-text';
import { account, applyFix, findIn, lintFiles } from './files';

const ROLE = 'arn:aws:iam::111122223333:role/s3-reader';
const reader = account('production', 's3-reader', 's3-reader');
const bare = account('production', 's3-reader');
const annotated = (key: string, value: string) => `${reader}    ${key}: ${value}\n`;

const indent = (text: string, width: number) => text.trim().replace(/^(?=.)/gm, ' '.repeat(width));

interface Parts {
  readonly metadata?: string;
  readonly spec?: string;
  readonly container?: string;
  readonly account?: string;
  readonly namespace?: string;
}

const pod = ({
  metadata = '',
  spec = '',
  container = '',
  account: name = 's3-reader',
  namespace = 'production',
}: Parts) =>
  [
    'apiVersion: v1',
    'kind: Pod',
    'metadata:',
    '  name: reader',
    ...(namespace ? [`  namespace: ${namespace}`] : []),
    ...(metadata ? [indent(metadata, 2)] : []),
    'spec:',
    ...(name ? [`  serviceAccountName: ${name}`] : []),
    ...(spec ? [indent(spec, 2)] : []),
    '  containers:',
    '    - name: reader',
    '      image: registry.example.com/reader:1.4.2',
    ...(container ? [indent(container, 6)] : []),
    '',
  ].join('\n');

const env = (...entries: readonly (readonly [name: string, value: string])[]) =>
  `env:\n${entries.map(([name, value]) => `  - name: ${name}\n    value: ${value}`).join('\n')}`;

const identity = `apiVersion: eksctl.io/v1alpha5
kind: ClusterConfig
metadata: { name: main, region: eu-west-1 }
iam:
  podIdentityAssociations:
    - { namespace: production, serviceAccountName: s3-reader, roleARN: "${ROLE}" }
`;

const lint = (rule: string, parts: Parts, accounts = reader, more: Readonly<Record<string, string>> = {}) =>
  lintFiles({ 'pod.yaml': pod(parts), 'account.yaml': accounts, ...more }, rule);

function lintWith(rule: string, files: Readonly<Record<string, string>>, settings: Partial<Settings>) {
  const project = openProject(files, settings);
  return Object.keys(files).flatMap((file) => findIn(project, file, rule));
}

describe('irsa-annotation-legacy', () => {
  const rule = 'irsa-annotation-legacy';
  const legacy = (role: string) => ({ metadata: `annotations:\n  iam.amazonaws.com/role: ${role}` });

  test('moves to the account that the pod uses', () => {
    const fixed = applyFix({ 'pod.yaml': pod(legacy(ROLE)), 'account.yaml': bare }, rule);
    expect(fixed['pod.yaml']).toBe(pod({}));
    expect(fixed['account.yaml']).toBe(reader);
  });

  test('goes where the account has the role already', () => {
    const fixed = applyFix({ 'pod.yaml': pod(legacy(ROLE)), 'account.yaml': reader }, rule);
    expect(fixed).toEqual({ 'pod.yaml': pod({}), 'account.yaml': reader });
  });

  test.each([
    ['a bare name', legacy('s3-reader'), bare],
    ['another role', legacy(ROLE), reader.replace(ROLE, `${ROLE}-2`)],
    ['no account', { ...legacy(ROLE), account: '' }, bare],
    ['an account that is not here', { ...legacy(ROLE), account: 'other' }, bare],
  ])('said without a fix: %s', (_, parts, accounts) => {
    expect(lint(rule, parts, accounts).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test('on a ServiceAccount, where nothing reads it, it gets the name that EKS reads', () => {
    const written = reader.replace('eks.amazonaws.com/role-arn', 'iam.amazonaws.com/role');
    expect(applyFix({ 'account.yaml': written }, rule)).toEqual({ 'account.yaml': reader });
    const [named] = lintFiles({ 'account.yaml': written.replace(ROLE, 's3-reader') }, rule);
    expect(named?.fixes).toEqual([]);
  });
});

describe('irsa-annotation-unknown', () => {
  const rule = 'irsa-annotation-unknown';
  test.each([
    ['skip-containers', 'is read from pods'],
    ['something-else', 'on a ServiceAccount.'],
  ])('%s on a ServiceAccount', (name, words) => {
    const [finding] = lintFiles({ 'a.yaml': annotated(`eks.amazonaws.com/${name}`, 'x') }, rule);
    expect(finding?.text).toBe(`eks.amazonaws.com/${name}`);
    expect(finding?.message).toContain(words);
  });

  test('those of accounts on a pod, but no others', () => {
    const on = (name: string) => lint(rule, { metadata: `annotations:\n  eks.amazonaws.com/${name}: "1"` }).length;
    expect(
      ['audience', 'sts-regional-endpoints', 'token-expiration', 'skip-containers', 'compute-type'].map(on),
    ).toEqual([1, 1, 0, 0, 0]);
  });

  test.each(['audience', 'sts-regional-endpoints', 'token-expiration', 'rolearn'])('silent: %s', (name) => {
    expect(lintFiles({ 'a.yaml': annotated(`eks.amazonaws.com/${name}`, '"x"') }, rule)).toEqual([]);
  });
});

describe('irsa-role-arn-placeholder', () => {
  const rule = 'irsa-role-arn-placeholder';
  test.each([
    [`${ROLE}-Role1-XXXXX`, 1],
    [ROLE.replace('111122223333', '123456789012'), 1],
    [ROLE.replace('111122223333', 'ACCOUNT_ID'), 1],
    [ROLE.replace('111122223333', '<account>'), 1],
    [ROLE.replace('111122223333', '${ACCOUNT_ID}'), 0],
    [`"${ROLE.replace('111122223333', '{{ .Values.account }}')}"`, 0],
    [ROLE, 0],
  ])('%s', (role, count) => expect(lintFiles({ 'a.yaml': reader.replace(ROLE, role) }, rule)).toHaveLength(count));
});

describe('irsa-role-shared', () => {
  const rule = 'irsa-role-shared';
  const files = { 'a.yaml': reader, 'b.yaml': account('staging', 's3-reader', 's3-reader') };

  test('said once, with the others', () => {
    const [finding, ...rest] = lintFiles(files, rule);
    expect(rest).toEqual([]);
    expect(finding?.message).toContain('"s3-reader" in "staging"');
    expect(finding?.related).toHaveLength(1);
  });

  test.each([
    ['the same account in two files', reader],
    ['a namespace that is left open', files['b.yaml'].replace('  namespace: staging\n', '')],
    ['a role that is filled in later', files['b.yaml'].replace('111122223333', '${ACCOUNT}')],
  ])('silent: %s', (_, other) => expect(lintFiles({ 'a.yaml': reader, 'b.yaml': other }, rule)).toEqual([]));
});

describe('irsa-sts-regional-endpoints', () => {
  const rule = 'irsa-sts-regional-endpoints';
  test.each([
    ['"false"', 'info'],
    ['"0"', 'info'],
    ['"yes"', 'warning'],
    ['"regional"', 'warning'],
  ])('%s', (value, severity) => {
    const files = { 'a.yaml': annotated('eks.amazonaws.com/sts-regional-endpoints', value) };
    expect(lintFiles(files, rule).map((finding) => finding.severity)).toEqual([severity]);
    expect(applyFix(files, rule)['a.yaml']).toContain('sts-regional-endpoints: "true"');
  });

  test.each(['"true"', '"T"', '"1"', '{{ .Values.regional }}'])('silent: %s', (value) => {
    expect(lintFiles({ 'a.yaml': annotated('eks.amazonaws.com/sts-regional-endpoints', value) }, rule)).toEqual([]);
  });
});

describe('irsa-service-account-unused', () => {
  const rule = 'irsa-service-account-unused';
  const count = (parts: Parts, accounts = reader) =>
    lintWith(rule, { 'pod.yaml': pod(parts), 'a.yaml': accounts }, { rules: { [rule]: 'info' } }).length;

  test('only where workloads of the namespace are here, and none may use it', () => {
    expect(count({ account: 'other' })).toBe(1);
    expect(count({})).toBe(0);
    expect(count({ account: '{{ .Values.account }}' })).toBe(0);
    expect(count({ account: 'other', namespace: 'staging' })).toBe(0);
    expect(count({ account: 'other' }, bare)).toBe(0);
  });
});

describe('irsa-account-in-other-namespace', () => {
  const rule = 'irsa-account-in-other-namespace';
  const elsewhere = account('storage', 's3-reader', 's3-reader');

  test('names both namespaces', () => {
    const [finding] = lint(rule, {}, elsewhere);
    expect(finding?.text).toBe('s3-reader');
    expect(finding?.message).toContain('in namespace "production"');
    expect(finding?.message).toContain('in "storage"');
  });

  test.each([
    ['one in the namespace of the pod too', {}, `${elsewhere}---\n${bare}`],
    ['it has no role', {}, account('storage', 's3-reader')],
    ['the pod leaves its namespace open', { namespace: '' }, elsewhere],
    ['the name is filled in later', { account: '{{ .Values.account }}' }, elsewhere],
  ])('silent: %s', (_, parts, accounts) => expect(lint(rule, parts, accounts)).toEqual([]));
});

describe('irsa-pod-without-account', () => {
  const rule = 'irsa-pod-without-account';
  const aws = { account: '', container: env(['AWS_REGION', 'eu-west-1']) };

  test('is given the account that nobody uses', () => {
    const fixed = applyFix({ 'pod.yaml': pod(aws), 'account.yaml': reader }, rule);
    expect(lintFiles(fixed, rule)).toEqual([]);
    expect(fixed['pod.yaml']).toContain('serviceAccountName: s3-reader');
  });

  test('is given it where it names the default one', () => {
    const fixed = applyFix({ 'pod.yaml': pod({ ...aws, account: 'default' }), 'account.yaml': reader }, rule);
    expect(fixed['pod.yaml']).toBe(pod({ ...aws, account: 's3-reader' }));
  });

  test.each([
    ['another pod uses it', aws, `${reader}---\n${pod({}).replace('name: reader', 'name: other')}`],
    ['it has no role', aws, bare],
    ['the container brings a key', { ...aws, container: env(['AWS_REGION', 'x'], ['AWS_ACCESS_KEY_ID', 'x']) }, reader],
    [
      'variables come from elsewhere',
      { ...aws, container: `${aws.container}\nenvFrom:\n  - secretRef: { name: aws }` },
      reader,
    ],
    ['nothing speaks of AWS', { account: '' }, reader],
    ['the default account is written', aws, `${reader}---\n${account('production', 'default', 'other')}`],
    ['the pod names an account', { ...aws, account: 'web' }, reader],
  ])('silent: %s', (_, parts, accounts) => expect(lint(rule, parts, accounts)).toEqual([]));
});

describe('irsa-env-preset', () => {
  const rule = 'irsa-env-preset';
  const FILE = '/var/run/secrets/eks.amazonaws.com/serviceaccount/token';

  test.each([
    ['the role alone', env(['AWS_ROLE_ARN', ROLE]), 'sets "AWS_ROLE_ARN" itself'],
    ['the file alone', env(['AWS_WEB_IDENTITY_TOKEN_FILE', FILE]), 'sets "AWS_WEB_IDENTITY_TOKEN_FILE" itself'],
    [
      'a file of another place alone',
      env(['AWS_WEB_IDENTITY_TOKEN_FILE', '/tokens/aws']),
      'neither it nor "AWS_ROLE_ARN"',
    ],
    ['another role', env(['AWS_ROLE_ARN', `${ROLE}-2`], ['AWS_WEB_IDENTITY_TOKEN_FILE', FILE]), `asks for "${ROLE}-2"`],
  ])('%s', (_, container, words) => {
    const files = { 'pod.yaml': pod({ container }), 'account.yaml': reader };
    expect(lintFiles(files, rule).map(({ message }) => message)).toEqual([expect.stringContaining(words)]);
    expect(applyFix(files, rule)['pod.yaml']).toBe(pod({}));
  });

  test.each([
    ['both, as the webhook would', env(['AWS_ROLE_ARN', ROLE], ['AWS_WEB_IDENTITY_TOKEN_FILE', FILE]), reader],
    ['a token of its own', env(['AWS_ROLE_ARN', ROLE], ['AWS_WEB_IDENTITY_TOKEN_FILE', '/tokens/aws']), reader],
    ['an account without a role', env(['AWS_ROLE_ARN', ROLE]), bare],
    [
      'a role that the program is told',
      `${env(['AWS_WEB_IDENTITY_TOKEN_FILE', '/tokens/aws'])}\nargs: ["--aws-role=${ROLE}"]`,
      reader,
    ],
    [
      'a role that a profile may have',
      env(['AWS_WEB_IDENTITY_TOKEN_FILE', '/tokens/aws'], ['AWS_CONFIG_FILE', '/etc/aws']),
      reader,
    ],
    [
      'variables from elsewhere',
      `${env(['AWS_WEB_IDENTITY_TOKEN_FILE', '/tokens/aws'])}\nenvFrom: [{ configMapRef: { name: aws } }]`,
      reader,
    ],
  ])('silent: %s', (_, container, accounts) => expect(lint(rule, { container }, accounts)).toEqual([]));

  test('silent: EKS Pod Identity', () => {
    expect(lint(rule, { container: env(['AWS_ROLE_ARN', ROLE]) }, reader, { 'c.yaml': identity })).toEqual([]);
  });
});

describe('irsa-static-credentials', () => {
  const rule = 'irsa-static-credentials';

  test('all variables of a key go at once, others stay', () => {
    const kept = env(['LOG_LEVEL', 'info']);
    const container = env(['AWS_ACCESS_KEY_ID', 'a'], ['LOG_LEVEL', 'info'], ['AWS_SECRET_ACCESS_KEY', 'b']);
    const files = { 'pod.yaml': pod({ container }), 'account.yaml': reader };
    expect(lintFiles(files, rule)).toHaveLength(1);
    expect(applyFix(files, rule)['pod.yaml']).toBe(pod({ container: kept }));
  });

  test.each([
    ['an empty one', env(['AWS_ACCESS_KEY_ID', '""']), reader],
    [
      'a service that looks like AWS',
      env(['AWS_ACCESS_KEY_ID', 'a'], ['AWS_ENDPOINT_URL', 'http://minio:9000']),
      reader,
    ],
    ['an account without a role', env(['AWS_ACCESS_KEY_ID', 'a']), bare],
  ])('silent: %s', (_, container, accounts) => expect(lint(rule, { container }, accounts)).toEqual([]));
});

describe('irsa-skip-containers-unknown', () => {
  const rule = 'irsa-skip-containers-unknown';
  const skip = (names: string) => ({ metadata: `annotations:\n  eks.amazonaws.com/skip-containers: ${names}` });

  test('the nearest is offered, the others of the list stay', () => {
    const fixed = applyFix({ 'pod.yaml': pod(skip('"reader, raeder"')) }, rule);
    expect(fixed['pod.yaml']).toContain('skip-containers: "reader,reader"');
    expect(lint(rule, skip('sidecar')).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test.each(['reader', '"{{ .Values.skip }}"', '""'])('silent: %s', (names) =>
    expect(lint(rule, skip(names))).toEqual([]),
  );

  test('init containers count', () => {
    expect(
      lint(rule, {
        ...skip('setup'),
        spec: 'initContainers:\n  - { name: setup, image: "registry.example.com/setup:1.0.0" }',
      }),
    ).toEqual([]);
  });
});

describe('irsa-manual-token', () => {
  const rule = 'irsa-manual-token';
  const READ_ONLY = '    readOnly: true\n';
  const manual = (file: string, token: string, mount = '') => ({
    container: `${env(['AWS_WEB_IDENTITY_TOKEN_FILE', file])}\nvolumeMounts:\n  - name: aws\n    mountPath: /tokens\n${mount || READ_ONLY}`,
    spec: `volumes:\n  - name: aws\n    projected:\n      sources:\n        - serviceAccountToken:\n            path: token\n${token}`,
  });
  const sts = '            audience: sts.amazonaws.com\n';

  test('another file than that of the token', () => {
    const files = { 'pod.yaml': pod(manual('/tokens/aws-token', sts)) };
    expect(lintFiles(files, rule).map(({ text }) => text)).toEqual(['/tokens/aws-token']);
    expect(applyFix(files, rule)['pod.yaml']).toBe(pod(manual('/tokens/token', sts)));
  });

  test('no audience, and a misspelt one', () => {
    for (const audience of ['', '            audience: sts.eu-west-1.amazonaws.com\n']) {
      const files = { 'pod.yaml': pod(manual('/tokens/token', audience)) };
      expect(lintFiles(files, rule)).toHaveLength(1);
      expect(lintFiles(applyFix(files, rule), rule)).toEqual([]);
    }
  });

  test.each([
    ['all is right', manual('/tokens/token', sts)],
    ['an audience that the role may ask for', manual('/tokens/token', '            audience: irsa\n')],
    ['the file of the webhook', manual('/var/run/secrets/eks.amazonaws.com/serviceaccount/token', sts)],
    ['a part of the volume', manual('/tokens/aws-token', sts, '    subPath: token\n')],
    ['what is filled in later', manual('${FILE}', sts)],
  ])('silent: %s', (_, parts) => expect(lint(rule, parts)).toEqual([]));

  test('a mount that is not said to be read-only is, so this is a note', () => {
    for (const mount of ['    subPath: ""\n', '    readOnly: false\n']) {
      const files = { 'pod.yaml': pod(manual('/tokens/token', sts, mount.replace('    subPath: ""\n', '    #\n'))) };
      expect(lintFiles(files, rule).map(({ severity }) => severity)).toEqual(['info']);
      expect(applyFix(files, rule)['pod.yaml']).toContain('readOnly: true\n');
    }
    expect(lint(rule, manual('/tokens/token', sts, '    readOnly: "${READ_ONLY}"\n'))).toEqual([]);
  });

  describe('a volume of the name that the webhook gives its own', () => {
    const AWS = '/var/run/secrets/eks.amazonaws.com/serviceaccount';
    const own = (source: string, path = AWS) => ({
      spec: `volumes:\n  - name: aws-iam-token\n${indent(source, 4)}`,
      container: `volumeMounts:\n  - name: aws-iam-token\n    mountPath: ${path}`,
    });
    const token = (rest: string) => `projected:\n  sources:\n    - serviceAccountToken: { ${rest} }`;

    test.each([
      ['no token', 'emptyDir: {}', '"emptyDir", holds no token'],
      ['another file', token('path: aws, audience: sts.amazonaws.com'), 'by the name "token"'],
      ['another audience', token('path: token, audience: sts.eu-west-1.amazonaws.com'), 'somebody else'],
      ['no audience', token('path: token'), 'somebody else'],
    ])('%s', (_, source, message) => {
      const files = { 'pod.yaml': pod(own(source)), 'account.yaml': reader };
      const found = lintFiles(files, rule);
      expect(found.map(({ text, message: text2 }) => [text, text2])).toEqual([
        ['aws-iam-token', expect.stringContaining(message)],
      ]);
      expect(applyFix(files, rule)['pod.yaml']).toBe(pod({}));
      expect(lintFiles({ ...files, 'account.yaml': bare }, rule)).toEqual([]);
      expect(lintFiles({ ...files, 'c.yaml': identity }, rule)).toEqual([]);
    });

    test('a mount at another place than the file that the webhook names', () => {
      const right = token('path: token, audience: sts.amazonaws.com');
      const files = { 'pod.yaml': pod(own(right, '/tokens')), 'account.yaml': reader };
      expect(lintFiles(files, rule).map(({ text }) => text)).toEqual(['/tokens']);
      expect(applyFix(files, rule)['pod.yaml']).toBe(pod(own(right)));
      expect(lint(rule, own(right))).toEqual([]);
      expect(lint(rule, own(right, '${PATH}'))).toEqual([]);
      expect(lint(rule, own(token('path: token, audience: irsa')))).toEqual([]);
    });
  });
});

describe('irsa-fs-group, irsa-host-network, irsa-node-role-used', () => {
  test('fs-group: before 1.19 only, and off unless it is turned on', () => {
    const rule = 'irsa-fs-group';
    const files = { 'pod.yaml': pod({ spec: 'securityContext: { runAsNonRoot: true }' }), 'a.yaml': reader };
    const count = (settings: Partial<Settings>) => lintWith(rule, files, settings).length;
    expect(count({ kubernetesMinor: 18, rules: { [rule]: 'info' } })).toBe(1);
    expect(count({ rules: { [rule]: 'info' } })).toBe(0);
    expect(count({ kubernetesMinor: 18 })).toBe(0);
  });

  test('host-network: pods with a role', () => {
    const rule = 'irsa-host-network';
    const files = { 'pod.yaml': pod({ spec: 'hostNetwork: true' }), 'a.yaml': reader };
    expect(applyFix(files, rule)['pod.yaml']).toBe(pod({}));
    expect(lint(rule, { spec: 'hostNetwork: true' }, bare)).toEqual([]);
    expect(lint(rule, { spec: 'hostNetwork: {{ .Values.host }}' })).toEqual([]);
  });

  test('node-role-used: an account without a role, where others have one', () => {
    const rule = 'irsa-node-role-used';
    const other = account('storage', 'log-shipper', 'log-shipper');
    const aws = { container: env(['AWS_REGION', 'eu-west-1']) };
    const both = `${bare}---\n${other}`;
    expect(lint(rule, aws, both)).toHaveLength(1);
    expect(lint(rule, aws, bare)).toEqual([]);
    expect(lint(rule, aws, `${reader}---\n${other}`)).toEqual([]);
    expect(lint(rule, { container: env(['AWS_REGION', 'x'], ['AWS_PROFILE', 'x']) }, both)).toEqual([]);
    expect(lint(rule, { ...aws, spec: 'volumes: [{ name: aws, secret: { secretName: aws } }]' }, both)).toEqual([]);
    expect(lint(rule, aws, both, { 'c.yaml': identity })).toEqual([]);
  });
});

describe('eksctl beside manifests', () => {
  const config = (lines: string) =>
    `apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: main, region: eu-west-1 }\niam:\n  serviceAccounts:\n    - metadata: { name: s3-reader, namespace: production }\n${indent(lines, 6)}\n`;

  test('eksctl-policies-ignored: all that goes into no role is named', () => {
    const rule = 'eksctl-policies-ignored';
    const [finding] = lintFiles(
      { 'c.yaml': config(`attachRoleARN: ${ROLE}\nwellKnownPolicies: { ebsCSIController: true }\nroleName: x`) },
      rule,
    );
    expect(finding?.message).toContain('"wellKnownPolicies", "roleName" go into none');
    expect(lintFiles({ 'c.yaml': config('wellKnownPolicies: { ebsCSIController: true }') }, rule)).toEqual([]);
  });

  test('eksctl-role-differs: the role of the manifest is offered', () => {
    const rule = 'eksctl-role-differs';
    const files = { 'c.yaml': config(`attachRoleARN: ${ROLE}-2 # ours`), 'a.yaml': reader };
    expect(applyFix(files, rule)['c.yaml']).toBe(config(`attachRoleARN: ${ROLE} # ours`));
    expect(lintFiles({ ...files, 'a.yaml': bare }, rule)).toEqual([]);
    expect(lintFiles({ ...files, 'a.yaml': reader.replace('111122223333', '${ACCOUNT}') }, rule)).toEqual([]);
  });
});
