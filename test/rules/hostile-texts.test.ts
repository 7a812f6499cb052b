import { expect, test } from 'vitest';
import { findLeftovers } from '../../server/src/rules/irsa/_leftover';
import { toMerged } from '../../server/src/rules/irsa/_merge';
import { toPlainValue } from '../../server/src/rules/pod-hardening/_plain';
import { toMended } from '../../server/src/rules/secrets/_base64';
import { isToBeReplaced } from '../../server/src/rules/secrets/_example-comment';
import { findApiClient } from '../../server/src/rules/service-account/_client';
import { Ref } from '../../server/src/syntax/ref';
import { parseYaml } from '../../server/src/syntax/yaml/parse';

const long = (unit: string): string => unit.repeat(200_000);

test('beginnings without an end are read once', () => {
  for (const unit of ['${', '{{', '$(', '#{']) expect(findLeftovers(`${long(unit)} TODO`)).toEqual(['TODO']);
  expect(findLeftovers('${TODO} {{ TODO }} $(TODO) #{TODO} $TODO {{TODO} TODO')).toEqual(['TODO']);
  expect(toMended(`${long('=')}a`)).toBeUndefined();
  expect(toMended('YWFhYQ')).toBe('YWFhYQ==');
  const value = (comment: string) => Ref.root(parseYaml(`a: b ${comment}\n`)).get('a');
  expect(isToBeReplaced(value(long('#')))).toBe(false);
  expect(isToBeReplaced(value('# replace it with your own'))).toBe(true);
  const find = (image: string) =>
    findApiClient({ containers: [{ ref: Ref.root(parseYaml(`image: "${image}"\n`)) }] } as never);
  expect(find(`${long(':')}/a`)).toBeUndefined();
  expect(find('example.com:5000/kubectl:1.2@sha256:0')).toBeDefined();
});

test('a key of any name stays when mappings are written anew', () => {
  const ref = Ref.root(parseYaml('a: {__proto__: x, b: z}\n')).get('a');
  for (const value of [toPlainValue(ref), toMerged([ref.node])]) {
    expect(JSON.stringify(value)).toBe('{"__proto__":"x","b":"z"}');
  }
});
