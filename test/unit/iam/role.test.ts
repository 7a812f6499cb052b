import { describe, expect, test } from 'vitest';
import { getRoleName, isFileOfRole, isSameRole } from '../../../server/src/model/iam/role';

const arn = (role: string, account = '111122223333') => `arn:aws:iam::${account}:role/${role}`;

describe('getRoleName', () => {
  test.each([
    [arn('s3-reader'), 's3-reader'],
    [arn('teams/data/s3-reader'), 's3-reader'],
    ['arn:aws-cn:iam::111122223333:role/s3-reader', 's3-reader'],
    [arn('s3-reader', 'ACCOUNT_ID'), 's3-reader'],
    [arn('${ROLE}'), undefined],
    ['arn:aws:iam::111122223333:user/s3-reader', undefined],
    ['s3-reader', undefined],
  ])('%s: %s', (text, expected) => expect(getRoleName(text)).toBe(expected));
});

test('two ARNs are of one role when equal, or equal in name where an account is left open', () => {
  expect(isSameRole(arn('a'), arn('a'))).toBe(true);
  expect(isSameRole(arn('a'), arn('a', '<ACCOUNT>'))).toBe(true);
  expect(isSameRole(arn('a'), arn('a', '444455556666'))).toBe(false);
  expect(isSameRole(arn('a', '<ACCOUNT>'), arn('b'))).toBe(false);
});

describe('isFileOfRole', () => {
  test.each([
    ['file:///w/iam/s3-reader-trust-policy.json', 's3-reader'],
    ['file:///w/iam/s3-reader-role.trust.json', 's3-reader'],
    ['file:///w/iam/s3-reader.json', 's3-reader-role'],
    ['file:///w/iam/S3Reader.json', 's3-reader'],
    ['file:///w/iam/s3_reader/trust-policy.json', 's3-reader'],
    ['file:///w/iam/s3%2Dreader.json', 's3-reader'],
  ])('%s is of %s', (uri, role) => expect(isFileOfRole(uri, role)).toBe(true));

  test.each([
    ['file:///w/iam/s3-reader-prod.json', 's3-reader'],
    ['file:///w/s3-reader/other.json', 's3-reader'],
    ['file:///w/iam/trust-policy.json', 'role'],
    ['file:///w/iam/%E0%A4%A.json', 's3-reader'],
  ])('%s is not of %s', (uri, role) => expect(isFileOfRole(uri, role)).toBe(false));
});
