import type { PodTemplate } from '../../model/kubernetes/pod';
import { hasUserNamespace, isWindowsPod } from '../../model/kubernetes/pod-inheritance';
import type { PssActiveCheck } from '../../standards/pss';

/** True when the check passes the pod whatever it says, or may do so for all that is known here. */
export function isExempt(pod: PodTemplate, check: PssActiveCheck): boolean {
  if (check.exemptsWindows && isWindowsPod(pod) !== false) return true;
  return check.relaxedByUserNamespace && hasUserNamespace(pod) !== false;
}
