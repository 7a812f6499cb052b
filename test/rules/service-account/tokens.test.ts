import { describe, expect, test } from 'vitest';
import type { Example, Rule } from '../../../server/src/engine/rule';
import awsTokenMountedByHand from '../../../server/src/rules/service-account/aws-token-mounted-by-hand';
import legacyTokenMounted from '../../../server/src/rules/service-account/legacy-token-mounted';
import legacyTokenSecret from '../../../server/src/rules/service-account/legacy-token-secret';
import tokenAudienceMissing from '../../../server/src/rules/service-account/token-audience-missing';
import tokenExpirationInvalid from '../../../server/src/rules/service-account/token-expiration-invalid';
import tokenExpirationLong from '../../../server/src/rules/service-account/token-expiration-long';
import tokenFileWorldReadable from '../../../server/src/rules/service-account/token-file-world-readable';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { pod } from './manifests';

const TYPE = 'kubernetes.io/service-account-token';
const QUIET = 'automountServiceAccountToken: false';
const DEFAULT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

const tokenSecret = (name: string, account = 'web', type = TYPE) => `apiVersion: v1
kind: Secret
metadata:
  name: ${name}
  namespace: shop
  annotations:
    kubernetes.io/service-account.name: ${account}
type: ${type}
`;
const mounting = (volume: string, path = '/var/run/secrets/vault', spec = QUIET) =>
  pod(
    'shop',
    `${spec}\nvolumes:\n- name: token\n${volume.replace(/^(?=.)/gm, '  ')}`,
    `volumeMounts:\n- name: token\n  mountPath: ${path}`,
  );
const projected = (token: string, lines = '') =>
  `projected:\n${lines ? `  ${lines}\n` : ''}  sources:\n  - serviceAccountToken:\n${token.replace(/^(?=.)/gm, '      ')}`;
const FOR_VAULT = 'path: token\naudience: vault';
const withMode = (mode: string, spec?: string) =>
  mounting(projected(FOR_VAULT, `defaultMode: ${mode}`), undefined, spec && `${QUIET}\n${spec}`);
const legacy = (pods: string, secret = tokenSecret('web-token')): Example => ({
  'pod.yaml': pods,
  'secret.yaml': secret,
});

const ROLE = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/web
automountServiceAccountToken: false
`;
const AWS_TOKEN = `env:
- name: AWS_WEB_IDENTITY_TOKEN_FILE # by hand
  value: /var/run/secrets/aws/token
- name: AWS_ROLE_ARN
  value: arn:aws:iam::111122223333:role/web
- name: MODE
  value: fast
volumeMounts:
- name: token
  mountPath: /var/run/secrets/aws
  readOnly: true`;
const byHand = (secondFile: string, container = AWS_TOKEN, audience = 'sts.amazonaws.com'): Example => ({
  'pod.yaml': pod(
    'shop',
    `serviceAccountName: web\n${QUIET}\nvolumes:\n- name: token\n  projected:\n    sources:\n    - serviceAccountToken:\n        path: token\n        audience: ${audience}`,
    container,
  ),
  'account.yaml': secondFile,
});

const cases: readonly [Rule, readonly [what: string, files: Example, findings: number][]][] = [
  [
    legacyTokenSecret,
    [
      ['of its type', tokenSecret('web-token'), 1],
      ['of another', tokenSecret('web-token', 'web', 'Opaque'), 0],
    ],
  ],
  [
    legacyTokenMounted,
    [
      [
        'as a volume',
        legacy(mounting('secret: # old\n  secretName: web-token', undefined, `${QUIET}\nserviceAccountName: web`)),
        1,
      ],
      ["another account's", legacy(mounting('secret:\n  secretName: web-token')), 1],
      ['within a projected volume', legacy(mounting('projected:\n  sources:\n  - secret:\n      name: web-token')), 1],
      [
        'as variables',
        legacy(
          pod(
            'shop',
            QUIET,
            'env:\n- name: TOKEN\n  valueFrom:\n    secretKeyRef:\n      name: web-token\n      key: token\nenvFrom:\n- secretRef:\n    name: web-token',
          ),
        ),
        2,
      ],
      [
        'as the control plane named it',
        mounting('secret:\n  secretName: web-token-x7k2p', DEFAULT_PATH, 'serviceAccountName: web'),
        1,
      ],
      ['such a name elsewhere', mounting('secret:\n  secretName: web-token-x7k2p'), 0],
      [
        'a Secret of another type',
        legacy(mounting('secret:\n  secretName: web-token'), tokenSecret('web-token', 'web', 'Opaque')),
        0,
      ],
      ['another Secret', legacy(mounting('secret:\n  secretName: other')), 0],
    ],
  ],
  [
    tokenExpirationInvalid,
    [
      ['too short', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 599 # renewed often`)), 1],
      ['too long', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 4294967297`)), 1],
      [
        'at the ends of what is taken',
        `${mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 600`))}---\n${mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 4294967296`)).replace('name: web', 'name: two')}`,
        0,
      ],
      ['filled in later, or not at all', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: \${SECONDS}`)), 0],
    ],
  ],
  [
    tokenExpirationLong,
    [
      ['a week', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 604800 # long`)), 1],
      ['a second too many', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 86401`)), 1],
      ['the longest that is taken', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 4294967296`)), 1],
      ['a day', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 86400`)), 0],
      ['refused anyway', mounting(projected(`${FOR_VAULT}\nexpirationSeconds: 4294967297`)), 0],
      [
        'filled in later, or not at all',
        `${mounting(projected(`${FOR_VAULT}\nexpirationSeconds: \${SECONDS}`))}---\n${mounting(projected(FOR_VAULT)).replace('name: web', 'name: two')}`,
        0,
      ],
    ],
  ],
  [
    awsTokenMountedByHand,
    [
      ['with its variables and a mount', byHand(ROLE), 1],
      ['the only volume', byHand(ROLE, AWS_TOKEN.replace(/^env:[\s\S]*?(?=volumeMounts)/, '')), 1],
      ['an account without a role', byHand(ROLE.replace(/ {2}annotations:\n.*\n/, '')), 0],
      ['an account that is not known', byHand(ROLE.replace('name: web', 'name: other')), 0],
      ['for somebody else', byHand(ROLE, AWS_TOKEN, 'vault'), 0],
    ],
  ],
  [
    tokenAudienceMissing,
    [
      ['for vault', mounting(projected('path: token')), 1],
      ['for AWS', mounting(projected('path: token'), '/var/run/secrets/eks.amazonaws.com/serviceaccount/'), 1],
      ['for somebody', mounting(projected('path: token'), '/etc/token'), 1],
      ['named', mounting(projected(FOR_VAULT)), 0],
      ['where the token for the API server belongs', mounting(projected('path: token'), DEFAULT_PATH), 0],
      [
        "beside the cluster's CA",
        mounting(`${projected('path: token')}\n  - configMap:\n      name: kube-root-ca.crt`, '/etc/token'),
        0,
      ],
      [
        'mounted nowhere',
        mounting(projected('path: token')).replace(
          '- name: token\n        mountPath',
          '- name: other\n        mountPath',
        ),
        0,
      ],
    ],
  ],
  [
    tokenFileWorldReadable,
    [
      ['readable to all', withMode('0644 # as ever'), 1],
      ['the same as clusters write it', withMode('420'), 1],
      ['a decimal number that is no mode', withMode('644'), 1],
      ['a decimal number that is another mode', withMode('400'), 1],
      ['closed', `${withMode('0400')}---\n${withMode('256').replace('name: web', 'name: two')}`, 0],
      ['closed by the kubelet: fsGroup', withMode('0644', 'securityContext:\n  fsGroup: 10001'), 0],
      ['closed by the kubelet: one user', withMode('0644', 'securityContext:\n  runAsUser: 10001'), 0],
      [
        'a Secret',
        mounting(
          'secret:\n  secretName: db\n  defaultMode: 440\n  items:\n  - key: a\n    path: a\n    mode: 600\n  - key: b\n    path: b\n    mode: 0600',
        ),
        2,
      ],
      ['a Secret with the usual mode', mounting('secret:\n  secretName: db\n  defaultMode: 420'), 0],
      ['a ConfigMap', mounting('configMap:\n  name: scripts\n  defaultMode: 755'), 0],
    ],
  ],
];

describe.each(cases.map(([rule, list]) => [rule.id, rule, list] as const))('%s', (_, rule, list) => {
  test.each(list)('%s', (_what, files, findings) => check(rule, files, findings));
});

test('a projected volume takes the place of the Secret, with the same files', () => {
  const files = legacy(mounting('secret:\n  secretName: web-token', undefined, `${QUIET}\nserviceAccountName: web`));
  const text = applyFix(legacyTokenMounted, files, 'Mount a projected token that expires')['pod.yaml'] ?? '';
  expect(text).not.toContain('secretName');
  expect(text.match(/path: [\w.]+$/gm)).toEqual(['path: token', 'path: ca.crt', 'path: namespace']);
});

test("another account's token has no such replacement", () => {
  expect(inspect(legacyTokenMounted, legacy(mounting('secret:\n  secretName: web-token')))[0]?.fixes).toEqual([]);
});

test('an audience is offered where the path says for whom the token is', () => {
  const fixes = (path: string) => inspect(tokenAudienceMissing, mounting(projected('path: token'), path))[0]?.fixes;
  expect(fixes('/var/run/secrets/eks.amazonaws.com/serviceaccount')).toEqual(['Set audience: sts.amazonaws.com']);
  expect(fixes('/vault')).toEqual(['Set audience: vault']);
  expect(fixes('/etc/token')).toEqual([]);
});

test.each([
  ['400', 'so the files get 0620; 0400 was meant'],
  ['644', 'which is no file mode, so the API server refuses the pod; 0644 was meant'],
])('defaultMode %s: %s', (mode, words) => {
  expect(inspect(tokenFileWorldReadable, withMode(mode))[0]).toMatchObject({
    text: mode,
    severity: 'warning',
    message: expect.stringContaining(words),
  });
});

test('a long life is told in days', () => {
  const say = (seconds: number) =>
    inspect(tokenExpirationLong, mounting(projected(`${FOR_VAULT}\nexpirationSeconds: ${seconds}`)))[0]?.message;
  expect(say(604_800)).toBe('The token in volume "token" lives for 7 days: whoever steals it can use it for as long.');
  expect(say(90_000)).toContain('lives for more than a day:');
});

test('whoever uses a token Secret is named beside it', () => {
  const files = legacy(mounting('secret:\n  secretName: web-token'));
  expect(inspect(legacyTokenSecret, files)[0]?.related).toEqual(['It is used here.']);
  expect(inspect(legacyTokenSecret, tokenSecret('web-token'))[0]?.related).toEqual([]);
});

test('what the webhook does is left to it', () => {
  const title = 'Leave it to the webhook: remove the volume, its mounts and variables';
  const text = applyFix(awsTokenMountedByHand, byHand(ROLE), title)['pod.yaml'] ?? '';
  expect(text).not.toMatch(/token:|AWS_|volume/);
  expect(text).toContain('- name: MODE\n');
});
