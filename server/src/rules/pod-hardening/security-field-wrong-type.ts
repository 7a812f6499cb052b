import type { Fix, PlainValue } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { CONFINED_SECCOMP_TYPES, RESTRICTED_CAPABILITIES } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import {
  CONTAINER_FIELDS_BY_NAME,
  type FieldType,
  POD_FIELDS_BY_NAME,
  SECURE_VALUES,
  SPEC_FIELDS_BY_NAME,
} from './_fields';
import { getJudgedNodes } from './_judged';

const NAMES: Readonly<Record<FieldType, string>> = {
  boolean: 'a boolean (true or false, without quotes)',
  integer: 'a number (without quotes)',
  integers: 'a list of numbers',
  string: 'a string',
  list: 'a list',
  mapping: 'a mapping',
};

const CAPABILITY_LISTS: Readonly<Record<string, FieldType>> = { add: 'list', drop: 'list' };

export default defineRule({
  id: 'security-field-wrong-type',
  category: 'pod-hardening',
  title: 'Security field of the wrong type',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/security-context'],
  docs: {
    what: 'A security field holds a value of a type that the API does not take: `runAsNonRoot: "true"`, `runAsUser: "1000"`, `drop: ALL`.',
    why: 'The API server refuses such an object. Where a template engine or a controller reads it first, the field may be dropped instead, and the pod runs without what everybody sees in the file.',
    remedy:
      'Write booleans and numbers without quotes, and lists as lists. Where a Pod Security check finds the field missing because of its type, that check speaks of it and this rule does not.',
    flags: toPlainPod({ security: 'privileged: "false"' }),
    passes: toHardenedPod({ security: 'privileged: false' }),
  },
  visit: {
    *pod(pod, context) {
      const fields = [
        ...getFields(pod.spec, SPEC_FIELDS_BY_NAME),
        ...getFields(pod.securityContext, POD_FIELDS_BY_NAME),
      ];
      for (const { securityContext } of pod.containers) {
        fields.push(...getFields(securityContext, CONTAINER_FIELDS_BY_NAME));
        fields.push(...getFields(securityContext.get('capabilities'), CAPABILITY_LISTS));
      }
      const wrong = fields.filter(({ at, type }) => at.isPresent && !isOfType(at, type));
      if (wrong.length === 0) return;
      const judged = getJudgedNodes(pod, context);
      for (const { at, field, type } of wrong) {
        if (judged.has(at.node)) continue;
        const what = at.written ?? (at.isSequence ? 'a list' : 'a mapping');
        yield {
          at,
          message: `${field} is ${what}, but the API wants ${NAMES[type]} here: the API server refuses the object.`,
          fixes: toFixes(at, field, type),
        };
      }
    },
  },
});

interface Field {
  readonly at: Ref;
  readonly field: string;
  readonly type: FieldType;
}

function getFields(context: Ref, types: Readonly<Record<string, FieldType>>): Field[] {
  return context.keys().flatMap((field) => {
    const type = Object.hasOwn(types, field) ? types[field] : undefined;
    return type ? [{ at: context.get(field), field, type }] : [];
  });
}

function isOfType(at: Ref, type: FieldType): boolean {
  if (type === 'boolean') return at.boolean !== undefined;
  if (type === 'integer') return Number.isInteger(at.number);
  if (type === 'string') return at.string !== undefined;
  if (type === 'mapping') return at.isMapping;
  return (
    at.isSequence && (type === 'list' || at.items().every((item) => item.isUnknown || Number.isInteger(item.number)))
  );
}

/** What was meant, where it takes nothing of the pod's security; the secure value where the other was meant. */
function toFixes(at: Ref, field: string, type: FieldType): Fix[] {
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
