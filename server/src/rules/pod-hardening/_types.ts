import type { Fix, PlainValue } from '../../engine/operation';
import { CONFINED_SECCOMP_TYPES, RESTRICTED_CAPABILITIES } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';
import { type FieldType, SECURE_VALUES } from './_fields';

/** What the API wants for a type, in words. */
export const TYPE_NAMES: Readonly<Record<FieldType, string>> = {
  boolean: 'a boolean (true or false, without quotes)',
  integer: 'a number (without quotes)',
  integers: 'a list of numbers',
  string: 'a string',
  list: 'a list',
  mapping: 'a mapping',
};

/** A field that is written, with the type that the API wants there. */
export interface Field {
  readonly at: Ref;
  readonly field: string;
  readonly type: FieldType;
}

/** The written fields of a mapping whose types are known. */
export function getFields(context: Ref, types: Readonly<Record<string, FieldType>>): Field[] {
  return context.keys().flatMap((field) => {
    const type = Object.hasOwn(types, field) ? types[field] : undefined;
    return type ? [{ at: context.get(field), field, type }] : [];
  });
}

/** Whether the API server takes what is written for a value of this type. */
export function isOfType(at: Ref, type: FieldType): boolean {
  if (type === 'boolean') return at.boolean !== undefined;
  if (type === 'integer') return Number.isInteger(at.number);
  if (type === 'string') return at.string !== undefined;
  if (type === 'mapping') return at.isMapping;
  return (
    at.isSequence && (type === 'list' || at.items().every((item) => item.isUnknown || Number.isInteger(item.number)))
  );
}

/** What was meant, where it takes nothing of the pod's security; the secure value where the other was meant. */
export function toFixes(at: Ref, field: string, type: FieldType): Fix[] {
  const fix = (value: PlainValue, safety: Fix['safety'], shown = JSON.stringify(value)): Fix[] => [
    { title: `Write ${field}: ${shown}`, safety, operations: [{ op: 'set', at, value }] },
  ];
  const text = at.scalar?.text.trim() ?? '';
  if (type === 'boolean') {
    const secure = SECURE_VALUES[field];
    if (secure === undefined || !at.scalar) return [];
    const meant = secure ? /^(true|yes|on|1)$/i : /^(false|no|off|0)$/i;
    return fix(secure, meant.test(text) ? 'safe' : 'unsafe');
  }
  if (type === 'integer' && /^[1-9][0-9]{0,9}$/.test(text)) return fix(Number(text), 'safe');
  if (type === 'list' && at.string && (field === 'drop' || RESTRICTED_CAPABILITIES.includes(text))) {
    return fix([text], 'safe', `[${text}]`);
  }
  if (field === 'seccompProfile' && CONFINED_SECCOMP_TYPES[0] === text) return fix({ type: text }, 'safe', text);
  return [];
}
