import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { getNearestName } from './_near';
import { getPlaces } from './_places';
import { toTmpOperations } from './_tmp';

export default defineRule({
  id: 'security-field-typo',
  category: 'pod-hardening',
  title: 'Misspelt security field',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/security-context', 'cis/5.6.3'],
  docs: {
    what: 'A field of a security context, or a field that decides about a pod’s security, is misspelt: `readonlyRootFilesystem`, `runAsNonroot`, `allowPriviledgeEscalation`.',
    why: 'The API server drops fields that it does not know, and capital letters count. Whoever reads the file believes that the setting holds; in the cluster it does not.',
    remedy:
      'Take the spelling that the fix offers. The setting takes effect from then on, perhaps for the first time, so try it out.',
    flags: toPlainPod({ security: 'allowPriviledgeEscalation: false' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod) {
      for (const { owner, place, names, others, container } of getPlaces(pod)) {
        for (const key of place.keys()) {
          const name = others.includes(key) ? undefined : getNearestName(key, names);
          const at = place.get(key);
          if (name === undefined || !at.keySpan) continue;
          const isReadOnlyRoot = name === 'readOnlyRootFilesystem' && at.boolean === true;
          const tmp = container && isReadOnlyRoot ? toTmpOperations(container) : [];
          const operations: Operation[] = [{ op: 'rename', at, key: name }, ...tmp];
          yield {
            at,
            span: at.keySpan,
            message: `${owner} has the field "${key}", which the API does not know and drops. It looks like a misspelt "${name}".`,
            fixes: place.get(name).isWritten ? [] : [{ title: `Write ${name}`, safety: 'unsafe', operations }],
          };
        }
      }
    },
  },
});
