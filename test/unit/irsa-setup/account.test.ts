import { describe, expect, test } from 'vitest';
import { toUri } from '../../harness/lint-text';
import { admittedBy, offerAt, setUpAt, toAccount, toNewAccount, toTrust, WORKLOAD } from './scene';

const WEB = 'system:serviceaccount:shop:web';
const ARN = 'arn:aws:iam::111122223333:role/front-page';
const named = (name: string) =>
  WORKLOAD.replace('      containers:', `      serviceAccountName: ${name}\n      containers:`);
const trust = { 'iam/other-trust.json': toTrust('system:serviceaccount:shop:other') };
const FILE = 'apps/web.yaml';

describe('what is there is used', () => {
  test('an account of the folder is annotated, and the workload named after it gets it', () => {
    const files = { [FILE]: WORKLOAD, 'apps/accounts.yaml': `${toAccount('api')}---\n${toAccount('web')}`, ...trust };
    expect(offerAt(files, FILE, 'kind')?.title).toBe(
      'Set up IRSA for Deployment "web": role annotation, serviceAccountName, trust policy',
    );
    const after = setUpAt(files, FILE, 'kind');
    expect(after['apps/accounts.yaml']).toBe(
      `${toAccount('api')}---\n${toAccount('web', 'arn:aws:iam::111122223333:role/shop-web')}`,
    );
    expect(after[FILE]).not.toContain('kind: ServiceAccount');
  });

  test('a new account goes behind the others of the folder where they share a file', () => {
    const files = { [FILE]: WORKLOAD, 'apps/accounts.yaml': toAccount('api'), 'rbac/a.yaml': toAccount('x'), ...trust };
    const after = setUpAt(files, FILE, 'kind');
    expect(after['apps/accounts.yaml']).toBe(
      `${toAccount('api')}---\n${toNewAccount('web', 'arn:aws:iam::111122223333:role/shop-web')}`,
    );
    const apart = { [FILE]: WORKLOAD, 'apps/a.yaml': toAccount('a'), 'apps/b.yaml': toAccount('b'), ...trust };
    expect(setUpAt(apart, FILE, 'kind')[FILE]).toContain('---\napiVersion: v1\nkind: ServiceAccount\n');
  });

  test('an account that the pods name already is made under that name', () => {
    const after = setUpAt({ [FILE]: named('front'), ...trust }, FILE, 'containers');
    expect(after[FILE]).toContain('kind: ServiceAccount\nmetadata:\n  name: front\n  namespace: shop\n');
    expect(after[FILE]?.match(/serviceAccountName/g)).toHaveLength(1);
    expect(Object.keys(after)).toContain('iam/shop-front-trust-policy.json');
  });

  test('the role of the annotation is kept, and gets the policy that it lacks', () => {
    const files = { [FILE]: `${named('web')}---\n${toAccount('web', ARN)}`, ...trust };
    expect(offerAt(files, FILE, 'kind')?.title).toBe('Set up IRSA for Deployment "web": trust policy');
    const after = setUpAt(files, FILE, 'kind');
    expect(after[FILE]).toBe(files[FILE]);
    expect(after['iam/front-page-trust-policy.json']).toBe(toTrust(WEB));
  });

  test('a policy that names the account already gives the annotation its role', () => {
    const role = { Role: { RoleName: 'front-page', Arn: ARN, AssumeRolePolicyDocument: JSON.parse(toTrust(WEB)) } };
    const files = { [FILE]: named('web'), 'iam/role.json': JSON.stringify(role) };
    const after = setUpAt(files, FILE, 'kind');
    expect(after[FILE]).toContain(`role-arn: ${ARN}\n`);
    expect(Object.keys(after)).toEqual(Object.keys(files));
    const nameless = setUpAt({ [FILE]: named('web'), 'iam/trust.json': toTrust(WEB) }, FILE, 'kind');
    expect(nameless[FILE]).toContain('role-arn: arn:aws:iam::111122223333:role/YOUR_ROLE\n');
  });

  test('an account with tokens for another audience is admitted by that', () => {
    const annotated = toAccount('web', ARN).replace(ARN, `${ARN}\n    eks.amazonaws.com/audience: vault`);
    const after = setUpAt({ [FILE]: `${named('web')}---\n${annotated}`, ...trust }, FILE, 'kind');
    expect(after['iam/front-page-trust-policy.json']).toContain(':aud": "vault"');
  });

  test('the configuration says of which role a policy is', () => {
    const files = { [FILE]: named('web'), 'iam/trust.json': toTrust(WEB) };
    const settings = { irsaRoles: { [ARN]: toUri('iam/trust.json') } };
    const after = setUpAt(files, FILE, 'kind', settings);
    expect(after[FILE]).toContain(`role-arn: ${ARN}\n`);
    expect(Object.keys(after)).toEqual(Object.keys(files));
  });

  test('the policy of the role that does not admit the account is changed to do so', () => {
    const files = {
      [FILE]: `${named('web')}---\n${toAccount('web', ARN)}`,
      'iam/front-page-role.json': JSON.stringify(
        {
          Role: {
            RoleName: 'front-page',
            AssumeRolePolicyDocument: JSON.parse(toTrust('system:serviceaccount:shop:api')),
          },
        },
        null,
        2,
      ),
    };
    const after = setUpAt(files, FILE, 'kind');
    expect(admittedBy(after, 'shop', 'web')).toEqual(['shop:web', 'shop:api']);
    expect(after[FILE]).toBe(files[FILE]);
  });

  test('an account to which rights are bound keeps its token for the API server', () => {
    const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: web-views, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view }
subjects: [{ kind: ServiceAccount, name: web, namespace: shop }]
`;
    const after = setUpAt({ [FILE]: WORKLOAD, 'rbac/web.yaml': binding, ...trust }, FILE, 'kind');
    expect(after[FILE]).toContain('kind: ServiceAccount');
    expect(after[FILE]).not.toContain('automountServiceAccountToken');
  });

  test('names that a role has already are not given to another', () => {
    const role = {
      Role: { RoleName: 'shop-web', AssumeRolePolicyDocument: JSON.parse(toTrust('system:serviceaccount:a:b')) },
    };
    const after = setUpAt({ [FILE]: WORKLOAD, 'iam/role.json': JSON.stringify(role) }, FILE, 'kind');
    expect(after[FILE]).toContain('role/shop-web-2\n');
    expect(Object.keys(after)).toContain('iam/shop-web-2-trust-policy.json');
  });

  test('nothing is offered where everything is there', () => {
    const files = { [FILE]: `${named('web')}---\n${toAccount('web', ARN)}`, 'iam/front-page-trust.json': toTrust(WEB) };
    expect(offerAt(files, FILE, 'kind')).toBeUndefined();
    expect(offerAt(files, FILE, 'kind: ServiceAccount')).toBeUndefined();
  });
});

describe('ways of writing', () => {
  test('from the side of the ServiceAccount: annotation and policy', () => {
    const files = { [FILE]: `${toAccount('web')}---\n${WORKLOAD}`, ...trust };
    expect(offerAt(files, FILE, 'kind: ServiceAccount')?.title).toBe(
      'Set up IRSA for ServiceAccount "web": role annotation, trust policy',
    );
    const after = setUpAt(files, FILE, 'kind: ServiceAccount');
    expect(after[FILE]).toBe(`${toAccount('web', 'arn:aws:iam::111122223333:role/shop-web')}---\n${WORKLOAD}`);
  });

  test('a CronJob, with the deprecated field', () => {
    const job = `apiVersion: batch/v1
kind: CronJob
metadata: { name: report, namespace: shop }
spec:
  schedule: "0 4 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          serviceAccount: default
          containers:
            - name: report
              image: registry.example.com/report:1.0
`;
    const after = setUpAt({ 'apps/job.yaml': job, ...trust }, 'apps/job.yaml', 'image');
    expect(after['apps/job.yaml']).toContain('          serviceAccount: report\n');
    expect(after['apps/job.yaml']).toContain('          serviceAccountName: report\n');
  });

  test('JSON: the account becomes a file of its own; in a List a further item', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { containers: [{ name: 'web', image: 'registry.example.com/web:1.0' }] },
    };
    const after = setUpAt({ 'apps/web.json': JSON.stringify(pod, null, 2), ...trust }, 'apps/web.json', 'kind');
    expect(JSON.parse(after['apps/web.json'] ?? '').spec.serviceAccountName).toBe('web');
    expect(JSON.parse(after['apps/web-service-account.json'] ?? '').kind).toBe('ServiceAccount');
    const list = { apiVersion: 'v1', kind: 'List', items: [pod] };
    const listed = setUpAt({ 'apps/web.json': JSON.stringify(list, null, 2), ...trust }, 'apps/web.json', '"Pod"');
    expect(JSON.parse(listed['apps/web.json'] ?? '').items[1].kind).toBe('ServiceAccount');
  });

  test('CRLF and a BOM survive', () => {
    const text = `\uFEFF${WORKLOAD.replaceAll('\n', '\r\n')}`;
    const after = setUpAt({ [FILE]: text, ...trust }, FILE, 'kind')[FILE] ?? '';
    expect(after.startsWith('\uFEFF')).toBe(true);
    expect(after).not.toMatch(/[^\r]\n/);
  });
});

describe('what cannot be known is said', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    ['no namespace', { [FILE]: WORKLOAD.replace('  namespace: shop # where it lives\n', '') }, /names no namespace/],
    [
      'a template for a namespace',
      { [FILE]: WORKLOAD.replace('shop #', '"{{ .Release.Namespace }}" #') },
      /filled in by a template/,
    ],
    ['a template for an account', { [FILE]: named('"{{ .Values.account }}"') }, /filled in by a template/],
    [
      'a template for a role',
      { [FILE]: `${named('web')}---\n${toAccount('web', '"{{ .Values.role }}"')}` },
      /filled in by a template/,
    ],
    ['a workload without a name', { [FILE]: WORKLOAD.replace('name: web\n', 'generateName: web-\n') }, /has no name/],
    [
      'two accounts of one name',
      { [FILE]: named('web'), 'a/a.yaml': toAccount('web'), 'b/b.yaml': toAccount('web') },
      /2 files define/,
    ],
    ['a role that is none', { [FILE]: `${named('web')}---\n${toAccount('web', 'front-page')}` }, /holds no ARN/],
    [
      'a kustomization that moves it',
      { [FILE]: WORKLOAD, 'apps/kustomization.yaml': 'namespace: other\nresources: [web.yaml]\n' },
      /into another namespace/,
    ],
    [
      'EKS Pod Identity',
      {
        [FILE]: named('web'),
        'cluster.yaml':
          'apiVersion: eksctl.io/v1alpha5\nkind: ClusterConfig\nmetadata: { name: a, region: eu-west-1 }\niam:\n  podIdentityAssociations:\n    - namespace: shop\n      serviceAccountName: web\n      roleARN: arn:aws:iam::111122223333:role/x\n',
      },
      /EKS Pod Identity/,
    ],
  ])('%s', (_, files, reason) => {
    expect(offerAt(files, FILE, 'kind')?.reason).toMatch(reason);
  });

  test('the account that every pod gets is none to give a role', () => {
    const offer = offerAt({ [FILE]: toAccount('default') }, FILE, 'kind');
    expect(offer?.reason).toMatch(/^Every pod/);
  });

  test('a part of a workload and other kinds are offered nothing', () => {
    expect(offerAt({ [FILE]: WORKLOAD.replace(/ {10}image.*\n/, '') }, FILE, 'kind')).toBeUndefined();
    expect(
      offerAt({ [FILE]: 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n' }, FILE, 'kind'),
    ).toBeUndefined();
  });
});
