import { defineRule } from '../../engine/rule';
import { isNetworkPolicy } from '../../model/kubernetes/network-policy';
import { toPolicyExample } from './_example';
import { findMisplaced } from './_misplaced';
import { describePolicy } from './_policies';

export default defineRule({
  id: 'network-policy-field-misplaced',
  category: 'network',
  title: 'Field of a network policy in a place where it is none',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'An ingress rule of a NetworkPolicy has a `to`, an egress rule a `from`, or a selector has labels without `matchLabels` above them.',
    why: 'The API knows no such field. `kubectl` refuses the policy; whatever does not validate drops the field, and what is left lets through more than is written: a rule without peers means everyone, a selector without labels means every pod.',
    remedy:
      'Ingress rules have `from`, egress rules have `to`. Labels of a selector stand under `matchLabels`; only the selector of a Service is a plain list of labels.',
    flags: toPolicyExample('policyTypes: [Ingress]', '{ app: db }'),
    passes: toPolicyExample('policyTypes: [Ingress]', '{ matchLabels: { app: db } }'),
  },
  visit: {
    *resource(resource) {
      if (!isNetworkPolicy(resource)) return;
      for (const { at, name, where, effect, fixes } of findMisplaced(resource)) {
        yield {
          at,
          ...(at.keySpan && { span: at.keySpan }),
          message: `${describePolicy(resource)} has "${name}" in ${where}, where the API has no such field: it is refused, or dropped, and then ${effect}.`,
          fixes,
        };
      }
    },
  },
});
