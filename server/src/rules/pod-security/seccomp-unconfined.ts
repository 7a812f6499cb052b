import type { Operation } from '../../engine/operation';
import { defineRule, type Report } from '../../engine/rule';
import type { Container, PodTemplate } from '../../model/kubernetes/pod';
import { getSecurityContexts, judgeSeccomp } from '../../model/kubernetes/pod-inheritance';
import { isAllowedAnnotation } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';
import { inNamespace, toHardenedPod, toPlainPod } from './_example';
import { getSeccompPlace } from './_seccomp';
import { describeOwner } from './_words';

export default defineRule({
  id: 'seccomp-unconfined',
  category: 'pod-security',
  title: 'Seccomp switched off',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  check: 'seccompProfile_baseline',
  standards: ['pss/baseline/seccompProfile_baseline', 'cis/5.6.2', 'k8s/seccomp'],
  docs: {
    what: 'A pod or a container sets a seccomp profile that confines nothing, by field or (before Kubernetes 1.19) by annotation.',
    why: 'Seccomp keeps a program to the system calls that programs need. `Unconfined` opens all of them, also the rarely used ones in which holes of the kernel are found. At level `restricted` the stricter rule `seccomp-profile-missing` takes the place of this one.',
    remedy:
      'Set `seccompProfile.type: RuntimeDefault`, or `Localhost` with a profile of your own that allows the few calls more. The fix is not applied by fix-all, because a program that was given `Unconfined` may need it.',
    flags: inNamespace('baseline', 'v1.37', toPlainPod({ security: 'seccompProfile:\n  type: Unconfined' })),
    passes: toHardenedPod({ security: 'seccompProfile:\n  type: RuntimeDefault' }),
  },
  visit: {
    *pod(pod, { check }) {
      const { data } = check;
      if (data.by === 'annotation') {
        const { podAnnotation, containerAnnotationPrefix, allowedAnnotation } = data;
        const annotations = pod.metadata.get('annotations');
        const places: [Ref, Container | undefined][] = [[annotations.get(podAnnotation), undefined]];
        for (const container of pod.containers) {
          if (container.name === undefined) continue;
          places.push([annotations.get(`${containerAnnotationPrefix}${container.name}`), container]);
        }
        for (const [at, container] of places) {
          if (!at.isPresent || at.string === undefined || isAllowedAnnotation(allowedAnnotation, at.string)) continue;
          yield toReport(pod, container, at, 'annotation', [{ op: 'set', at, value: 'runtime/default' }]);
        }
        return;
      }
      for (const { ref, container } of getSecurityContexts(pod)) {
        if (judgeSeccomp(ref, data.allowedTypes) !== 'bad') continue;
        const at = getSeccompPlace(ref);
        const local = ref.get('seccompProfile', 'localhostProfile');
        yield toReport(pod, container, at, 'seccompProfile.type', [
          { op: 'set', at: ref.get('seccompProfile', 'type'), value: 'RuntimeDefault' },
          ...(local.isWritten ? [{ op: 'remove' as const, at: local }] : []),
        ]);
      }
    },
  },
});

function toReport(
  pod: PodTemplate,
  container: Container | undefined,
  at: Ref,
  field: string,
  operations: readonly Operation[],
): Report {
  const what = at.scalar ? `${field}: ${at.written}` : 'its seccompProfile names no type';
  return {
    at,
    message: `${describeOwner(pod, container)} is not confined by seccomp (${what}).`,
    fixes: [{ title: 'Use the seccomp profile of the runtime', safety: at.scalar ? 'unsafe' : 'safe', operations }],
  };
}
