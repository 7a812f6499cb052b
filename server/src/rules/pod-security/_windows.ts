import type { Fix } from '../../engine/operation';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { isMeantForWindows, isWindowsPod } from '../../model/kubernetes/pod-inheritance';
import type { PssActiveCheck } from '../../standards/pss';

// What the API server refuses in a pod of Windows (kubernetes pkg/apis/core/validation, validateWindows).
const POD_FIELDS = ['hostPID', 'hostIPC', 'hostUsers', 'shareProcessNamespace'];
const SECURITY_FIELDS = [
  'appArmorProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsGroup',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'sysctls',
];
const CONTAINER_FIELDS = [
  'allowPrivilegeEscalation',
  'appArmorProfile',
  'capabilities',
  'privileged',
  'procMount',
  'readOnlyRootFilesystem',
  'runAsGroup',
  'runAsUser',
  'seLinuxOptions',
  'seccompProfile',
];

/**
 * The fixes of a check that does not concern Windows. A pod that selects nodes of Windows is judged as one of Linux as long as it
 * does not say what it is: saying it is the remedy, and the fields of Linux would be refused beside it.
 */
export function toFixesFor(pod: PodTemplate, check: PssActiveCheck, fixes: readonly Fix[]): readonly Fix[] {
  const os = pod.spec.get('os');
  if (!check.exemptsWindows || isWindowsPod(pod) || !isMeantForWindows(pod) || !os.isAbsent) return fixes;
  const fields = [
    ...POD_FIELDS.map((field) => pod.spec.get(field)),
    ...SECURITY_FIELDS.map((field) => pod.securityContext.get(field)),
    ...pod.containers.flatMap(({ securityContext }) => CONTAINER_FIELDS.map((field) => securityContext.get(field))),
  ];
  if (fields.some((field) => !field.isAbsent)) return fixes;
  const operations = [{ op: 'set' as const, at: os.get('name'), value: 'windows' }];
  return [{ title: 'Set os.name: windows, for which this check does not hold', safety: 'safe', operations }];
}
