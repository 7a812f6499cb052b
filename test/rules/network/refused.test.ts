import { describe, expect, test } from 'vitest';
import endPortInvalid from '../../../server/src/rules/network/end-port-invalid';
import ipBlockInvalid from '../../../server/src/rules/network/ip-block-invalid';
import selectorExpressionInvalid from '../../../server/src/rules/network/selector-expression-invalid';
import { check } from '../../harness/check';
import { inspect } from '../../harness/inspect';
import { toPolicy } from './policy-text';

const ingress = (rule: string) => toPolicy(`policyTypes: [Ingress]\ningress:\n  - ${rule}\n`);

describe('ip-block-invalid', () => {
  const block = (text: string) => ingress(`from: [{ ipBlock: { ${text} } }]`);

  test.each([
    ['an address alone', 'cidr: 10.0.0.5', '10.0.0.5', 'error', ['Change it to 10.0.0.5/32']],
    ['an IPv6 address alone', 'cidr: "fd00::1"', '"fd00::1"', 'error', ['Change it to fd00::1/128']],
    ['host bits', 'cidr: 10.0.0.5/8', '10.0.0.5/8', 'warning', ['Change it to 10.0.0.0/8, which it is']],
    ['no address', 'cidr: 10.0.0/8', '10.0.0/8', 'error', []],
    [
      'an exception elsewhere',
      'cidr: 10.0.0.0/8, except: [11.0.0.0/16]',
      '11.0.0.0/16',
      'error',
      ['Remove the exception'],
    ],
    ['an exception of everything', 'cidr: 10.0.0.0/8, except: [10.0.0.0/8]', '10.0.0.0/8', 'error', []],
    ['a larger exception', 'cidr: 10.1.0.0/16, except: [10.0.0.0/8]', '10.0.0.0/8', 'error', []],
    [
      'an exception of the other family',
      'cidr: 203.0.113.0/24, except: ["fc00::/7"]',
      '"fc00::/7"',
      'error',
      ['Remove the exception'],
    ],
  ])('%s', (_, text, at, severity, fixes) => {
    expect(inspect(ipBlockInvalid, block(text))).toMatchObject([{ text: at, severity, fixes }]);
    check(ipBlockInvalid, block(text), 1);
  });

  test.each(['cidr: 10.0.0.0/8, except: [10.1.0.0/16]', 'cidr: "${CIDR}"', 'cidr: 10.0.0.0/8, except: ["${NET}/16"]'])(
    'silent for %s',
    (text) => {
      expect(inspect(ipBlockInvalid, block(text))).toEqual([]);
    },
  );
});

describe('end-port-invalid', () => {
  const port = (text: string) => ingress(`ports: [{ ${text} }]`);

  test.each([
    ['port: 8090, endPort: 8080', 'is below its port 8090', 2],
    ['port: http, endPort: 8080', 'the name of a port', 1],
    ['protocol: TCP, endPort: 8080', 'without a port', 1],
  ])('%s', (text, words, fixes) => {
    const [found, ...rest] = inspect(endPortInvalid, port(text));
    expect(rest).toEqual([]);
    expect(found?.text).toBe('8080');
    expect(found?.message).toContain(words);
    expect(found?.fixes).toHaveLength(fixes);
    check(endPortInvalid, port(text), 1);
  });

  test.each(['port: 80, endPort: 80', 'port: 80', 'port: "${PORT}", endPort: 80', 'port: 80, endPort: "${END}"'])(
    'silent for %s',
    (text) => {
      expect(inspect(endPortInvalid, port(text))).toEqual([]);
    },
  );
});

describe('selector-expression-invalid', () => {
  const select = (expression: string) =>
    toPolicy('policyTypes: [Ingress]\n', `{ matchExpressions: [{ ${expression} }] }`);

  test.each([
    ['key: app, operator: In', 'In', ['Change the operator to Exists']],
    ['key: app, operator: NotIn, values: []', 'NotIn', ['Change the operator to DoesNotExist']],
    ['key: app, operator: Exists, values: [a]', 'values', ['Remove the values', 'Change the operator to In']],
    ['key: app, operator: in, values: [a]', 'in', ['Change the operator to In']],
    ['key: app, operator: NotIn , values: []', 'NotIn', ['Change the operator to DoesNotExist']],
    ['key: app, operator: exists', 'exists', ['Change the operator to Exists']],
    ['key: app, operator: "=", values: [a]', '"="', ['Change the operator to In']],
    ['key: app, operator: NotExist', 'NotExist', ['Change the operator to DoesNotExist']],
    ['key: app, values: [a]', 'key: app', ['Change the operator to In']],
  ])('%s', (expression, at, fixes) => {
    expect(inspect(selectorExpressionInvalid, select(expression))).toMatchObject([{ text: at, fixes }]);
    check(selectorExpressionInvalid, select(expression), 1);
  });

  test('peers have selectors too', () => {
    const text = ingress('from: [{ namespaceSelector: { matchExpressions: [{ key: a, operator: In }] } }]');
    expect(inspect(selectorExpressionInvalid, text)).toHaveLength(1);
  });

  test.each(['key: a, operator: DoesNotExist', 'key: a, operator: In, values: ["${V}"]', 'key: a, operator: "${OP}"'])(
    'silent for %s',
    (expression) => {
      expect(inspect(selectorExpressionInvalid, select(expression))).toEqual([]);
    },
  );
});
