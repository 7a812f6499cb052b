import { expect, test } from 'vitest';
import type { Example } from '../../../server/src/engine/rule';
import secretInConfigMap from '../../../server/src/rules/secrets/secret-in-config-map';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const PASSWORD = 'tR7#kq9Lw2vX';
const TITLE = 'Read "db-password" from Secret "web-secrets", and add an ExternalSecret that makes it';

const indent = (text: string, width: number) => text.trim().replace(/^(?=.)/gm, ' '.repeat(width));
const configMap = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n  namespace: shop\ndata:\n${indent(data, 2)}\n`;
const pod = (container: string, spec = '', namespace = 'shop') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  namespace: ${namespace}\nspec:\n  automountServiceAccountToken: false\n${spec === '' ? '' : `${indent(spec, 2)}\n`}  containers:\n    - name: web\n      image: registry.example.com/web:1.4.2\n${indent(container, 6)}\n`;

const DATA = `db-password: ${PASSWORD} # of the shop\nmode: fast`;
const VARIABLES = `env:
- name: DB_PASSWORD
  valueFrom:
    configMapKeyRef:
      name: web
      key: db-password
- name: MODE
  valueFrom:
    configMapKeyRef:
      name: web
      key: mode`;
const FILES = 'volumes:\n- name: web\n  configMap:\n    name: web';

test.each<[what: string, files: Example, findings: number]>([
  ['nobody reads it', configMap(DATA), 1],
  ['as a variable', { 'a.yaml': configMap(DATA), 'b.yaml': pod(VARIABLES) }, 1],
  ['with all others', { 'a.yaml': configMap(DATA), 'b.yaml': pod('envFrom:\n- configMapRef:\n    name: web') }, 1],
  [
    'two secrets, and nothing else',
    {
      'a.yaml': configMap(`db-password: ${PASSWORD}\napi-token: tR7kq9Lw2vX5`),
      'b.yaml': pod(VARIABLES.split('\n').slice(0, 6).join('\n')),
    },
    2,
  ],
  ['beside a file', configMap(`${DATA}\napp.ini: |\n  password = ${PASSWORD}`), 2],
])('%s', (_what, files, findings) => check(secretInConfigMap, files, findings));

test('the value goes, and the pod reads it from the Secret', () => {
  const files = { 'a.yaml': configMap(DATA), 'b.yaml': pod(VARIABLES) };
  const fixed = applyFix(secretInConfigMap, files, TITLE);
  expect(fixed['a.yaml']).not.toContain(PASSWORD);
  expect(fixed['a.yaml']).toContain('data:\n  mode: fast\n---\napiVersion: external-secrets.io/v1\n');
  expect(fixed['b.yaml']).toContain('secretKeyRef:\n            name: web-secrets\n            key: db-password\n');
  expect(fixed['b.yaml']?.match(/configMapKeyRef/g)).toHaveLength(1);
});

test('what reads all of it reads all of the Secret, too', () => {
  const files = { 'a.yaml': configMap(DATA), 'b.yaml': pod('envFrom:\n- configMapRef:\n    name: web') };
  const text = applyFix(secretInConfigMap, files, TITLE)['b.yaml'] ?? '';
  expect(text).toContain('configMapRef:\n');
  expect(text).toContain('secretRef:\n');
});

test.each([
  ['a pod has it as a file', { 'a.yaml': configMap(DATA), 'b.yaml': pod('args: [serve]', FILES) }],
  [
    'a Secret of the name is there',
    {
      'a.yaml': configMap(DATA),
      'b.yaml': 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web-secrets\n  namespace: shop\n',
    },
  ],
])('no fix: %s', (_what, files) => {
  expect(inspect(secretInConfigMap, files)[0]?.fixes).toEqual([]);
});

test('a pod of another namespace, or one with another file, does not matter', () => {
  const other = pod('args: [serve]', `${FILES}\n    items:\n    - key: mode\n      path: mode`);
  const files = { 'a.yaml': configMap(DATA), 'b.yaml': pod('args: [serve]', FILES, 'till'), 'c.yaml': other };
  expect(inspect(secretInConfigMap, files)[0]?.fixes).toEqual([TITLE]);
});
