import type { Fix } from '../../engine/operation';
import type { Report } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import { describeOwner } from '../pod-security/_words';

/** Reports profiles whose type and `localhostProfile` do not go together. */
export function* findProfiles(pod: PodTemplate): Generator<Report> {
  for (const { ref, container } of getSecurityContexts(pod)) {
    for (const field of ['seccompProfile', 'appArmorProfile']) {
      const type = ref.get(field, 'type');
      const local = ref.get(field, 'localhostProfile');
      if (!type.isPresent || type.string === undefined || local.isUnknown) continue;
      const isLocal = type.string === 'Localhost';
      if (isLocal === local.isPresent) continue;
      const fixes: Fix[] = isLocal
        ? [
            {
              title: `Set ${field}: RuntimeDefault`,
              safety: 'unsafe',
              operations: [{ op: 'set', at: type, value: 'RuntimeDefault' }],
            },
          ]
        : [{ title: 'Remove localhostProfile', safety: 'safe', operations: [{ op: 'remove', at: local }] }];
      const what = isLocal ? 'names no localhostProfile for it' : 'a localhostProfile, which is for the type Localhost';
      yield {
        at: isLocal ? type : local,
        message: `${describeOwner(pod, container)} sets ${field}.type: ${type.written} and ${what}: the API server refuses it.`,
        fixes,
      };
    }
  }
}
