import { describe, expect, test } from 'vitest';
import { findNear, getDifference, isTypo } from '../../../server/src/model/iam/near';

const at = (text: string, isNamespaceWritten = true) => {
  const [namespace = '', name = ''] = text.split(':');
  return { namespace, name, isNamespaceWritten };
};

describe('isTypo', () => {
  test.each([
    ['s3-raeder', 's3-reader'],
    ['report-witer', 'report-writer'],
    ['data-procesor', 'data-processor'],
    ['uploader', 'uploaders'],
    ['web-frontend', 'wbe-frontend'],
  ])('%s for %s', (a, b) => {
    expect(isTypo(a, b)).toBe(true);
    expect(isTypo(b, a)).toBe(true);
  });

  test.each([
    ['worker-1', 'worker-2'],
    ['worker2', 'worker'],
    ['ebs-csi-controller', 'efs-csi-controller'],
    ['loader-eu', 'loader-us'],
    ['loader', 'loader-b'],
    ['api', 'app'],
    ['web', 'job'],
    ['frontend', 'backend'],
  ])('%s is not meant for %s', (a, b) => {
    expect(isTypo(a, b)).toBe(false);
    expect(isTypo(b, a)).toBe(false);
  });
});

describe('getDifference', () => {
  test.each([
    ['shop:reprot', 'shop:report', 'name'],
    ['shop:report_writer', 'shop:report-writer', 'spelling'],
    ['Shop:Report-Writer', 'shop:report-writer', 'spelling'],
    ['stage:report', 'shop:report', 'namespace'],
    ['report:shop', 'shop:report', 'exchanged'],
    ['stage:reprot', 'shop:report', undefined],
    ['shop:report', 'shop:report', undefined],
    ['shop:default', 'stage:default', undefined],
    ['shop:log-shipper', 'shop:report', undefined],
  ])('%s and %s: %s', (subject, account, expected) => expect(getDifference(at(subject), at(account))).toBe(expected));
});

describe('findNear', () => {
  test('is empty when an account is meant exactly, however near others are', () => {
    expect(findNear(at('shop:report'), [at('shop:reports'), at('shop:report')])).toEqual([]);
  });

  test('an account whose namespace nobody wrote may be in the one of the subject', () => {
    expect(findNear(at('shop:report'), [at('default:report', false)])).toEqual([]);
    const found = findNear(at('shop:reprot'), [at('default:report', false)]);
    expect(found.map(({ difference }) => difference)).toEqual(['name']);
  });

  test('puts the nearest first', () => {
    const accounts = ['stage:report', 'shop:reports', 'shop:re-port'].map((text) => at(text));
    const found = findNear(at('shop:report'), accounts);
    expect(found.map(({ account }) => `${account.namespace}:${account.name}`)).toEqual([
      'shop:re-port',
      'shop:reports',
      'stage:report',
    ]);
  });
});
