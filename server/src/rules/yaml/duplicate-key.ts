import { defineRule } from '../../engine/rule';
import { readResources } from '../../model/kubernetes/resource';
import { toHardenedPod } from '../pod-security/_example';

export default defineRule({
  id: 'duplicate-key',
  category: 'yaml',
  title: 'Key written twice',
  severity: 'error',
  confidence: 'high',
  fixable: 'never',
  standards: ['k8s/security-context'],
  docs: {
    what: 'A mapping of a Kubernetes object holds the same key twice.',
    why: 'Only the last one counts, without a word; strict readers refuse the file. A second `securityContext`, further down or pasted by a merge, takes away all that the first one says, and whoever reads the first believes it.',
    remedy:
      'Decide which of the two is meant, move over what is worth keeping, and delete the other. No fix is offered, because only you know.',
    flags: `${toHardenedPod()}${'  '}hostNetwork: false\n${'  '}hostNetwork: false\n`,
    passes: toHardenedPod(),
  },
  visit: {
    *document(root) {
      const duplicates = root.tree.problems.filter(({ kind }) => kind === 'duplicate-key');
      const [resource] = duplicates.length > 0 ? readResources(root.tree) : [];
      // In a file of anything else a key that is written twice is not for this rule to judge.
      if (!resource) return;
      for (const { span } of duplicates) {
        const key = root.tree.text.slice(span.start, span.end);
        const message = `The key ${key} is written a second time in the same mapping: only this one counts, and what stands at the first is lost.`;
        yield { at: root, span, message, resource };
      }
    },
  },
});
