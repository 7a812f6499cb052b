import { describe, expect, test } from 'vitest';
import type { Example, Rule } from '../../../server/src/engine/rule';
import secretOrConfigMapKeyNotFound from '../../../server/src/rules/secrets/secret-or-config-map-key-not-found';
import secretOrConfigMapNotFound from '../../../server/src/rules/secrets/secret-or-config-map-not-found';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const indent = (text: string, width: number) => text.trim().replace(/^(?=.)/gm, ' '.repeat(width));
const inNamespace = (namespace: string | undefined) => (namespace === undefined ? '' : `  namespace: ${namespace}\n`);
const pod = (container: string, namespace: string | undefined = 'shop', spec = '') => `apiVersion: v1
kind: Pod
metadata:
  name: web
${inNamespace(namespace)}spec:
  automountServiceAccountToken: false
${spec === '' ? '' : `${indent(spec, 2)}\n`}  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${container === '' ? '' : `${indent(container, 6)}\n`}`;
const object = (kind: string, name: string, data: string, namespace: string | undefined = 'shop') =>
  `apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n${inNamespace(namespace)}${data.trim()}\n`;
const secret = (name: string, namespace?: string) => object('Secret', name, 'stringData:\n  user: web', namespace);
const config = (name: string, namespace?: string) => object('ConfigMap', name, 'data:\n  mode: fast', namespace);
const external = (name: string) =>
  `apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n  secretStoreRef:\n    kind: ClusterSecretStore\n    name: vault\n  dataFrom:\n    - extract:\n        key: db\n`;

const env = (kind: 'secret' | 'configMap', name: string, key: string, more = '') =>
  `env:\n- name: A\n  valueFrom:\n    ${kind}KeyRef:\n      name: ${name}\n      key: ${key} # of the shop\n${more}`;
const NO_NAMESPACE = '';

const cases: readonly [Rule, readonly [what: string, files: Example, findings: number][]][] = [
  [
    secretOrConfigMapNotFound,
    [
      [
        'a slip, in a variable',
        { 'a.yaml': pod(env('secret', 'db-credentails', 'user')), 'b/c.yaml': secret('db-credentials') },
        1,
      ],
      [
        'another spelling, as a whole',
        { 'a.yaml': pod('envFrom:\n- configMapRef:\n    name: shopconfig'), 'b.yaml': config('shop-config') },
        1,
      ],
      [
        'in volumes, once for each name',
        {
          'a.yaml': pod(
            '',
            'shop',
            'volumes:\n- name: a\n  secret:\n    secretName: db-credential\n- name: b\n  projected:\n    sources:\n    - secret:\n        name: db-credential\n    - configMap:\n        name: shop-cnofig',
          ),
          'b.yaml': `${secret('db-credentials')}---\n${config('shop-config')}`,
        },
        2,
      ],
      [
        'an operator makes the near one',
        { 'a.yaml': pod(env('secret', 'db-credential', 'user')), 'b.yaml': external('db-credentials') },
        1,
      ],
      [
        'an operator makes it',
        { 'a.yaml': pod(env('secret', 'db-credentials', 'user')), 'b.yaml': external('db-credentials') },
        0,
      ],
      ['nothing is near', { 'a.yaml': pod(env('secret', 'paypal', 'user')), 'b.yaml': secret('db-credentials') }, 0],
      [
        'optional',
        {
          'a.yaml': pod(env('secret', 'db-credential', 'user', '      optional: true')),
          'b.yaml': secret('db-credentials'),
        },
        0,
      ],
      [
        'in another namespace',
        { 'a.yaml': pod(env('secret', 'db-credential', 'user')), 'b.yaml': secret('db-credentials', 'till') },
        0,
      ],
      [
        'of another kind',
        { 'a.yaml': pod(env('secret', 'db-credential', 'user')), 'b.yaml': config('db-credentials') },
        0,
      ],
      [
        'no namespace, beside it',
        {
          'a.yaml': pod(env('secret', 'db-credential', 'user'), NO_NAMESPACE),
          'b.yaml': secret('db-credentials', NO_NAMESPACE),
        },
        1,
      ],
      [
        'no namespace, elsewhere',
        {
          'a.yaml': pod(env('secret', 'db-credential', 'user'), NO_NAMESPACE),
          'b/c.yaml': secret('db-credentials', NO_NAMESPACE),
        },
        0,
      ],
      [
        'two are near',
        {
          'a.yaml': pod(env('secret', 'db-credential', 'user')),
          'b.yaml': `${secret('db-credentials')}---\n${secret('db-credentiel')}`,
        },
        0,
      ],
      [
        'an operator calls it after its object',
        {
          'a.yaml': pod(env('secret', 'orders-app', 'user')),
          'b.yaml': `${secret('orders-api')}---\napiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata:\n  name: orders\n  namespace: shop\nspec:\n  instances: 3\n`,
        },
        0,
      ],
      ['filled in later', { 'a.yaml': pod(env('secret', 'db-${STAGE}', 'user')), 'b.yaml': secret('db-STAGES') }, 0],
    ],
  ],
  [
    secretOrConfigMapKeyNotFound,
    [
      ['a slip', { 'a.yaml': pod(env('secret', 'db', 'usre')), 'b.yaml': secret('db') }, 1],
      ['another key altogether', { 'a.yaml': pod(env('configMap', 'web', 'colour')), 'b.yaml': config('web') }, 1],
      [
        'as files',
        {
          'a.yaml': pod(
            '',
            'shop',
            'volumes:\n- name: a\n  configMap:\n    name: web\n    items:\n    - key: mode\n      path: mode\n    - key: modes\n      path: modes',
          ),
          'b.yaml': config('web'),
        },
        1,
      ],
      ['there', { 'a.yaml': pod(env('secret', 'db', 'user')), 'b.yaml': secret('db') }, 0],
      ['optional', { 'a.yaml': pod(env('secret', 'db', 'usre', '      optional: true')), 'b.yaml': secret('db') }, 0],
      ['fetched as a whole', { 'a.yaml': pod(env('secret', 'db', 'usre')), 'b.yaml': external('db') }, 0],
      [
        'in one of two of that name',
        {
          'a.yaml': pod(env('secret', 'db', 'token')),
          'b.yaml': secret('db'),
          'c.yaml': object('Secret', 'db', 'stringData:\n  token: web', NO_NAMESPACE),
        },
        0,
      ],
      [
        'an empty one',
        { 'a.yaml': pod(env('secret', 'db', 'user')), 'b.yaml': object('Secret', 'db', 'type: Opaque') },
        0,
      ],
      ['of another namespace', { 'a.yaml': pod(env('secret', 'db', 'usre')), 'b.yaml': secret('db', 'till') }, 0],
      ['a template', { 'a.yaml': pod(env('secret', 'db', '${KEY}')), 'b.yaml': secret('db') }, 0],
    ],
  ],
];

describe.each(cases.map(([rule, list]) => [rule.id, rule, list] as const))('%s', (_, rule, list) => {
  test.each(list)('%s', (_what, files, findings) => check(rule, files, findings));
});

describe('words and fixes', () => {
  test('the name that was meant is put in its place', () => {
    const files = { 'a.yaml': pod(env('secret', 'db-credential', 'user')), 'b.yaml': secret('db-credentials') };
    expect(inspect(secretOrConfigMapNotFound, files)[0]).toMatchObject({
      text: 'db-credential',
      message:
        'The Pod "web" needs Secret "db-credential", which no file here makes; without it the pod does not start. Did you mean "db-credentials"?',
      related: ['Secret "db-credentials" comes from here.'],
    });
    const fixed = applyFix(secretOrConfigMapNotFound, files, 'Change it to "db-credentials"')['a.yaml'];
    expect(fixed).toContain('name: db-credentials\n');
  });

  test('what a kustomization generates has the keys of its literals and files', () => {
    const files = {
      'a.yaml': pod(env('configMap', 'web', 'modes')),
      'kustomization.yaml': 'namespace: shop\nconfigMapGenerator:\n  - name: web\n    literals:\n      - mode=fast\n',
    };
    expect(applyFix(secretOrConfigMapKeyNotFound, files, 'Change it to "mode"')['a.yaml']).toContain('key: mode #');
  });

  test('what resembles nothing is said where everything is here, unless it lives elsewhere', () => {
    const files = { 'a.yaml': pod(env('secret', 'paypal', 'user')), 'b.yaml': secret('db-credentials') };
    const complete = { complete: true, external: [] };
    expect(inspect(secretOrConfigMapNotFound, files, { workspace: complete })[0]).toMatchObject({
      severity: 'warning',
      message: 'The Pod "web" needs Secret "paypal", which no file here makes; without it the pod does not start.',
      fixes: [],
    });
    const external = [{ kind: 'Secret', name: 'pay*' }];
    expect(inspect(secretOrConfigMapNotFound, files, { workspace: { complete: true, external } })).toEqual([]);
  });

  test('a key that nothing resembles is a note', () => {
    const far = { 'a.yaml': pod(env('secret', 'db', 'colour')), 'b.yaml': secret('db') };
    expect(inspect(secretOrConfigMapKeyNotFound, far)[0]).toMatchObject({ severity: 'info', fixes: [] });
    const near = { 'a.yaml': pod(env('secret', 'db', 'User')), 'b.yaml': secret('db') };
    expect(inspect(secretOrConfigMapKeyNotFound, near)[0]).toMatchObject({
      severity: 'warning',
      message:
        'The Pod "web" reads key "User" of Secret "db", which has only "user"; the pod does not start. Did you mean "user"?',
      fixes: ['Change it to "user"'],
    });
  });
});
