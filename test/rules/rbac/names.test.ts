import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import admissionWebhookWritable from '../../../server/src/rules/rbac/admission-webhook-writable';
import bindVerbGranted from '../../../server/src/rules/rbac/bind-verb-granted';
import configMapWritable from '../../../server/src/rules/rbac/config-map-writable';
import csrApprovalGranted from '../../../server/src/rules/rbac/csr-approval-granted';
import impersonateVerbGranted from '../../../server/src/rules/rbac/impersonate-verb-granted';
import namespacesPatchable from '../../../server/src/rules/rbac/namespaces-patchable';
import secretsReadable from '../../../server/src/rules/rbac/secrets-readable';
import secretsWritable from '../../../server/src/rules/rbac/secrets-writable';
import serviceAccountTokenCreation from '../../../server/src/rules/rbac/service-account-token-creation';
import serviceAccountWritable from '../../../server/src/rules/rbac/service-account-writable';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';
import { binding, role, rule } from './roles';

const object = (kind: string, name: string, extra = '  namespace: shop\n', apiVersion = 'v1') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${extra}`;
const SECRET = object('SealedSecret', 'login', undefined, 'bitnami.com/v1alpha1');
const POD = `${object('Pod', 'web')}spec:
  containers:
    - name: web
      image: registry.example.com/web:1.0.0
      envFrom:
        - secretRef: { name: api-key }
`;
const inShop = (text: string | readonly string[]) => role(text, 'Role');
const titles = (tested: Rule, files: Readonly<Record<string, string>>) =>
  inspect(tested, files).map(({ fixes }) => fixes[0]);

describe('Secrets that the files of a namespace show', () => {
  const files = (text: string) => ({ 'r/role.yaml': text, 's/secret.yaml': SECRET, 'p/pod.yaml': POD });

  test.each<[string, Rule, string, string]>([
    ['reading', secretsReadable, inShop(rule('""', 'secrets', 'get, list, watch')), 'Grant get on api-key, login only'],
    ['listing', secretsReadable, inShop(rule('""', 'secrets', 'list')), 'Grant get on api-key, login only'],
    [
      'beside others',
      secretsReadable,
      inShop(rule('""', 'pods, secrets', 'get, list')),
      'Grant get on api-key, login only',
    ],
    [
      'beside writing',
      secretsReadable,
      inShop(rule('""', 'secrets', 'get, create')),
      'Grant get on api-key, login only',
    ],
    ['writing', secretsWritable, inShop(rule('""', 'secrets', 'get, update')), 'Grant update on api-key, login only'],
    [
      'everything, beside others',
      secretsWritable,
      inShop(rule('""', 'pods, secrets', 'get, list, create, update, delete')),
      'Grant update, delete on api-key, login only',
    ],
  ])('%s', (_, tested, text, title) => {
    expect(titles(tested, files(text))).toEqual([title]);
    check(tested, files(text), 1);
  });

  test('a role that is bound in that namespace', () => {
    const text = role(rule('""', 'secrets', 'get, list'));
    const bound = binding('RoleBinding', 'operator', ['User jo']);
    expect(titles(secretsReadable, { ...files(text), 'b.yaml': bound })).toEqual(['Grant get on api-key, login only']);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ['a role that may hold anywhere', files(role(rule('""', 'secrets', 'get')))],
    ['Secrets of another namespace', files(inShop(rule('""', 'secrets', 'get')).replace('shop', 'other'))],
    ['every verb', files(inShop(rule('""', 'secrets', '"*"')))],
    ['only what has no name', files(inShop(rule('""', 'secrets', 'create')))],
    [
      'too many',
      {
        ...files(inShop(rule('""', 'secrets', 'get'))),
        'm.yaml': [1, 2, 3, 4].map((n) => SECRET.replace('login', `more-${n}`)).join('---\n'),
      },
    ],
  ])('not for %s', (_, given) => {
    for (const tested of [secretsReadable, secretsWritable]) {
      expect(
        inspect(tested, given)
          .flatMap(({ fixes }) => fixes)
          .filter((title) => title.endsWith(' only')),
      ).toEqual([]);
    }
  });

  test('the rest of the rule stays', () => {
    const text = inShop(rule('""', 'pods, secrets', 'get, create'));
    const after = applyFix(secretsReadable, files(text), 'Grant get on api-key, login only')['r/role.yaml'];
    expect(after).toBe(`${text.replace('pods, secrets', 'pods')}  - apiGroups:
      - ""
    resources:
      - secrets
    verbs:
      - create
  - apiGroups:
      - ""
    resources:
      - secrets
    verbs:
      - get
    resourceNames:
      - api-key
      - login
`);
  });
});

const account = (name: string, extra = '') => object('ServiceAccount', name, `  namespace: shop\n${extra}`);
const WITH_ROLE = account(
  'invoices',
  '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/invoices\n',
);
const ADMISSION = 'admissionregistration.k8s.io';
const RBAC = 'rbac.authorization.k8s.io';

describe('other objects', () => {
  test.each<[string, Rule, Readonly<Record<string, string>>, string]>([
    [
      'namespaces beside the role',
      namespacesPatchable,
      { 'r.yaml': role(rule('""', 'namespaces', 'get, patch')), 'n.yaml': object('Namespace', 'shop', '') },
      'Grant patch on shop only',
    ],
    [
      'ConfigMaps of the system',
      configMapWritable,
      {
        'r.yaml': inShop(rule('""', 'configmaps', 'update')).replace('shop', 'kube-system'),
        'c.yaml': `${object('ConfigMap', 'aws-auth')}---\n${object('ConfigMap', 'tuning')}`.replaceAll(
          'shop',
          'kube-system',
        ),
      },
      'Grant update on tuning only',
    ],
    [
      'accounts without an IAM role',
      serviceAccountWritable,
      { 'r.yaml': inShop(rule('""', 'serviceaccounts', 'get, patch')), 'a.yaml': `${WITH_ROLE}---\n${account('web')}` },
      'Grant patch on web only',
    ],
    [
      'accounts whose tokens are made',
      serviceAccountTokenCreation,
      { 'r.yaml': inShop(rule('""', 'serviceaccounts/token', 'create')), 'a.yaml': account('web') },
      'Grant create on web only',
    ],
    [
      'accounts that are impersonated',
      impersonateVerbGranted,
      { 'r.yaml': inShop(rule('""', 'serviceaccounts', 'get, impersonate')), 'a.yaml': account('web') },
      'Grant impersonate on web only',
    ],
    [
      'webhooks beside the role',
      admissionWebhookWritable,
      {
        'a/r.yaml': role(rule(ADMISSION, 'validatingwebhookconfigurations', 'get, list, patch')),
        'a/w.yaml': object('ValidatingWebhookConfiguration', 'mine', '', `${ADMISSION}/v1`),
        'b/w.yaml': object('ValidatingWebhookConfiguration', 'yours', '', `${ADMISSION}/v1`),
      },
      'Grant patch on mine only',
    ],
    [
      'policies beside the role',
      admissionWebhookWritable,
      {
        'r.yaml': role(rule(ADMISSION, 'validatingadmissionpolicies', 'update')),
        'w.yaml': object('ValidatingAdmissionPolicy', 'mine', '', `${ADMISSION}/v1`),
      },
      'Grant update on mine only',
    ],
    [
      'roles beside the role',
      bindVerbGranted,
      {
        'r.yaml': role(rule(RBAC, 'clusterroles', 'get, bind')),
        'o.yaml': role(rule('""', 'pods', 'get')).replace('name: operator', 'name: reader'),
      },
      'Grant bind on reader only',
    ],
    [
      'the signer of serving certificates',
      csrApprovalGranted,
      { 'r.yaml': role(rule('certificates.k8s.io', 'signers', 'approve, sign')) },
      'Grant approve on kubernetes.io/kubelet-serving only',
    ],
  ])('%s', (_, tested, files, title) => {
    expect(inspect(tested, files)[0]?.fixes).toContain(title);
    check(tested, files, 1);
  });
});
