import { describe, expect, test } from 'vitest';
import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import { openProject, toUri } from '../../harness/lint-text';
import { applyAll } from '../../harness/prove-fix';
import { account, admittedBy, findIn, policyFor, policyWith } from './files';

const ROLE = 'arn:aws:iam::111122223333:role/s3-reader';
const reader = account('production', 's3-reader', 's3-reader');
const open = (files: Readonly<Record<string, string>>, roles: Readonly<Record<string, string>>) =>
  openProject(files, { irsaRoles: Object.fromEntries(Object.entries(roles).map(([arn, file]) => [arn, toUri(file)])) });

describe('a role whose policy the configuration names', () => {
  const rule = 'irsa-role-not-admitting';
  // Neither the name of the file nor anything in it says whose the policy is, and its subject is near to no account.
  const files = { 'a.yaml': reader, 'iam/trust.json': policyFor('billing', 'invoices') };

  test('nothing joins them without it', () => {
    expect(findIn(open(files, {}), 'a.yaml', rule)).toEqual([]);
    expect(findIn(open(files, { [`${ROLE}-2`]: 'iam/trust.json' }), 'a.yaml', rule)).toEqual([]);
    expect(findIn(open(files, { [ROLE]: 'iam/other.json' }), 'a.yaml', rule)).toEqual([]);
  });

  test('is joined, and mended on either side', () => {
    const project = open(files, { [ROLE]: 'iam/trust.json' });
    const [finding, ...rest] = findIn(project, 'a.yaml', rule);
    if (!finding) throw new Error('no finding');
    expect(rest).toEqual([]);
    expect(finding.severity).toBe('error');
    expect(finding.message).toContain(
      'The trust policy that the configuration gives role "s3-reader", in "trust.json", names',
    );
    const [related] = finding.related;
    expect(related && project.locate(related.place)?.uri).toBe(toUri('iam/trust.json'));
    const [fix] = finding.fixes;
    const edits = fix && toFileEdits(project, finding, fix);
    if (!edits) throw new Error('no fix');
    expect(admittedBy(applyAll(files, edits, fix.title)['iam/trust.json'] ?? '')).toContain('production:s3-reader');
  });

  test('is believed against files that are called after the role', () => {
    const both = { ...files, 's3-reader.json': policyFor('production', 's3-reader') };
    expect(findIn(open(both, {}), 'a.yaml', rule)).toEqual([]);
    expect(findIn(open(both, { [ROLE]: 'iam/trust.json' }), 'a.yaml', rule)).toHaveLength(1);
    expect(findIn(open(both, { [ROLE]: 's3-reader.json' }), 'a.yaml', rule)).toEqual([]);
  });

  test('is the one of that name where the file holds several', () => {
    const template = (name: string, policy: string) =>
      `"${name}": { "Type": "AWS::IAM::Role", "Properties": { "RoleName": "${name}", "AssumeRolePolicyDocument": ${policy} } }`;
    const good = template('s3-reader', policyFor('production', 's3-reader'));
    const other = template('invoices', policyFor('billing', 'invoices'));
    const several = { 'a.yaml': reader, 't.json': `{ "Resources": { ${other}, ${good} } }` };
    expect(findIn(open(several, { [ROLE]: 't.json' }), 'a.yaml', rule)).toEqual([]);
  });

  test('tells the fixes in the policy whose it is', () => {
    const everyone = policyWith('{ "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }');
    const project = open({ 'a.yaml': reader, 'trust.json': everyone }, { [ROLE]: 'trust.json' });
    const titles = findIn(project, 'trust.json', 'irsa-subject-missing').flatMap(({ fixes }) =>
      fixes.map(({ title }) => title),
    );
    expect(titles).toEqual(['Admit only "system:serviceaccount:production:s3-reader"']);
  });
});
