import { describe, expect, test } from 'vitest';
import type { Example, Rule } from '../../../server/src/engine/rule';
import defaultServiceAccountUsed from '../../../server/src/rules/service-account/default-service-account-used';
import deprecatedServiceAccountField from '../../../server/src/rules/service-account/deprecated-service-account-field';
import podOverridesAccountAutomount from '../../../server/src/rules/service-account/pod-overrides-account-automount';
import serviceAccountNotFound from '../../../server/src/rules/service-account/service-account-not-found';
import serviceAccountSecretsListed from '../../../server/src/rules/service-account/service-account-secrets-listed';
import tokenAutomounted from '../../../server/src/rules/service-account/token-automounted';
import tokenDisabledButNeeded from '../../../server/src/rules/service-account/token-disabled-but-needed';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { account, binding, deployment, pod } from './manifests';

const QUIET = 'automountServiceAccountToken: false';
const LOUD = 'automountServiceAccountToken: true';

const controller = (spec = '') =>
  pod('shop', `serviceAccountName: web\n${spec}`).replace('/web:1.4.2', ':5000/team/shop-controller:1.4.2');
const BOUND = `${account('shop', 'web')}---\n${binding('shop', 'web', 'shop')}`;

const cases: readonly [Rule, readonly [what: string, files: Example, findings: number][]][] = [
  [
    tokenAutomounted,
    [
      ['nothing said', pod('shop'), 1],
      ['in a Deployment, with a comment', deployment('shop', 'restartPolicy: Always # as ever'), 1],
      ['asked for', pod('shop', LOUD), 1],
      ['refused by the pod', pod('shop', QUIET), 0],
      [
        'an account of the workspace',
        { 'a.yaml': pod('shop', 'serviceAccountName: web'), 'b.yaml': account('shop', 'web') },
        1,
      ],
      [
        'an account that withholds it',
        { 'a.yaml': pod('shop', 'serviceAccountName: web'), 'b.yaml': account('shop', 'web', QUIET) },
        0,
      ],
      [
        'an account of another namespace that does',
        { 'a.yaml': pod('shop'), 'b.yaml': account('till', 'default', QUIET) },
        1,
      ],
      ['the default account withholds it', { 'a.yaml': pod('shop'), 'b.yaml': account('shop', 'default', QUIET) }, 0],
      [
        'the pod wins over the account',
        { 'a.yaml': pod('shop', LOUD), 'b.yaml': account('shop', 'default', QUIET) },
        1,
      ],
      ['an account that is not known', pod('shop', 'serviceAccountName: web'), 0],
      [
        'a bound account',
        {
          'a.yaml': pod('shop', 'serviceAccountName: web'),
          'b.yaml': `${account('shop', 'web')}---\n${binding('shop', 'web', 'shop')}`,
        },
        0,
      ],
      [
        'bound by a binding of another namespace',
        {
          'a.yaml': pod('shop', 'serviceAccountName: web'),
          'b.yaml': `${account('shop', 'web')}---\n${binding('till', 'web', 'shop')}`,
        },
        0,
      ],
      [
        'bound where the subject leaves its namespace out',
        {
          'a.yaml': pod('shop', 'serviceAccountName: web'),
          'b.yaml': `${account('shop', 'web')}---\n${binding('shop', 'web')}`,
        },
        0,
      ],
      [
        'a namesake is bound',
        {
          'a.yaml': pod('shop', 'serviceAccountName: web'),
          'b.yaml': `${account('shop', 'web')}---\n${binding('till', 'web', 'till')}`,
        },
        1,
      ],
      ['filled in later', pod('shop', 'serviceAccountName: ${ACCOUNT}'), 0],
      ['decided later', pod('shop', 'automountServiceAccountToken: ${MOUNT}'), 0],
      ['an empty name', pod('shop', 'serviceAccountName: ""'), 1],
      ['a controller', controller().replace('serviceAccountName: web', 'serviceAccountName: default'), 0],
      [
        'Vault logs in with it',
        deployment('shop').replace(
          '      labels:\n',
          "      annotations:\n        vault.hashicorp.com/agent-inject: 'true'\n      labels:\n",
        ),
        0,
      ],
    ],
  ],
  [
    defaultServiceAccountUsed,
    [
      ['named or not', `${pod('shop')}---\n${deployment('shop', 'serviceAccountName: default')}`, 2],
      [
        'without a token, or another account',
        `${pod('shop', QUIET)}---\n${deployment('shop', 'serviceAccountName: web')}`,
        0,
      ],
      ['the account withholds it', `${pod('shop')}---\n${account('shop', 'default', QUIET)}`, 0],
    ],
  ],
  [
    deprecatedServiceAccountField,
    [
      ['alone', pod('shop', 'serviceAccount: web # ours'), 1],
      ['empty', pod('shop', "serviceAccount: ''"), 1],
      ['beside the same', pod('shop', 'serviceAccountName: web\nserviceAccount: web'), 1],
      ['beside another', pod('shop', 'serviceAccount: web # gone\nserviceAccountName: shop'), 1],
      ['not written', pod('shop', 'serviceAccountName: web'), 0],
    ],
  ],
  [
    tokenDisabledButNeeded,
    [
      ['withheld by the pod', { 'a.yaml': controller(QUIET), 'b.yaml': BOUND }, 1],
      [
        'withheld by the account',
        {
          'a.yaml': controller(),
          'b.yaml': `${account('shop', 'web', QUIET)}---\n${binding('shop', 'web', 'shop')}`,
        },
        1,
      ],
      [
        'the pod wins',
        {
          'a.yaml': controller(LOUD),
          'b.yaml': `${account('shop', 'web', QUIET)}---\n${binding('shop', 'web', 'shop')}`,
        },
        0,
      ],
      ['no rights', { 'a.yaml': controller(QUIET), 'b.yaml': account('shop', 'web') }, 0],
      ['no client', { 'a.yaml': pod('shop', `serviceAccountName: web\n${QUIET}`), 'b.yaml': BOUND }, 0],
      [
        'a token of its own',
        {
          'a.yaml': controller(
            `${QUIET}\nvolumes:\n- name: token\n  projected:\n    sources:\n    - serviceAccountToken:\n        path: token`,
          ),
          'b.yaml': BOUND,
        },
        0,
      ],
      [
        'a kubeconfig',
        {
          'a.yaml': controller(`${QUIET}\nvolumes:\n- name: kubeconfig\n  secret:\n    secretName: other-cluster`),
          'b.yaml': BOUND,
        },
        0,
      ],
      ['decided later', { 'a.yaml': controller('automountServiceAccountToken: ${MOUNT}'), 'b.yaml': BOUND }, 0],
    ],
  ],
  [
    podOverridesAccountAutomount,
    [
      [
        'the pod asks for it',
        { 'a.yaml': pod('shop', `serviceAccountName: web\n${LOUD} # why?`), 'b.yaml': account('shop', 'web', QUIET) },
        1,
      ],
      [
        'and a binding says why',
        {
          'a.yaml': pod('shop', `serviceAccountName: web\n${LOUD}`),
          'b.yaml': `${account('shop', 'web', QUIET)}---\n${binding('shop', 'web', 'shop')}`,
        },
        0,
      ],
      [
        'the account says nothing',
        { 'a.yaml': pod('shop', `serviceAccountName: web\n${LOUD}`), 'b.yaml': account('shop', 'web') },
        0,
      ],
      [
        'two accounts of that name',
        {
          'a.yaml': pod('shop', `serviceAccountName: web\n${LOUD}`),
          'b.yaml': account('shop', 'web', QUIET),
          'c.yaml': account('shop', 'web'),
        },
        0,
      ],
    ],
  ],
  [
    serviceAccountNotFound,
    [
      [
        'a slip of the pen',
        {
          'a.yaml': pod('shop', 'serviceAccountName: web-raeder # reads'),
          'b/c.yaml': account('shop', 'web-reader', QUIET),
        },
        1,
      ],
      [
        'another spelling',
        { 'a.yaml': pod('shop', 'serviceAccountName: web_reader'), 'b.yaml': account('shop', 'web-reader', QUIET) },
        1,
      ],
      [
        'others of the namespace',
        { 'a.yaml': deployment('shop', 'serviceAccountName: importer'), 'b.yaml': account('shop', 'web', QUIET) },
        1,
      ],
      [
        'others of another namespace',
        { 'a.yaml': pod('shop', 'serviceAccountName: importer'), 'b.yaml': account('till', 'web') },
        0,
      ],
      [
        'no namespace, others beside it',
        { 'a.yaml': pod(undefined, 'serviceAccountName: importer'), 'b.yaml': account(undefined, 'web') },
        0,
      ],
      [
        'no namespace, a slip beside it',
        {
          'a.yaml': pod(undefined, 'serviceAccountName: web-raeder'),
          'b.yaml': account(undefined, 'web-reader', QUIET),
        },
        1,
      ],
      [
        'no namespace, nearly that name in another folder',
        { 'a.yaml': pod(undefined, 'serviceAccountName: web-raeder'), 'b/c.yaml': account(undefined, 'web-reader') },
        0,
      ],
      [
        'the account may land there',
        {
          'a.yaml': pod('shop', 'serviceAccountName: web'),
          'b.yaml': account(undefined, 'web'),
          'c.yaml': account('shop', 'other'),
        },
        0,
      ],
      [
        'told apart on purpose',
        { 'a.yaml': pod(undefined, 'serviceAccountName: worker-2'), 'b.yaml': account(undefined, 'worker-1') },
        0,
      ],
      [
        'made by the cluster',
        { 'a.yaml': pod('kube-system', 'serviceAccountName: coredns'), 'b.yaml': account('kube-system', 'web') },
        0,
      ],
      ['the default', { 'a.yaml': pod('shop', 'serviceAccountName: default'), 'b.yaml': account('shop', 'web') }, 0],
    ],
  ],
  [
    serviceAccountSecretsListed,
    [
      ['a list', account('shop', 'web', 'secrets: # of old\n  - name: web-token'), 1],
      [
        'the annotation',
        account(
          'shop',
          'web',
          'secrets:\n  - name: web-token',
          'annotations:\n  kubernetes.io/enforce-mountable-secrets: "true"',
        ),
        1,
      ],
      [
        'none',
        account(
          'shop',
          'web',
          'secrets: []\nimagePullSecrets:\n  - name: registry',
          'annotations:\n  kubernetes.io/enforce-mountable-secrets: "false"',
        ),
        0,
      ],
    ],
  ],
];

describe.each(cases.map(([rule, list]) => [rule.id, rule, list] as const))('%s', (_, rule, list) => {
  test.each(list)('%s', (_what, files, findings) => check(rule, files, findings));
});

describe('token-automounted', () => {
  const files = { 'a.yaml': pod('shop', 'serviceAccountName: web'), 'b.yaml': account('shop', 'web') };

  test('offers the pod first and the account second', () => {
    const [first, second] = inspect(tokenAutomounted, files)[0]?.fixes ?? [];
    expect(first).toBe('Set automountServiceAccountToken: false in the pod');
    expect(second).toBe('Set automountServiceAccountToken: false in ServiceAccount "web"');
    expect(applyFix(tokenAutomounted, files, second ?? '')['b.yaml']).toContain(
      '\nautomountServiceAccountToken: false',
    );
  });

  test('is silent for templates that others make pods from', () => {
    const knative = deployment('shop')
      .replace('apps/v1', 'serving.knative.dev/v1')
      .replace('kind: Deployment', 'kind: Service');
    expect(inspect(tokenAutomounted, knative)).toEqual([]);
  });
});

describe('service-account-not-found', () => {
  test('asks whether a near name was meant, and says less where there is none', () => {
    const near = { 'a.yaml': pod('shop', 'serviceAccountName: web-raeder'), 'b.yaml': account('shop', 'web-reader') };
    expect(inspect(serviceAccountNotFound, near)[0]).toMatchObject({
      text: 'web-raeder',
      severity: 'warning',
      related: ['ServiceAccount "web-reader" is here.'],
      fixes: ['Change it to "web-reader"'],
    });
    const far = { 'a.yaml': pod('shop', 'serviceAccountName: importer'), 'b.yaml': account('shop', 'web-reader') };
    expect(inspect(serviceAccountNotFound, far)[0]).toMatchObject({
      severity: 'info',
      fixes: ['Add a ServiceAccount "importer"'],
    });
  });

  test.each([
    ['the nearest is named', 'web-reder', ['wob-reeder', 'web-reader'], 'web-reader'],
    ['case and separators come before letters', 'web_Reader', ['web-readerr', 'web-reader'], 'web-reader'],
    ['a number tells names apart on purpose', 'worker-3', ['worker-1', 'worker-2'], undefined],
    ['a number more does not hide a slip', 'wroker-1', ['worker-1', 'worker-2'], 'worker-1'],
    ['default is nobody in particular', 'defualt', ['default'], undefined],
  ])('%s', (_, name, names, meant) => {
    const files = {
      'a.yaml': pod('shop', `serviceAccountName: ${name}`),
      'b.yaml': names.map((other) => account('shop', other)).join('---\n'),
    };
    const [found] = inspect(serviceAccountNotFound, files);
    expect(found?.fixes[0]).toBe(meant === undefined ? `Add a ServiceAccount "${name}"` : `Change it to "${meant}"`);
  });
});

test('the annotation is left alone where it still counts', () => {
  const text = account(
    'shop',
    'web',
    'secrets:\n  - name: web',
    'annotations:\n  kubernetes.io/enforce-mountable-secrets: "true"',
  );
  expect(inspect(serviceAccountSecretsListed, text, { kubernetesMinor: 31 })).toEqual([]);
});

test('a program that needs its token is named with what gives it rights', () => {
  const [found] = inspect(tokenDisabledButNeeded, { 'a.yaml': controller(QUIET), 'b.yaml': BOUND });
  expect(found).toMatchObject({
    message:
      'The Pod "web" gets no API token, although container "web" looks like a client of the API and ServiceAccount "web" has rights.',
    related: ['RoleBinding "web" gives it rights.'],
  });
});

test('a name that is written goes to its field, and an empty one goes', () => {
  const fixes = (line: string) => inspect(deprecatedServiceAccountField, pod('shop', line))[0]?.fixes;
  expect(fixes('serviceAccount: web')).toEqual(['Rename it to serviceAccountName']);
  expect(fixes("serviceAccount: ''")).toEqual(['Remove serviceAccount']);
});
