import { defineRule } from '../../engine/rule';
import { getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';

export default defineRule({
  id: 'root-group',
  category: 'pod-hardening',
  title: 'Root group asked for',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/security-context', 'nsa/non-root-containers'],
  docs: {
    what: 'A pod or a container sets `runAsGroup`, `fsGroup` or an entry of `supplementalGroups` to 0.',
    why: 'Group 0 is the group of root. Files that root’s group may read or write, on volumes and on paths of the node, are open to the program then, although its user is another.',
    remedy:
      'Name a group of the program’s own, such as 10001, and remove `fsGroup: 0` or an entry 0 of `supplementalGroups`. Removing `runAsGroup: 0` is not always enough: without it the image decides, and for a user that the image does not list the group is 0 all the same.',
    flags: toPlainPod({ podSecurity: 'runAsGroup: 0' }),
    passes: toHardenedPod({ podSecurity: 'runAsGroup: 10001' }),
  },
  visit: {
    *pod(pod) {
      for (const { ref, container } of getSecurityContexts(pod)) {
        const list = container ? [] : ref.get('supplementalGroups').items();
        const places: [string, Ref][] = [['runAsGroup', ref.get('runAsGroup')]];
        if (!container) places.push(['fsGroup', ref.get('fsGroup')]);
        for (const item of list) places.push(['supplementalGroups', item]);
        for (const [field, at] of places) {
          if (at.number !== 0) continue;
          yield {
            at,
            message: `${describeOwner(pod, container)} runs with the group of root (${field}: ${at.written}).`,
            fixes: [{ title: `Remove ${field}: 0`, safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
          };
        }
      }
    },
  },
});
