import { defineRule } from '../../engine/rule';
import { describeContainer, type PodTemplate } from '../../model/kubernetes/pod';
import { describeResource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { CONTAINER_FIELDS_BY_NAME, CONTAINER_ONLY, POD_FIELDS_BY_NAME, POD_ONLY } from './_fields';
import { getWritten, toBareReport, toContainerReport, toMove, toReport } from './_misplaced';

export default defineRule({
  id: 'security-context-wrong-level',
  category: 'pod-hardening',
  title: 'Security setting at the wrong level',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/security-context', 'cis/5.6.3'],
  docs: {
    what: 'A security setting stands where the API does not know it: a container setting in the `securityContext` of the pod, a pod setting in that of a container, or a `securityContext` beside the pod.',
    why: 'The API server drops fields that it does not know. Whoever reads the file believes that the setting holds; in the cluster it does not.',
    remedy:
      '`capabilities`, `privileged`, `allowPrivilegeEscalation`, `readOnlyRootFilesystem` and `procMount` belong to each container; `fsGroup`, `supplementalGroups` and `sysctls` to the pod. The fix moves the setting. It takes effect from then on, perhaps for the first time, so try it out.',
    flags: toPlainPod({ podSecurity: 'allowPrivilegeEscalation: false' }),
    passes: toHardenedPod({ podSecurity: 'fsGroup: 10001' }),
  },
  visit: {
    *pod(pod) {
      for (const at of getWritten(pod.securityContext, CONTAINER_ONLY)) yield toContainerReport(pod, at);
      for (const container of pod.containers) {
        for (const at of getWritten(container.securityContext, POD_ONLY)) {
          yield toReport(
            at,
            `${at.step} stands in the securityContext of ${describeContainer(container)}, but only pods have it: the API server drops it.`,
            toMove(at, [pod.securityContext.get(at.step ?? '')], `Move ${at.step} to the pod`),
          );
        }
      }
      for (const at of getWritten(pod.spec, { ...POD_FIELDS_BY_NAME, ...CONTAINER_ONLY })) {
        if (Object.hasOwn(CONTAINER_ONLY, at.step ?? '')) yield toContainerReport(pod, at);
        else yield toBareReport(at, pod.securityContext);
      }
      for (const container of pod.containers) {
        for (const at of getWritten(container.ref, CONTAINER_FIELDS_BY_NAME)) {
          yield toBareReport(at, container.securityContext, container);
        }
      }
      for (const at of getMisplacedContexts(pod)) {
        yield toReport(
          at,
          `The securityContext of ${describeResource(pod.resource)} stands outside the spec of its pod: the API server drops it.`,
          pod.securityContext.isWritten
            ? undefined
            : toMove(at, [pod.securityContext], 'Move securityContext to the pod'),
        );
      }
    },
  },
});

/** Places beside the pod's spec where people put a securityContext. */
function getMisplacedContexts({ resource, metadata, spec }: PodTemplate): Ref[] {
  const template = spec.parent;
  const places = [resource.root, resource.metadata, resource.spec, template, metadata];
  const refs = places.flatMap((place) => (place && place.node !== spec.node ? [place.get('securityContext')] : []));
  return refs.filter((ref, index) => ref.isMapping && refs.findIndex(({ node }) => node === ref.node) === index);
}
