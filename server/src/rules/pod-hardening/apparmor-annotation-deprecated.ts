import { defineRule } from '../../engine/rule';
import { APPARMOR_ANNOTATION_PREFIX } from '../../standards/pss';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { toMigration, toProfile } from './_annotations';

/** The minor in which `securityContext.appArmorProfile` came. */
const FIELD_SINCE = 30;

export default defineRule({
  id: 'apparmor-annotation-deprecated',
  category: 'pod-hardening',
  title: 'AppArmor by annotation',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/apparmor'],
  docs: {
    what: 'A pod chooses an AppArmor profile by annotation, although its Kubernetes version has a field for it.',
    why: 'The annotation is deprecated since Kubernetes 1.30. A misspelt container name in it goes unnoticed, and so will the annotation itself once it is no longer read.',
    remedy:
      'Write `securityContext.appArmorProfile` at the container; the fix moves the profile there. An annotation for a container that does not exist is only removed.',
    flags: toPlainPod({
      metadata: `annotations:\n  ${APPARMOR_ANNOTATION_PREFIX}web: runtime/default\n  team: shop`,
    }),
    passes: toHardenedPod({ security: 'appArmorProfile:\n  type: RuntimeDefault' }),
  },
  visit: {
    *pod(pod, { settings }) {
      if (settings.kubernetesMinor < FIELD_SINCE) return;
      for (const [key, at] of pod.metadata.get('annotations').entries()) {
        // A profile that confines nothing is the business of the standard's own check.
        if (!key.startsWith(APPARMOR_ANNOTATION_PREFIX) || !at.isPresent || !toProfile(at.string ?? '')) continue;
        const name = key.slice(APPARMOR_ANNOTATION_PREFIX.length);
        const container = pod.containers.find((candidate) => candidate.name === name);
        const operations = toMigration(at, container?.securityContext.get('appArmorProfile'));
        const who = container ? `The container "${name}" has` : `The container "${name}", which does not exist, has`;
        const { keySpan } = at;
        yield {
          at,
          ...(keySpan && { span: keySpan }),
          message: `${who} its AppArmor profile in a deprecated annotation.`,
          fixes: [{ title: 'Move the profile to appArmorProfile', safety: 'safe', operations }],
        };
      }
    },
  },
});
