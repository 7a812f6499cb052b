import { describe, expect, test } from 'vitest';
import type { Example } from '../../../server/src/engine/rule';
import secretInOtherField from '../../../server/src/rules/secrets/secret-in-other-field';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const PASSWORD = 'tR7#kq9Lw2vX';
const TOKEN = ['gh', 'p_', 'qT7mZ2xK9vB4nR8sW3yH6jL1pD5gF0cAeUiO'].join('');
const indent = (text: string, width: number) => text.trim().replace(/^(?=.)/gm, ' '.repeat(width));
const release = (values: string) =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\n  namespace: shop\nspec:\n  values:\n${indent(values, 4)}\n`;
const object = (apiVersion: string, kind: string, spec: string) =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: shop\n  namespace: shop\n${spec.trim()}\n`;

const cases: readonly [what: string, files: Example, findings: number][] = [
  ['values of a release', release(`db:\n  password: "${PASSWORD}" # rotate\n  user: web`), 1],
  ['a variable among them', release(`env:\n- name: API_TOKEN\n  value: tR7kq9Lw2vX5\n- name: MODE\n  value: fast`), 1],
  ['a file in a string', release(`config: |\n  [db]\n  password = ${PASSWORD}\n  mode = fast`), 1],
  ['an item of a list', release(`extraArgs:\n- --log-level=info\n- --api-token=tR7kq9Lw2vX5`), 1],
  ['a format, under any key', object('example.com/v1', 'Mirror', `spec:\n  from: ${TOKEN}`), 1],
  [
    'parameters of an Application',
    object(
      'argoproj.io/v1alpha1',
      'Application',
      `spec:\n  source:\n    helm:\n      parameters:\n        - name: db.password\n          value: ${PASSWORD}`,
    ),
    1,
  ],
  [
    'what others judge',
    `${object('v1', 'ConfigMap', `data:\n  token: ${TOKEN}`)}---\n${object('v1', 'Secret', `stringData:\n  token: ${TOKEN}`)}---\n${object('v1', 'Pod', `spec:\n  automountServiceAccountToken: false\n  containers:\n    - name: web\n      image: registry.example.com/web:1.4.2\n      env:\n        - name: TOKEN\n          value: ${TOKEN}\n      args: [${TOKEN}]`)}`,
    0,
  ],
  [
    'names of secrets and keys of stores',
    release(
      'existingSecret: shop-2-db\ndb:\n  passwordKey: db-Pa5s-2x\n  existingSecretPasswordKey: pgAdmin1Pass2x\n  tokenSecretRef: shop-db1x2y3\n  tokenPath: /run/t0k3n-a1b2c3\n  password: changeme\n  token: ${TOKEN}',
    ),
    0,
  ],
  [
    'an ExternalSecret',
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'spec:\n  data:\n    - secretKey: AWS_S3_KEY_2A\n      remoteRef:\n        key: prod/db-7f3Kq9',
    ),
    0,
  ],
  ['encrypted by SOPS', `${release(`password: ${PASSWORD}`)}sops:\n  version: 3.9.0\n`, 0],
  [
    'a schema',
    object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `spec:\n  description: |\n    token: ${TOKEN}`),
    0,
  ],
];

test.each(cases)('%s', (_what, files, findings) => check(secretInOtherField, files, findings));

describe('files without a header', () => {
  const text = `db:\n  password: ${PASSWORD}\n`;

  test.each([
    ['values.yaml', 1],
    ['charts/shop/values-prod.yaml', 1],
    ['shop.values.yml', 1],
    ['settings.yaml', 0],
  ])('%s: %i', (name, count) => {
    expect(inspect(secretInOtherField, { [name]: text })).toHaveLength(count);
  });

  test('literals of a kustomization', () => {
    const [found, ...more] = inspect(secretInOtherField, {
      'kustomization.yaml': `secretGenerator:\n  - name: db\n    literals:\n      - user=web\n      - password=${PASSWORD}\n`,
    });
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      text: 'literals',
      severity: 'warning',
      message: 'This file holds what looks like a password in plain text, under "password".',
    });
  });
});

test('points at the key and says the line', () => {
  const [found] = inspect(secretInOtherField, release(`config: |\n  mode = fast\n  token = ${TOKEN}`));
  expect(found).toMatchObject({
    text: 'config',
    severity: 'error',
    message: 'HelmRelease "shop" holds a GitHub token in plain text, under "config" (line 2 of its value).',
  });
});

describe('templates, which cannot be read', () => {
  const template = (data: string) =>
    `apiVersion: v1\nkind: ConfigMap\n{{- if .Values.on }}\ndata:\n${indent(data, 2)}\n{{- end }}\n`;
  const key = [
    '-----BEGIN ',
    'PRIVATE KEY-----\n',
    `${TOKEN.slice(4)}${TOKEN.slice(4)}\n`,
    '-----END ',
    'PRIVATE KEY-----\n',
  ].join('');

  test('formats that cannot be mistaken are found, and the text before them is pointed at', () => {
    const text = template(`source: "${TOKEN}"\ntls.key: |\n${indent(key, 2)}\nurl: postgres://web:tR7kq9Lw2vX@db/web`);
    const found = inspect(secretInOtherField, { 'templates/map.yaml': text });
    expect(found.map((one) => [one.text, one.message.split(' in plain')[0]])).toEqual([
      ['source:', 'This template holds a GitHub token'],
      ['tls.key: |', 'This template holds a private key'],
      ['url: postgres://web:', 'This template holds a password in a URL'],
    ]);
  });

  test.each([
    ['what is filled in', template('token: {{ .Values.token }}\nurl: postgres://web:{{ .Values.password }}@db/web')],
    ['what only looks like a password', template(`password: "${PASSWORD}"`)],
    ['no object of Kubernetes', `{{- if .on }}\ntoken: ${TOKEN}\n{{- end }}\n`],
  ])('not %s', (_what, text) => {
    expect(inspect(secretInOtherField, { 'templates/map.yaml': text })).toEqual([]);
  });
});

describe('a Secret takes the place of the value where the API has a field for one', () => {
  const VALUE = 'tR7kq9Lw2vX5';
  const operator = (env: string) =>
    object('opentelemetry.io/v1beta1', 'OpenTelemetryCollector', `spec:\n  env:\n${indent(env, 4)}`);
  const flux = (postBuild: string) =>
    object('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', `spec:\n  postBuild:\n${indent(postBuild, 4)}`);
  const fixesOf = (files: Example) => inspect(secretInOtherField, files).map(({ fixes }) => fixes);

  test('a variable of an operator', () => {
    const text = operator(`- name: API_TOKEN\n  value: ${VALUE}\n- name: MODE\n  value: fast`);
    check(secretInOtherField, text, 1);
    const after = applyFix(secretInOtherField, text, 'Read it from key "API_TOKEN" of Secret "shop-secrets"');
    expect(after['example.yaml']).toBe(
      operator(
        '- name: API_TOKEN\n  valueFrom:\n    secretKeyRef:\n      name: shop-secrets\n      key: API_TOKEN\n- name: MODE\n  value: fast',
      ),
    );
  });

  test.each([
    ['beside others', `db:\n  password: ${VALUE}\n  user: web`, 'values:\n    db:\n      user: web\n'],
    ['alone', `db:\n  password: ${VALUE}`, 'spec:\n  valuesFrom:'],
  ])('a value of a release %s', (_, values, left) => {
    check(secretInOtherField, release(values), 1);
    const title = 'Read it from key "db.password" of Secret "shop-values"';
    const text = applyFix(secretInOtherField, release(values), title)['example.yaml'];
    expect(text).toContain(left);
    expect(text).toContain(
      '  valuesFrom:\n    - kind: Secret\n      name: shop-values\n      valuesKey: db.password\n      targetPath: db.password\n',
    );
    expect(text).not.toContain(VALUE);
  });

  test('a substitution, from a Secret that may be read already', () => {
    const read = 'substituteFrom:\n  - kind: Secret\n    name: shop-secrets';
    const title = 'Read it from key "DB_PASSWORD" of Secret "shop-secrets"';
    for (const more of ['', `\n${read}`]) {
      const text = flux(`substitute:\n  DB_PASSWORD: ${VALUE}${more}`);
      check(secretInOtherField, text, 1);
      expect(applyFix(secretInOtherField, text, title)['example.yaml']).toBe(flux(read));
    }
  });

  test.each([
    ['an item of a list of values', release(`users:\n- password: ${VALUE}`)],
    ['a value that --set would take apart', release(`db:\n  password: "tR7,q9Lw2vX5"`)],
    ['a variable of a chart', release(`env:\n- name: API_TOKEN\n  value: ${VALUE}`)],
    [
      'a parameter of an Application',
      object(
        'argoproj.io/v1alpha1',
        'Application',
        `spec:\n  source:\n    plugin:\n      env:\n        - name: API_TOKEN\n          value: ${VALUE}`,
      ),
    ],
    ['values of a chart', { 'values.yaml': `db:\n  password: ${VALUE}\n` }],
  ])('none for %s', (_, files) => {
    expect(fixesOf(files)).toEqual([[]]);
    check(secretInOtherField, files, 1);
  });
});
