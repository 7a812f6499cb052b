/** Rules of ours, and the end of the route of their findings where a rule judges more than the peer's check does. */
export interface Counterpart {
  readonly rules: readonly string[];
  readonly route?: RegExp;
}

const of = (...rules: string[]): Counterpart => ({ rules });
const at = (route: RegExp, ...rules: string[]): Counterpart => ({ rules, route });

const ADD = /\/capabilities\/add\b/;
const NON_ROOT = of('run-as-root-allowed', 'run-as-root-user');
const SECURITY_FIELDS = of(
  'privilege-escalation-allowed',
  'capabilities-not-dropped',
  'run-as-root-allowed',
  'seccomp-profile-missing',
  'writable-root-filesystem',
);

/**
 * The peers' checks of pods, each with what decides the same question here. Keys: the peer, a slash, the check as the peer
 * names it. A check without a counterpart stands in the list of differences, with the reason.
 */
export const COUNTERPARTS: Readonly<Record<string, Counterpart>> = {
  'checkov/AllowPrivilegeEscalation': of('privilege-escalation-allowed'),
  'checkov/AllowedCapabilities': at(ADD, 'capabilities-not-dropped'),
  'checkov/CKV_K8S_10': of('cpu-request-missing'),
  'checkov/CKV_K8S_11': of('cpu-limit-missing'),
  'checkov/CKV_K8S_12': of('memory-limit-missing', 'memory-request-missing'),
  'checkov/CKV_K8S_13': of('memory-limit-missing'),
  'checkov/CKV_K8S_14': of('image-tag-mutable'),
  'checkov/CKV_K8S_15': of('image-pull-policy'),
  'checkov/CKV_K8S_16': of('privileged-container'),
  'checkov/CKV_K8S_17': at(/\/hostPID$/, 'host-namespaces-shared'),
  'checkov/CKV_K8S_18': at(/\/hostIPC$/, 'host-namespaces-shared'),
  'checkov/CKV_K8S_19': at(/\/hostNetwork$/, 'host-namespaces-shared'),
  'checkov/CKV_K8S_20': of('privilege-escalation-allowed'),
  'checkov/CKV_K8S_22': of('writable-root-filesystem'),
  'checkov/CKV_K8S_23': NON_ROOT,
  'checkov/CKV_K8S_25': at(ADD, 'capabilities-not-dropped'),
  'checkov/CKV_K8S_26': of('host-port'),
  'checkov/CKV_K8S_27': of('container-runtime-socket'),
  'checkov/CKV_K8S_28': of('net-raw-capability', 'capabilities-not-dropped'),
  'checkov/CKV_K8S_29': SECURITY_FIELDS,
  'checkov/CKV_K8S_30': SECURITY_FIELDS,
  'checkov/CKV_K8S_31': of('seccomp-profile-missing'),
  'checkov/CKV_K8S_37': of('capabilities-not-dropped'),
  'checkov/CKV_K8S_39': at(ADD, 'capabilities-not-dropped'),
  'checkov/CKV_K8S_40': of('low-uid', 'run-as-root-user', 'run-as-root-allowed'),
  'checkov/CKV_K8S_43': of('image-digest-missing'),
  'kubeaudit/apparmor': of('apparmor-unconfined'),
  'kubeaudit/capabilities': of('capabilities-not-dropped'),
  'kubeaudit/hostns': of('host-namespaces-shared'),
  'kubeaudit/image': of('image-tag-mutable'),
  'kubeaudit/limits': of('cpu-limit-missing', 'memory-limit-missing'),
  'kubeaudit/mounts': of('sensitive-host-path', 'container-runtime-socket'),
  'kubeaudit/nonroot': NON_ROOT,
  'kubeaudit/privesc': of('privilege-escalation-allowed'),
  'kubeaudit/privileged': of('privileged-container'),
  'kubeaudit/rootfs': of('writable-root-filesystem'),
  'kubeaudit/seccomp': of('seccomp-profile-missing'),
  'polaris/automountServiceAccountToken': of('token-automounted', 'pod-overrides-account-automount'),
  'polaris/cpuLimitsMissing': of('cpu-limit-missing'),
  'polaris/cpuRequestsMissing': of('cpu-request-missing'),
  'polaris/dangerousCapabilities': at(ADD, 'capabilities-not-dropped'),
  'polaris/hostIPCSet': at(/\/hostIPC$/, 'host-namespaces-shared'),
  'polaris/hostNetworkSet': at(/\/hostNetwork$/, 'host-namespaces-shared'),
  'polaris/hostPIDSet': at(/\/hostPID$/, 'host-namespaces-shared'),
  'polaris/hostPathSet': of('restricted-volume-type', 'container-runtime-socket', 'sensitive-host-path'),
  'polaris/hostPortSet': of('host-port'),
  'polaris/hostProcess': of('windows-host-process'),
  'polaris/insecureCapabilities': of('capabilities-not-dropped'),
  'polaris/linuxHardening': of(
    'apparmor-unconfined',
    'seccomp-profile-missing',
    'selinux-options-forbidden',
    'capabilities-not-dropped',
  ),
  'polaris/memoryLimitsMissing': of('memory-limit-missing'),
  'polaris/memoryRequestsMissing': of('memory-request-missing'),
  'polaris/nakedPod': of('naked-pod'),
  'polaris/notReadOnlyRootFilesystem': of('writable-root-filesystem'),
  'polaris/privilegeEscalationAllowed': of('privilege-escalation-allowed'),
  'polaris/procMount': of('proc-mount-not-default'),
  'polaris/pullPolicyNotAlways': of('image-pull-policy'),
  'polaris/runAsPrivileged': of('privileged-container'),
  'polaris/runAsRootAllowed': NON_ROOT,
  'polaris/tagNotSpecified': of('image-tag-mutable'),
};
