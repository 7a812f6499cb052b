import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { isMeantForWindows } from '../../model/kubernetes/pod-inheritance';
import { getWritePaths } from '../../standards/write-paths';
import { readImage } from '../image/_image';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { TMP, toEmptyDirOperations } from './_tmp';

export default defineRule({
  id: 'writable-root-filesystem',
  category: 'pod-hardening',
  title: 'Writable root filesystem',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['nsa/immutable-file-systems', 'cis/5.6.3', 'k8s/security-context'],
  docs: {
    what: 'A container does not set `readOnlyRootFilesystem: true`.',
    why: 'An attacker who gets into a container first writes: tools, scripts, a changed program that outlives the session. On a read-only root filesystem that ends at once, and so does much that goes wrong by accident.',
    remedy:
      'Set `securityContext.readOnlyRootFilesystem: true` and mount an `emptyDir` with a size limit wherever the program writes; most need `/tmp` only, and the fix brings it along, with what a few official images need besides. A program that writes elsewhere fails with "Read-only file system" in its log, naming the path that needs a volume.',
    flags: toPlainPod({ security: 'readOnlyRootFilesystem: false' }),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container) {
      // Windows has no read-only root filesystem.
      if (isMeantForWindows(container.pod)) return;
      const at = container.securityContext.get('readOnlyRootFilesystem');
      if (at.isUnknown || at.boolean === true) return;
      // What is no boolean is refused as it is: `security-field-wrong-type` speaks of it.
      if (at.isPresent && at.boolean === undefined) return;
      yield {
        at,
        message: `The ${describeContainer(container)} can write to its root filesystem: ${
          at.isPresent ? `readOnlyRootFilesystem is ${at.written}` : 'readOnlyRootFilesystem is not set to true'
        }.`,
        fixes: [toFix(container)],
      };
    },
  },
});

function toFix(container: Container): Fix {
  const at = container.securityContext.get('readOnlyRootFilesystem');
  const image = readImage(container.ref.get('image').string)?.name ?? '';
  // What the rest of the pod mounts is not known of a fragment.
  const paths = container.isFragment ? [] : [TMP, ...getWritePaths(image)];
  const mounted = paths.flatMap((path) => {
    const operations = toEmptyDirOperations(container, path);
    return operations.length > 0 ? [{ path, operations }] : [];
  });
  const places = mounted
    .map(({ path }) => path)
    .join(', ')
    .replace(/, (?=[^,]*$)/, ' and ');
  const what = mounted.length > 1 ? 'emptyDirs' : 'an emptyDir';
  return {
    title: `Set readOnlyRootFilesystem: true${mounted.length > 0 ? ` and mount ${what} at ${places}` : ''}`,
    safety: 'unsafe',
    operations: [{ op: 'set', at, value: true }, ...mounted.flatMap(({ operations }) => operations)],
  };
}
