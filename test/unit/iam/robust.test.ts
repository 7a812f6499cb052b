import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFile, openProject } from '../../harness/lint-text';
import { PROVIDER, readAll, toArn, toPolicyText, toStatement } from './policy';

const WORDS = [
  'Statement',
  'Principal',
  'Federated',
  'Action',
  'Effect',
  'Condition',
  'StringEquals',
  'StringLike',
  'ForAllValues:StringEqualsIfExists',
  `${PROVIDER}:sub`,
  `${PROVIDER}:aud`,
  'RoleName',
  'Fn::If',
];
const TEXTS = [
  'Allow',
  'sts:AssumeRoleWithWebIdentity',
  toArn(PROVIDER),
  'system:serviceaccount:shop:web',
  'system:serviceaccount:*',
  '',
  '${X}',
];

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...TEXTS, 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie('value'), { maxKeys: 4 }),
  ),
}));

test('anything in place of anything is read and judged without a throw', () => {
  const places = ['Effect', 'Principal', 'Action', 'Condition'] as const;
  const statement = fc
    .dictionary(fc.constantFrom(...places), value)
    .map((changes) => toStatement({ StringEquals: {} }, changes));
  fc.assert(
    fc.property(fc.oneof(fc.array(statement, { maxLength: 3 }), value), (statements) => {
      const text = JSON.stringify({
        note: 'oidc-provider',
        Role: { RoleName: 1, AssumeRolePolicyDocument: { Statement: statements } },
      });
      const policies = readAll(text);
      const { findings } = checkFile(openProject({ 'p.json': text, 'a.yaml': ACCOUNT }), 'p.json');
      for (const { span } of findings) expect(span.end).toBeGreaterThan(span.start);
      for (const { statements: read, root } of policies)
        for (const { ref } of read) expect(ref.path.slice(0, root.path.length)).toEqual(root.path);
    }),
    { numRuns: 400 },
  );
});

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata: { name: web-server, namespace: shop, annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::111122223333:role/web" } }
`;

test('every prefix of a policy that is being typed is read without a throw', () => {
  const text = toPolicyText(toStatement({ StringEquals: { [`${PROVIDER}:sub`]: 'system:serviceaccount:shop:web' } }));
  for (let length = 0; length <= text.length; length++) {
    const project = openProject({ 'p.json': text.slice(0, length), 'a.yaml': ACCOUNT });
    expect(() => [checkFile(project, 'p.json'), checkFile(project, 'a.yaml')]).not.toThrow();
  }
});

const corpus = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../../shared/corpus');
const shapes = join(corpus, 'irsa/shapes');

/**
 * The rules that the notes of the collection ask for, by the number of the shape. The ids of its providers begin with
 * EXAMPLE, as those of AWS' documentation do: in a policy that is to work, that is a placeholder.
 */
const VERDICTS: Readonly<Record<string, readonly string[]>> = {
  '21': ['irsa-placeholder-left'],
  '23': ['irsa-wildcard-in-string-equals'],
  '25': ['irsa-audience-missing', 'irsa-placeholder-left', 'irsa-subject-wildcard'],
};

describe.runIf(existsSync(shapes))('the collected shapes', () => {
  const files = existsSync(shapes)
    ? readdirSync(shapes).filter((file) => file.endsWith('.json') && file !== 'INDEX.json')
    : [];

  test.each(files)('%s is judged as its note says', (file) => {
    const text = readFileSync(join(shapes, file), 'utf8');
    const rules = checkFile(openProject({ [file]: text }), file).findings.map(({ rule }) => rule);
    expect(rules.sort()).toEqual(VERDICTS[file.slice(0, 2)]);
  });

  test.each(existsSync(shapes) ? readdirSync(shapes) : [])('%s is read as YAML and as JSON without a throw', (file) => {
    const text = readFileSync(join(shapes, file), 'utf8');
    for (const name of ['x.yaml', 'x.json']) expect(() => checkFile(openProject({ [name]: text }), name)).not.toThrow();
  });
});
