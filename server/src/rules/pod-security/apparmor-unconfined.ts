import { defineRule } from '../../engine/rule';
import { getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import { isAllowedAnnotation } from '../../standards/pss';
import { toHardenedPod, toPlainPod } from './_example';
import { describeOwner } from './_words';

export default defineRule({
  id: 'apparmor-unconfined',
  category: 'pod-security',
  title: 'AppArmor switched off',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'appArmorProfile',
  standards: ['pss/baseline/appArmorProfile', 'k8s/apparmor'],
  docs: {
    what: 'A pod or a container sets an AppArmor profile that confines nothing, by field or by annotation.',
    why: 'On nodes with AppArmor, containers run in the profile of the runtime, which keeps them from writing to `/proc` and `/sys` and from mounting. `Unconfined` takes it away.',
    remedy:
      'Set `appArmorProfile.type: RuntimeDefault`, or `Localhost` with a profile of your own. The fix is not applied by fix-all, because a program that was given `Unconfined` may need it.',
    flags: toPlainPod({ security: 'appArmorProfile:\n  type: Unconfined' }),
    passes: toHardenedPod({ security: 'appArmorProfile:\n  type: RuntimeDefault' }),
  },
  visit: {
    *pod(pod, { check }) {
      const { annotationPrefix, allowedAnnotation, allowedTypes } = check.data;
      for (const [key, at] of pod.metadata.get('annotations').entries()) {
        if (!key.startsWith(annotationPrefix) || !at.isPresent || at.string === undefined) continue;
        if (isAllowedAnnotation(allowedAnnotation, at.string)) continue;
        yield {
          at,
          message: `The container "${key.slice(annotationPrefix.length)}" is not confined by AppArmor (annotation: ${at.written}).`,
          fixes: [
            {
              title: 'Remove the annotation, so that the profile of the runtime applies',
              safety: 'unsafe',
              operations: [{ op: 'remove', at, upTo: 1 }],
            },
          ],
        };
      }
      for (const { ref, container } of getSecurityContexts(pod)) {
        const profile = ref.get('appArmorProfile');
        const type = profile.get('type');
        if (!profile.isMapping || profile.isUnknown || type.isUnknown) continue;
        if (type.string !== undefined && allowedTypes.includes(type.string)) continue;
        const what = type.isPresent ? `appArmorProfile.type: ${type.written}` : 'its appArmorProfile names no type';
        yield {
          at: type.isPresent ? type : profile,
          message: `${describeOwner(pod, container)} is not confined by AppArmor (${what}).`,
          fixes: [
            {
              title: 'Set appArmorProfile: RuntimeDefault',
              safety: type.isPresent ? 'unsafe' : 'safe',
              operations: [{ op: 'set', at: type, value: 'RuntimeDefault' }],
            },
          ],
        };
      }
    },
  },
});
