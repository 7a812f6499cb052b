import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { CONTAINER_FIELDS_BY_NAME, type FieldType, POD_FIELDS_BY_NAME, SPEC_FIELDS_BY_NAME } from './_fields';
import { getJudgedNodes } from './_judged';
import { getFields, isOfType, TYPE_NAMES, toFixes } from './_types';

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
      for (const { ref } of [{ ref: pod.spec }, ...pod.containers]) {
        fields.push(...getFields(ref, { securityContext: 'mapping' }));
      }
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
          message: `${field} is ${what}, but the API wants ${TYPE_NAMES[type]} here: the API server refuses the object.`,
          fixes: toFixes(at, field, type),
        };
      }
    },
  },
});
