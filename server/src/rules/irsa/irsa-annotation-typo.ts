import { defineRule } from '../../engine/rule';
import { ACCOUNT_ANNOTATIONS, getMeantAnnotation } from '../../model/iam/annotations';
import { toAccountExample } from './_examples';
import { getKeySpan } from './_span';

const EXAMPLE = toAccountExample('production', 's3-reader', 's3-reader');

export default defineRule({
  id: 'irsa-annotation-typo',
  category: 'irsa',
  title: 'Misspelt EKS annotation is ignored',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role'],
  docs: {
    what: 'A ServiceAccount has an annotation that is nearly one of those that EKS reads, but not quite.',
    why: 'An annotation that nobody knows is kept and ignored. Pods start without the role, and their calls to AWS fail for want of credentials, or are made with the rights of the node.',
    remedy: `The names are ${ACCOUNT_ANNOTATIONS.map((name) => `\`${name}\``).join(', ')}, the same in every partition. Pods take the change up when they are made anew.`,
    flags: EXAMPLE.replace('eks.amazonaws.com/role-arn', 'eks.amazon.com/role-arn'),
    passes: EXAMPLE,
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (kind !== 'ServiceAccount' || group !== '') return;
      const annotations = metadata.get('annotations');
      for (const [name, at] of annotations.entries()) {
        const meant = getMeantAnnotation(name);
        if (meant === undefined) continue;
        const isTaken = annotations.get(meant).isWritten;
        yield {
          at,
          span: getKeySpan(at),
          message: `EKS does not know the annotation "${name}" and ignores it; "${meant}" is ${isTaken ? 'there already' : 'meant'}.`,
          fixes: isTaken
            ? []
            : [{ title: `Change it to ${meant}`, safety: 'unsafe', operations: [{ op: 'rename', at, key: meant }] }],
        };
      }
    },
  },
});
