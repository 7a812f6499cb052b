import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';

const SUDO = /(^|[\s;&|(])sudo(\s+-\S+)*\s+\S/;

export default defineRule({
  id: 'sudo-in-command',
  category: 'pod-hardening',
  title: 'Command that calls sudo',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['nsa/non-root-containers'],
  docs: {
    what: 'The command of a container calls `sudo`.',
    why: 'An image with a working `sudo` lets whoever breaks into the container become root in it. With `allowPrivilegeEscalation: false` the command fails instead.',
    remedy:
      'Do what needs root when the image is built, or in an init container of its own, and remove `sudo` from the image.',
    flags: toPlainPod({ container: 'command:\n  - sudo\n  - web' }),
    passes: toHardenedPod({ container: 'command:\n  - web' }),
  },
  visit: {
    *container(container) {
      for (const field of ['command', 'args']) {
        const items = container.ref.get(field).items();
        for (const [index, at] of items.entries()) {
          const text = at.isPresent ? (at.string ?? '') : '';
          const isWord = /^(\/usr\/bin\/)?sudo$/.test(text);
          if (!isWord && !SUDO.test(text)) continue;
          const next = items[index + 1]?.string;
          const operations: Operation[] = [{ op: 'remove', at }];
          const canRemove = isWord && next !== undefined && !next.startsWith('-');
          yield {
            at,
            message: `The ${field} of ${describeContainer(container)} calls sudo to become root.`,
            fixes: canRemove ? [{ title: 'Remove sudo', safety: 'unsafe', operations }] : [],
          };
        }
      }
    },
  },
});
