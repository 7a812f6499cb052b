import { defineRule } from '../../engine/rule';
import { SECCOMP_CONTAINER_ANNOTATION_PREFIX, SECCOMP_POD_ANNOTATION } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { toMigration } from './_annotations';

/** The minor in which `securityContext.seccompProfile` came. */
const FIELD_SINCE = 19;

/** The minor from which the annotation is not read any more. */
const IGNORED_SINCE = 27;

export default defineRule({
  id: 'seccomp-annotation-deprecated',
  category: 'pod-hardening',
  title: 'Seccomp by annotation',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/seccomp'],
  docs: {
    what: 'A pod chooses a seccomp profile by annotation, although its Kubernetes version has a field for it.',
    why: 'From Kubernetes 1.27 on the annotation is not read: whoever reads the file believes that the pod is confined, and it is not.',
    remedy:
      'Write `securityContext.seccompProfile` at the pod or the container; the fix moves the profile there. The annotation `unconfined` is only removed.',
    flags: toPlainPod({ metadata: `annotations:\n  ${SECCOMP_POD_ANNOTATION}: runtime/default` }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod, { settings }) {
      if (settings.kubernetesMinor < FIELD_SINCE) return;
      const isIgnored = settings.kubernetesMinor >= IGNORED_SINCE;
      for (const [key, at] of pod.metadata.get('annotations').entries()) {
        if (!at.isPresent || at.string === undefined) continue;
        let field: Ref | undefined;
        if (key.startsWith(SECCOMP_CONTAINER_ANNOTATION_PREFIX)) {
          const name = key.slice(SECCOMP_CONTAINER_ANNOTATION_PREFIX.length);
          field = pod.containers.find((candidate) => candidate.name === name)?.securityContext.get('seccompProfile');
        } else if (key === SECCOMP_POD_ANNOTATION) {
          field = pod.securityContext.get('seccompProfile');
        } else continue;
        const { keySpan } = at;
        yield {
          at,
          ...(keySpan && { span: keySpan }),
          severity: isIgnored ? 'warning' : 'info',
          message: `The annotation "${key}" is ${
            isIgnored ? `not read from Kubernetes 1.${IGNORED_SINCE} on: it confines nothing` : 'deprecated'
          }.`,
          fixes: [
            {
              title: 'Move the profile to seccompProfile',
              safety: isIgnored ? 'unsafe' : 'safe',
              operations: toMigration(at, field),
            },
          ],
        };
      }
    },
  },
});
