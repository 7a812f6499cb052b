import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areOverlapping,
  containsBlock,
  hasHostBits,
  parseCidr,
  toCidrText,
} from '../../../server/src/model/network/cidr';

const parse = (text: string) => {
  const cidr = parseCidr(text);
  if (!cidr) throw new Error(`no CIDR: ${text}`);
  return cidr;
};

describe('reading', () => {
  test.each([
    '',
    '10.0.0.0',
    '10.0.0/8',
    '10.0.0.0/33',
    '256.0.0.0/8',
    '10.0.0.0/8/8',
    '::1',
    ':::/0',
    '1:2/16',
    '::/129',
  ])('%j is no block', (text) => {
    expect(parseCidr(text)).toBeUndefined();
  });

  test.each([
    ['10.0.0.5/8', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', false],
    ['0.0.0.0/0', '0.0.0.0/0', false],
    ['192.168.1.77/26', '192.168.1.64/26', true],
    ['::/0', '::/0', false],
    ['fd00:ec2::254/128', 'fd00:ec2::254/128', false],
    ['2001:DB8:0:0:1::5/64', '2001:db8::/64', true],
    ['::ffff:10.0.0.1/128', '::ffff:a00:1/128', false],
    ['1:0:0:2:0:0:0:3/128', '1:0:0:2::3/128', false],
  ])('%s is %s', (text, network, isUneven) => {
    expect(toCidrText(parse(text))).toBe(network);
    expect(hasHostBits(parse(text))).toBe(isUneven);
  });

  test('what is written is read back', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    const address = fc.array(group, { minLength: 8, maxLength: 8 });
    const holds = fc.property(address, (groups) => {
      const cidr = parse(`${groups.map((part) => part.toString(16)).join(':')}/128`);
      expect(parse(toCidrText(cidr))).toEqual(cidr);
    });
    fc.assert(holds, { numRuns: 1000 });
  });
});

test.each([
  ['10.0.0.0/8', '10.1.0.0/16', true, true],
  ['10.1.0.0/16', '10.0.0.0/8', false, true],
  ['10.0.0.0/8', '11.0.0.0/8', false, false],
  ['0.0.0.0/0', '::/0', false, false],
  ['fc00::/7', 'fd00:ec2::254/128', true, true],
])('%s and %s', (a, b, contains, overlaps) => {
  expect(containsBlock(parse(a), parse(b))).toBe(contains);
  expect(areOverlapping(parse(a), parse(b))).toBe(overlaps);
});
