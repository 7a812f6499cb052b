import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toPod } from './_example';

export default defineRule({
  id: 'deprecated-service-account-field',
  category: 'service-account',
  title: 'Deprecated field serviceAccount',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/service-account-tokens'],
  docs: {
    what: 'A pod names its ServiceAccount in the field `serviceAccount`.',
    why: 'The field is deprecated in favour of `serviceAccountName`. Where both are written, `serviceAccountName` wins without a word, and tools that read only one of them see another account than the cluster.',
    remedy: 'Write `serviceAccountName`. Where both are there, the fix removes the one that does not count.',
    flags: toPod('serviceAccount: web\nautomountServiceAccountToken: false'),
    passes: toPod('serviceAccountName: web\nautomountServiceAccountToken: false'),
  },
  visit: {
    *pod({ spec }) {
      const at = spec.get('serviceAccount');
      const current = spec.get('serviceAccountName');
      if (!at.keySpan) return;
      const isOverridden = current.isPresent && current.string !== at.string;
      // An empty name is none: the pod runs as `default` without it, too.
      const fix: Fix =
        current.isWritten || at.string === ''
          ? { title: 'Remove serviceAccount', safety: 'safe', operations: [{ op: 'remove', at }] }
          : {
              title: 'Rename it to serviceAccountName',
              safety: 'safe',
              operations: [{ op: 'rename', at, key: 'serviceAccountName' }],
            };
      yield {
        at,
        span: at.keySpan,
        message: isOverridden
          ? `The field "serviceAccount" is deprecated and does not count here: the pod runs as "${current.string ?? ''}", as serviceAccountName says.`
          : 'The field "serviceAccount" is deprecated; its name is "serviceAccountName" now.',
        fixes: current.isWritten && !current.isPresent ? [{ ...fix, safety: 'unsafe' }] : [fix],
      };
    },
  },
});
