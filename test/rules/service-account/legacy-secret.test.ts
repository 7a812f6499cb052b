import { describe, expect, test } from 'vitest';
import legacyTokenSecret from '../../../server/src/rules/service-account/legacy-token-secret';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { account, deployment, pod } from './manifests';

const secret = (namespace: string | undefined = 'shop', owner = 'web') => `# for the old job
apiVersion: v1
kind: Secret
metadata:
  name: web-token
${namespace === '' ? '' : `  namespace: ${namespace}\n`}  annotations:
    kubernetes.io/service-account.name: ${owner}
type: kubernetes.io/service-account-token
`;
const mounting = (spec: string, volume = 'secret:\n      secretName: web-token') =>
  `${spec}\nvolumes:\n  - name: token # kept\n    ${volume}`;
const REMOVE = 'Remove Secret "web-token"';
const LISTED = `${REMOVE}, which its account lists`;
const MOUNT = 'Mount projected tokens in place of Secret "web-token", and remove it';

const cases: readonly [what: string, files: Record<string, string>, fix: string | undefined][] = [
  ['alone in its file', { 'a.yaml': secret() }, REMOVE],
  ['before its account', { 'a.yaml': `${secret()}---\n${account('shop', 'web')}` }, REMOVE],
  ['listed', { 'a.yaml': `${account('shop', 'web', 'secrets:\n  - name: web-token')}---\n${secret()}` }, LISTED],
  [
    'listed beside another, in another file',
    { 'a.yaml': secret(), 'b.yaml': account('shop', 'web', 'secrets:\n  - name: other\n  - name: web-token') },
    LISTED,
  ],
  [
    'mounted by its account’s pods, in two files',
    {
      'a.yaml': `${deployment('shop', mounting('serviceAccountName: web'))}---\n${secret()}`,
      'b.yaml': pod('shop', mounting('serviceAccountName: web')),
    },
    MOUNT,
  ],
  [
    'mounted and listed',
    {
      'a.yaml': `${secret()}---\n${pod('shop', mounting('serviceAccountName: web'))}`,
      'b.yaml': account('shop', 'web', 'secrets:\n  - name: web-token'),
    },
    MOUNT,
  ],
  ['of a namesake in another namespace', { 'a.yaml': secret(), 'b.yaml': pod('blog', mounting('')) }, REMOVE],
  ['mounted by pods of another account', { 'a.yaml': secret(), 'b.yaml': pod('shop', mounting('')) }, undefined],
  [
    'mounted by file',
    {
      'a.yaml': secret(),
      'b.yaml': pod(
        'shop',
        mounting(
          'serviceAccountName: web',
          'secret:\n      secretName: web-token\n      items: [{key: token, path: t}]',
        ),
      ),
    },
    undefined,
  ],
  [
    'one mount of two can go',
    {
      'a.yaml': secret(),
      'b.yaml': pod('shop', mounting('serviceAccountName: web')),
      'c.yaml': pod('shop', mounting('serviceAccountName: api')),
    },
    undefined,
  ],
  [
    'in a variable',
    {
      'a.yaml': secret(),
      'b.yaml': pod(
        'shop',
        'serviceAccountName: web',
        'env:\n- name: T\n  valueFrom:\n    secretKeyRef: {name: web-token, key: token}',
      ),
    },
    undefined,
  ],
  [
    'a pod of a namespace that is not known may mount it',
    { 'a.yaml': secret(), 'b.yaml': pod(undefined, mounting('serviceAccountName: web')) },
    undefined,
  ],
  [
    'neither says its namespace',
    { 'a.yaml': secret(''), 'b.yaml': pod(undefined, mounting('serviceAccountName: web')) },
    MOUNT,
  ],
  ['its account is a template’s', { 'a.yaml': secret('shop', '"${ACCOUNT}"') }, undefined],
];

describe('a token Secret goes where nothing is left that needs it', () => {
  test.each(cases)('%s', (_, files, fix) => {
    expect(inspect(legacyTokenSecret, files)[0]?.fixes).toEqual(fix === undefined ? [] : [fix]);
    check(legacyTokenSecret, files, 1);
  });
});

test('with its marker and comments, and nothing else', () => {
  const files = { 'a.yaml': `${account('shop', 'web')}---\n${secret()}---\n# pods\n${pod('shop')}` };
  expect(applyFix(legacyTokenSecret, files, REMOVE)).toEqual({
    'a.yaml': `${account('shop', 'web')}---\n# pods\n${pod('shop')}`,
  });
  expect(applyFix(legacyTokenSecret, { 'a.yaml': secret() }, REMOVE)).toEqual({ 'a.yaml': '' });
});

test('mounts become ones of a token that expires, and the list of the account goes', () => {
  const files = {
    'a.yaml': secret(),
    'b.yaml': pod('shop', mounting('serviceAccountName: web')),
    'c.yaml': account('shop', 'web', 'secrets:\n  - name: web-token'),
  };
  const after = applyFix(legacyTokenSecret, files, MOUNT);
  expect(after['a.yaml']).toBe('');
  expect(after['b.yaml']).toContain(
    '- name: token # kept\n      projected:\n        sources:\n          - serviceAccountToken:',
  );
  expect(after['b.yaml']).not.toContain('web-token');
  expect(after['c.yaml']).toBe(account('shop', 'web'));
});
