import { defineRule } from '../../engine/rule';
import { toAccountExample } from './_examples';
import { getTextSpan } from './_span';

const ANNOTATION = 'eks.amazonaws.com/sts-regional-endpoints';
const toExample = (value: string) =>
  `${toAccountExample('production', 's3-reader', 's3-reader')}    ${ANNOTATION}: "${value}"\n`;

// What strconv.ParseBool of Go takes, by which the webhook reads the annotation.
const TRUE = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);

export default defineRule({
  id: 'irsa-sts-regional-endpoints',
  category: 'irsa',
  title: 'Tokens are exchanged at the global STS endpoint',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-sts-endpoint'],
  docs: {
    what: `The annotation \`${ANNOTATION}\` is \`"false"\`, or no boolean at all.`,
    why: 'Older SDKs then ask the global endpoint of STS, which is in one region only: calls take longer, and fail with that region. It is out of reach of VPC endpoints. A value that is no boolean is ignored.',
    remedy: 'Write `"true"`, which is the default of EKS, or leave the annotation out.',
    flags: toExample('false'),
    passes: toExample('true'),
  },
  visit: {
    *resource({ kind, group, metadata }) {
      if (kind !== 'ServiceAccount' || group !== '') return;
      const at = metadata.get('annotations', ANNOTATION);
      const text = at.isPresent ? at.scalar?.text : undefined;
      if (text === undefined || TRUE.has(text)) return;
      const isFalse = FALSE.has(text);
      yield {
        at,
        span: getTextSpan(at),
        severity: isFalse ? 'info' : 'warning',
        message: isFalse
          ? 'Tokens are exchanged at the global endpoint of STS, which is slower and fails with the one region that it is in.'
          : `"${text}" is no boolean, so EKS ignores it.`,
        fixes: [{ title: 'Set "true"', safety: 'unsafe', operations: [{ op: 'set', at, value: 'true' }] }],
      };
    },
  },
});
