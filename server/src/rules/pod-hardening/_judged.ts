import { isJudgedBy } from '../../engine/pod-policy';
import type { RuleContext } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { findInheritedFaults, judgeRunAsNonRoot, judgeSeccomp } from '../../model/kubernetes/pod-inheritance';
import { CONFINED_SECCOMP_TYPES } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';

/** The values of which a Pod Security check says that they are not what has to be set. */
export function getJudgedNodes(pod: PodTemplate, context: RuleContext): Set<unknown> {
  const nodes = new Set<unknown>();
  const addInherited = (field: string, faults: ReturnType<typeof findInheritedFaults>): void => {
    for (const { container } of faults) nodes.add((container ?? pod).securityContext.get(field).node);
  };
  if (isJudgedBy(pod, 'runAsNonRoot', context))
    addInherited('runAsNonRoot', findInheritedFaults(pod, judgeRunAsNonRoot));
  if (isJudgedBy(pod, 'seccompProfile_restricted', context)) {
    const judgeProfile = (securityContext: Ref) => judgeSeccomp(securityContext, CONFINED_SECCOMP_TYPES);
    addInherited('seccompProfile', findInheritedFaults(pod, judgeProfile));
  }
  const isEscalationJudged = isJudgedBy(pod, 'allowPrivilegeEscalation', context);
  const isDropJudged = isJudgedBy(pod, 'capabilities_restricted', context);
  for (const { securityContext } of pod.containers) {
    if (isEscalationJudged) nodes.add(securityContext.get('allowPrivilegeEscalation').node);
    if (isDropJudged) nodes.add(securityContext.get('capabilities', 'drop').node);
  }
  nodes.delete(undefined);
  return nodes;
}
