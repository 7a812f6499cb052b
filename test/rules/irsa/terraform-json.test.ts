import { describe, expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import { openProject } from '../../harness/lint-text';
import { PROVIDER as A, toArn } from '../../unit/iam/policy';
import { admittedBy, applyFix, findIn, lintFiles, policyFor } from './files';

const B = 'oidc.eks.eu-central-1.amazonaws.com/id/C0FFEE00C0FFEE00C0FFEE00C0FFEE00';
const [WEB, API] = ['system:serviceaccount:shop:web', 'system:serviceaccount:shop:api'];
const STS = 'sts.amazonaws.com';
const FILE = 'main.tf.json';

const condition = (variable: string, ...values: readonly string[]) => ({ test: 'StringEquals', variable, values });
const statement = (arns: readonly string[], ...conditions: readonly unknown[]) => ({
  actions: ['sts:AssumeRoleWithWebIdentity'],
  principals: [{ type: 'Federated', identifiers: arns.map(toArn) }],
  condition: conditions,
});
const ofA = [condition(`${A}:sub`, WEB), condition(`${A}:aud`, STS)];
const ofB = [condition(`${B}:sub`, API), condition(`${B}:aud`, STS)];
const document = (blocks: unknown, locals?: object) => ({
  ...(locals && { locals }),
  data: { aws_iam_policy_document: { trust: { version: '2012-10-17', statement: blocks } } },
});

/** How a file may be laid out. */
const LAYOUTS: Readonly<Record<string, (value: unknown) => string>> = {
  'two blanks': (value) => `${JSON.stringify(value, null, 2)}\n`,
  'four blanks': (value) => `${JSON.stringify(value, null, 4)}\n`,
  tabs: (value) => `${JSON.stringify(value, null, '\t')}\n`,
  CRLF: (value) => `${JSON.stringify(value, null, 2)}\n`.replaceAll('\n', '\r\n'),
  'one line': (value) => JSON.stringify(value),
};

const fix = (rule: string, text: string, title = /./) => applyFix({ [FILE]: text }, rule, title)[FILE];

describe.each(Object.entries(LAYOUTS))('%s', (_, toText) => {
  test('a statement for each cluster', () => {
    const before = toText(document([statement([A, B], ...ofA, ...ofB)]));
    const after = toText(document([statement([A], ...ofA), statement([B], ...ofB)]));
    expect(fix('irsa-several-providers', before)).toBe(after);
    expect(lintFiles({ [FILE]: after }, 'irsa-several-providers')).toEqual([]);
  });

  test('statements that are alike become one', () => {
    const names = Array.from({ length: 12 }, (_unused, n) => `system:serviceaccount:shop:worker-${n}`);
    const one = (...subjects: readonly string[]) => statement([A], condition(`${A}:sub`, ...subjects), ofA[1]);
    const before = toText(document(names.map((name) => one(name))));
    expect(fix('irsa-policy-too-long', before)).toBe(toText(document([one(...names)])));
  });

  test('an operator is changed in each of its blocks', () => {
    const like = (...blocks: readonly object[]) => blocks.map((block) => ({ ...block, test: 'StringLike' }));
    const before = toText(document([statement([A], ...like(...ofA))]));
    expect(fix('irsa-string-like-without-wildcard', before)).toBe(toText(document([statement([A], ...ofA)])));
  });

  test('a first condition, and a further one', () => {
    const { condition: _none, ...bare } = statement([A]);
    const role = { web: { name: 'web', assume_role_policy: '${data.aws_iam_policy_document.trust.json}' } };
    const of = (block: unknown) => toText({ ...document([block]), resource: { aws_iam_role: role } });
    const annotation = '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/web\n';
    const files = { [FILE]: of(bare), 'a.yaml': `${accountOf('web')}${annotation}` };
    const subject = applyFix(files, 'irsa-subject-missing', /^Admit only/);
    expect(subject[FILE]).toBe(of(statement([A], ofA[0])));
    expect(applyFix(subject, 'irsa-audience-missing')[FILE]).toBe(of(statement([A], ...ofA)));
  });
});

describe('blocks as single objects, as Terraform takes them', () => {
  const toText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

  test('a second statement makes a list of the first', () => {
    const before = toText(document(statement([A, B], ...ofA, ...ofB)));
    const after = fix('irsa-several-providers', before) ?? '';
    expect(JSON.parse(after)).toEqual(document([statement([A], ...ofA), statement([B], ...ofB)]));
    const kept = before.split('\n').filter((line) => after.includes(line.trim()));
    expect(kept.length).toBeGreaterThan(20);
  });

  test('a principal as an object stays one', () => {
    const principals = (...arns: readonly string[]) => ({ type: 'Federated', identifiers: arns.map(toArn) });
    const before = toText(document([{ ...statement([], ...ofA, ...ofB), principals: principals(A, B) }]));
    expect(JSON.parse(fix('irsa-several-providers', before) ?? '')).toEqual(
      document([{ ...statement([], ...ofA), principals: principals(A) }, statement([B], ...ofB)]),
    );
  });
});

describe('names', () => {
  const locals = { oidc: A, team: 'shop' };
  const named = (subject: string, ...more: readonly unknown[]) =>
    LAYOUTS['two blanks']?.(
      document(
        [
          {
            ...statement([], condition('${local.oidc}:sub', subject), ...more),
            principals: { type: 'Federated', identifiers: ['arn:aws:iam::111122223333:oidc-provider/${local.oidc}'] },
          },
        ],
        locals,
      ),
    ) ?? '';
  const account = accountOf('web-server');

  test('stay in what is written', () => {
    const files = { [FILE]: named('system:serviceaccount:${local.team}:web') };
    const fixed = applyFix(files, 'irsa-audience-missing')[FILE];
    expect(fixed).toBe(named('system:serviceaccount:${local.team}:web', condition('${local.oidc}:aud', STS)));
  });

  test('stay beside what is changed, and are not written out', () => {
    const aud = condition('${local.oidc}:aud', STS);
    const files = { [FILE]: named('system:serviceaccount:${local.team}:web-serber', aud), 'a.yaml': account };
    const fixed = applyFix(files, 'irsa-subject-mismatch', /^Change the subject/)[FILE];
    expect(fixed).toBe(named('system:serviceaccount:${local.team}:web-server', aud));
    const other = {
      [FILE]: named('system:serviceaccount:${local.team}:web-server', aud).replace('"shop"', '"shp"'),
      'a.yaml': account,
    };
    const project = openProject(other);
    const [finding] = findIn(project, FILE, 'irsa-subject-mismatch');
    expect(finding?.fixes.length).toBeGreaterThan(0);
    for (const one of finding?.fixes ?? []) {
      const edits = toFileEdits(project, finding ?? fail(), one) ?? [];
      expect(edits.filter(({ uri }) => uri.endsWith(FILE))).toEqual([]);
    }
  });
});

test('what is written is read as the same policy in JSON by itself', () => {
  const text =
    LAYOUTS['two blanks']?.(
      document([statement([A], condition(`${A}:sub`, 'system:serviceaccount:production:s3-reader'), ofA[1])]),
    ) ?? '';
  expect(admittedBy(policyFor('production', 's3-reader'))).toEqual(['production:s3-reader']);
  expect(lintFiles({ [FILE]: text }, 'irsa-audience-missing')).toEqual([]);
});

function accountOf(name: string): string {
  return `apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: ${name}\n  namespace: shop\n`;
}

function fail(): never {
  throw new Error('no finding');
}
