import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { canWriteTo, getTmpDirectory, TMP, toTmpOperations } from './_tmp';

export default defineRule({
  id: 'read-only-root-without-tmp',
  category: 'pod-hardening',
  title: 'Read-only root without /tmp',
  severity: 'info',
  confidence: 'low',
  fixable: 'sometimes',
  standards: ['nsa/immutable-file-systems', 'k8s/volumes'],
  docs: {
    what: 'A container has a read-only root filesystem and no volume at `/tmp` that it can write to.',
    why: 'Most runtimes and many libraries write temporary files. Without a place for them the program fails, often long after its start and only on some requests, and the usual remedy in a hurry is to make the whole filesystem writable again.',
    remedy:
      'Mount an `emptyDir` with a `sizeLimit` at `/tmp`, or point `TMPDIR` at another volume. For a program that is known to write nothing, switch this rule off.',
    flags: toPlainPod({ security: 'readOnlyRootFilesystem: true' }),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container) {
      const at = container.securityContext.get('readOnlyRootFilesystem');
      if (at.isUnknown || container.field === 'ephemeralContainers') return;
      // A quoted "true" is meant like this as well, and is what it will be once its type is mended.
      if (at.boolean !== true && at.string !== 'true') return;
      const tmpDirectory = getTmpDirectory(container);
      if (canWriteTo(container, TMP) !== false || container.pod.spec.get('volumes').isUnknown) return;
      if (tmpDirectory !== undefined && canWriteTo(container, tmpDirectory) !== false) return;
      const operations = toTmpOperations(container);
      yield {
        at,
        message: `The ${describeContainer(container)} has a read-only root filesystem and nothing writable at /tmp: programs that need a temporary file will fail.`,
        fixes:
          operations.length > 0
            ? [{ title: 'Mount an emptyDir with a size limit at /tmp', safety: 'safe', operations }]
            : [],
      };
    },
  },
});
