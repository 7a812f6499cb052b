import { isTerraform } from '../../syntax/hcl/values';
import { isPlainMapping, isPlainSequence, type PlainValue } from '../../syntax/plain-value';
import type { Ref } from '../../syntax/ref';
import { getTag } from '../../syntax/tag';

/**
 * What a part of a policy says, as it can be written again. Undefined where that is not all of it: keys written twice, aliases and
 * merge keys, and what other tags than `!Sub` compute.
 */
export function toValueOf(ref: Ref): PlainValue | undefined {
  const { node } = ref;
  const tag = getTag(ref);
  if (!node || ref.isShared) return undefined;
  if (node.type === 'scalar') {
    // What a name of Terraform stands for is not written in its place.
    if (isNamed(ref)) return undefined;
    if (tag === undefined) return node.value;
    return tag === '!Sub' ? { 'Fn::Sub': node.text } : undefined;
  }
  if (tag !== undefined) return undefined;
  if (node.type === 'sequence') {
    const items = ref.items().map(toValueOf);
    return items.every((item): item is PlainValue => item !== undefined) ? items : undefined;
  }
  const entries = ref.entries().map(([key, value]) => [key, toValueOf(value)] as const);
  if (node.type !== 'mapping' || entries.length !== node.pairs.length) return undefined;
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as PlainValue;
}

function isNamed({ tree, written, string }: Ref): boolean {
  if (!isTerraform(tree) || !written || string === undefined || string.includes('${')) return false;
  return !/^(?:"|<<)/.test(written) || /[$%]\{/.test(written);
}

/** A text that is equal for values that mean the same to IAM: order does not count, nor whether one text stands in a list. */
export function toMeaning(value: PlainValue): string {
  if (isPlainSequence(value)) {
    const items = [...new Set(value.map(toMeaning))].sort();
    return items.length === 1 ? (items[0] ?? '') : `[${items.join()}]`;
  }
  if (!isPlainMapping(value)) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${toMeaning(item)}`);
  return `{${entries.sort().join()}}`;
}
