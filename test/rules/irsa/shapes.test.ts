import { beforeAll, describe, expect, test } from 'vitest';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import { readTrustPolicies } from '../../../server/src/model/iam/read-trust-policies';
import { toTrustPolicyFact } from '../../../server/src/model/iam/trust-policy-fact';
import { getLanguageOfName } from '../../../server/src/syntax/language';
import { readSource } from '../../../server/src/syntax/source-file';
import { checkFile, openProject } from '../../harness/lint-text';
import { loadHclGrammar } from '../../harness/load-hcl';
import { AROUND } from './shapes-around';
import { POLICIES } from './shapes-policies';

const SHAPES = [...POLICIES, ...AROUND];

/** How many shapes the list has. */
const COUNT = 43;

beforeAll(loadHclGrammar);

describe('every way in which people were seen to write a trust policy', () => {
  test('has a case', () => {
    const numbers = new Set(SHAPES.map((shape) => shape.number));
    expect(Array.from({ length: COUNT }, (_, index) => index + 1).filter((number) => !numbers.has(number))).toEqual([]);
  });

  test.each(SHAPES)('$number: $name', ({ file, text, rules, admits }) => {
    const { findings, unchecked } = checkFile(openProject({ [file]: text }), file);
    expect(unchecked).toEqual([]);
    const found = findings.filter(({ category }) => category === 'irsa').map(({ rule }) => rule);
    expect([...new Set(found)].sort()).toEqual(rules);
    const trees = readSource(text, getLanguageOfName(file) ?? 'yaml').documents.map(({ tree }) => tree);
    const facts = trees.flatMap(readTrustPolicies).flatMap((policy) => toTrustPolicyFact(policy) ?? []);
    const [fact] = facts;
    const token = { namespace: 'production', name: 's3-reader', audience: 'sts.amazonaws.com' };
    expect(fact && evaluatePolicy(fact, token)).toBe(admits);
  });
});
