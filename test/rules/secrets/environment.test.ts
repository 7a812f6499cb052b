import { describe, expect, test } from 'vitest';
import type { Example, Rule } from '../../../server/src/engine/rule';
import awsKeysInsteadOfIrsa from '../../../server/src/rules/secrets/aws-keys-instead-of-irsa';
import secretReadIntoEnvironment from '../../../server/src/rules/secrets/secret-read-into-environment';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const indent = (text: string, width: number) => text.trim().replace(/^(?=.)/gm, ' '.repeat(width));
const pod = (container: string, spec = '') => `apiVersion: v1
kind: Pod
metadata:
  name: uploads
  namespace: shop
spec:
  automountServiceAccountToken: false
${spec === '' ? '' : `${indent(spec, 2)}\n`}  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${container === '' ? '' : `${indent(container, 6)}\n`}`;
const variable = (name: string, key = 'key', secret = 'aws') =>
  `- name: ${name}\n  valueFrom:\n    secretKeyRef:\n      name: ${secret}\n      key: ${key} # of the shop`;
const account = (name: string, role?: string) =>
  `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: shop\n${role === undefined ? '' : `  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/${role}\n`}automountServiceAccountToken: false\n`;

const PAIR = `env:\n${variable('AWS_ACCESS_KEY_ID', 'id')}\n${variable('AWS_SECRET_ACCESS_KEY')}\n- name: MODE\n  value: fast`;
const READER = account('reports', 'reports');
const keysSecret =
  'apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: aws\n  namespace: shop\nspec:\n  secretStoreRef:\n    kind: ClusterSecretStore\n    name: vault\n  data:\n    - secretKey: AWS_ACCESS_KEY_ID\n      remoteRef:\n        key: aws\n    - secretKey: AWS_SECRET_ACCESS_KEY\n      remoteRef:\n        key: aws\n';

const cases: readonly [Rule, readonly [what: string, files: Example, findings: number][]][] = [
  [
    awsKeysInsteadOfIrsa,
    [
      ['a pair, and roles elsewhere', { 'a.yaml': pod(PAIR), 'b.yaml': READER }, 1],
      [
        'with an account of its own',
        { 'a.yaml': pod(PAIR, 'serviceAccountName: uploads'), 'b.yaml': `${READER}---\n${account('uploads')}` },
        1,
      ],
      ['the keys alone', { 'a.yaml': pod(`env:\n${variable('AWS_SECRET_ACCESS_KEY')}`), 'b.yaml': READER }, 1],
      [
        'a Secret as a whole',
        { 'a.yaml': pod('envFrom:\n- secretRef:\n    name: aws'), 'b.yaml': `${READER}---\n${keysSecret}` },
        1,
      ],
      ['no roles here', { 'a.yaml': pod(PAIR), 'b.yaml': account('reports') }, 0],
      ['an account that has a role', { 'a.yaml': pod(PAIR, 'serviceAccountName: reports'), 'b.yaml': READER }, 0],
      [
        'another store',
        { 'a.yaml': pod(`${PAIR}\n- name: S3_ENDPOINT\n  value: https://store.example.com`), 'b.yaml': READER },
        0,
      ],
      ['another Secret', { 'a.yaml': pod(`env:\n${variable('API_TOKEN')}`), 'b.yaml': READER }, 0],
    ],
  ],
  [
    secretReadIntoEnvironment,
    [
      ['a value', pod(`env:\n${variable('DB_PASSWORD', 'password', 'db')}\n- name: MODE\n  value: fast`), 1],
      [
        'two values of one Secret',
        pod(`env:\n${variable('DB_USER', 'user', 'db.main')}\n${variable('DB_PASSWORD', 'password', 'db.main')}`),
        2,
      ],
      ['all of it', pod('envFrom:\n- secretRef:\n    name: db\n- configMapRef:\n    name: web'), 1],
      [
        'a Secret that is mounted already',
        pod(
          `env:\n${variable('DB_PASSWORD', 'password', 'db')}\nvolumeMounts:\n- name: db\n  mountPath: /db/\n  readOnly: true`,
          'volumes:\n- name: db\n  secret:\n    secretName: db',
        ),
        1,
      ],
      [
        'another volume of that name',
        pod(
          `env:\n${variable('DB_PASSWORD', 'password', 'db')}`,
          'volumes:\n- name: db\n  emptyDir:\n    sizeLimit: 64Mi',
        ),
        1,
      ],
      [
        'a ConfigMap, a value',
        pod(
          'env:\n- name: MODE\n  value: fast\n- name: A\n  valueFrom:\n    configMapKeyRef:\n      name: web\n      key: a',
        ),
        0,
      ],
    ],
  ],
];

describe.each(cases.map(([rule, list]) => [rule.id, rule, list] as const))('%s', (_, rule, list) => {
  test.each(list)('%s', (_what, files, findings) => check(rule, files, findings));
});

describe('fixes', () => {
  test('the keys go, and the account that is there gets a role', () => {
    const files = {
      'a.yaml': pod(PAIR, 'serviceAccountName: uploads'),
      'b.yaml': `${READER}---\n${account('uploads')}`,
    };
    const title = 'Take the keys out, and give ServiceAccount "uploads" a role';
    const fixed = applyFix(awsKeysInsteadOfIrsa, files, title);
    expect(fixed['a.yaml']).not.toContain('AWS_');
    expect(fixed['a.yaml']).toContain('- name: MODE\n');
    expect(fixed['b.yaml']).toContain('    eks.amazonaws.com/role-arn: arn:aws:iam::${AWS_ACCOUNT_ID}:role/uploads\n');
  });

  test('or an account is made', () => {
    const files = { 'a.yaml': pod(PAIR), 'b.yaml': READER };
    const title = 'Take the keys out, and give it a ServiceAccount "uploads" with a role';
    const fixed = applyFix(awsKeysInsteadOfIrsa, files, title)['a.yaml'];
    expect(fixed).toContain('  serviceAccountName: uploads\n');
    expect(fixed).toContain('kind: ServiceAccount\nmetadata:\n  name: uploads\n  namespace: shop\n  annotations:\n');
  });

  test('a file takes the place of a variable', () => {
    const title = 'Mount Secret "db", and name the file in DB_PASSWORD_FILE';
    const text = pod(`env:\n${variable('DB_PASSWORD', 'password', 'db')}`);
    const [fixed = ''] = Object.values(applyFix(secretReadIntoEnvironment, text, title));
    expect(fixed).toContain('- name: DB_PASSWORD_FILE\n');
    expect(fixed).toContain('value: /var/run/secrets/db/password\n');
    expect(fixed).toContain('mountPath: /var/run/secrets/db\n');
    expect(fixed).toContain('secretName: db\n');
  });

  test('a mount that is there is used, and a volume that is another is left alone', () => {
    const mounted = pod(
      `env:\n${variable('DB_PASSWORD', 'password', 'db')}\nvolumeMounts:\n- name: db\n  mountPath: /db/`,
      'volumes:\n- name: db\n  secret:\n    secretName: db',
    );
    const [fixed = ''] = Object.values(
      applyFix(secretReadIntoEnvironment, mounted, 'Mount Secret "db", and name the file in DB_PASSWORD_FILE'),
    );
    expect(fixed).toContain('value: /db/password\n');
    expect(fixed.match(/secretName/g)).toHaveLength(1);
    const other = mounted.replace('secretName: db', 'secretName: other');
    expect(inspect(secretReadIntoEnvironment, other)[0]?.fixes).toEqual([]);
  });
});
