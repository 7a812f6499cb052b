// The values that the checks accept, by version. All comparisons upstream are exact and case-sensitive.
// Source: kubernetes/pod-security-admission, policy/check_*.go of the release for Kubernetes 1.37.

/** Capabilities a container may add under Baseline. */
export const BASELINE_CAPABILITIES: readonly string[] = [
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
];

/** Capabilities a container may add under Restricted. */
export const RESTRICTED_CAPABILITIES: readonly string[] = ['NET_BIND_SERVICE'];

/** The word that every container must drop under Restricted. */
export const DROP_ALL_CAPABILITIES = 'ALL';

/** Volume sources a pod may use under Restricted. */
export const RESTRICTED_VOLUME_SOURCES: readonly string[] = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** Values of `procMount` that keep /proc masked. */
export const MASKED_PROC_MOUNTS: readonly string[] = ['Default'];

/** Values of `seccompProfile.type` that confine a container. */
export const CONFINED_SECCOMP_TYPES: readonly string[] = ['RuntimeDefault', 'Localhost'];

/** Values of `appArmorProfile.type` that confine a container. */
export const CONFINED_APPARMOR_TYPES: readonly string[] = ['RuntimeDefault', 'Localhost'];

/** What an annotation that names a profile may hold: one of `values`, or anything that starts with one of `prefixes`. */
export interface PssAllowedAnnotation {
  readonly values: readonly string[];
  readonly prefixes: readonly string[];
}

/** Allowed values of the AppArmor annotation; the empty value means the runtime's default. */
export const ALLOWED_APPARMOR_ANNOTATION: PssAllowedAnnotation = {
  values: ['', 'runtime/default'],
  prefixes: ['localhost/'],
};

/** Allowed values of the seccomp annotations; here the empty value is refused. */
export const ALLOWED_SECCOMP_ANNOTATION: PssAllowedAnnotation = {
  values: ['runtime/default', 'docker/default'],
  prefixes: ['localhost/'],
};

/** Prefix of the AppArmor annotation; the container's name follows, though the check does not look at it. */
export const APPARMOR_ANNOTATION_PREFIX = 'container.apparmor.security.beta.kubernetes.io/';

/** Key of the pod's seccomp annotation. */
export const SECCOMP_POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';

/** Prefix of a container's seccomp annotation; the name of a container of the pod follows. */
export const SECCOMP_CONTAINER_ANNOTATION_PREFIX = 'container.seccomp.security.alpha.kubernetes.io/';

/** Whether an annotation's value is among the allowed ones. */
export function isAllowedAnnotation(allowed: PssAllowedAnnotation, value: string): boolean {
  return allowed.values.includes(value) || allowed.prefixes.some((prefix) => value.startsWith(prefix));
}

/** A value and the minor of Kubernetes 1.x from which Baseline accepts it. */
type AllowedSince = readonly [value: string, since: number];

const SYSCTLS: readonly AllowedSince[] = [
  ['kernel.shm_rmid_forced', 0],
  ['net.ipv4.ip_local_port_range', 0],
  ['net.ipv4.tcp_syncookies', 0],
  ['net.ipv4.ping_group_range', 0],
  ['net.ipv4.ip_unprivileged_port_start', 0],
  ['net.ipv4.ip_local_reserved_ports', 27],
  ['net.ipv4.tcp_keepalive_time', 29],
  ['net.ipv4.tcp_fin_timeout', 29],
  ['net.ipv4.tcp_keepalive_intvl', 29],
  ['net.ipv4.tcp_keepalive_probes', 29],
  ['net.ipv4.tcp_rmem', 32],
  ['net.ipv4.tcp_wmem', 32],
  ['net.ipv4.tcp_slow_start_after_idle', 37],
  ['net.ipv4.tcp_notsent_lowat', 37],
];

const SELINUX_TYPES: readonly AllowedSince[] = [
  ['', 0],
  ['container_t', 0],
  ['container_init_t', 0],
  ['container_kvm_t', 0],
  ['container_engine_t', 31],
];

/** Sysctls that Baseline accepts in a minor. */
export function getAllowedSysctls(minor: number): readonly string[] {
  return SYSCTLS.filter(([, since]) => since <= minor).map(([name]) => name);
}

/** The minor from which Baseline accepts a sysctl, or undefined when no version does. */
export function getSysctlAllowedSince(name: string): number | undefined {
  return SYSCTLS.find(([known]) => known === name)?.[1];
}

/** SELinux types that Baseline accepts in a minor; the empty type counts as unset. */
export function getAllowedSelinuxTypes(minor: number): readonly string[] {
  return SELINUX_TYPES.filter(([, since]) => since <= minor).map(([type]) => type);
}

/** The minor from which Baseline accepts an SELinux type, or undefined when no version does. */
export function getSelinuxTypeAllowedSince(type: string): number | undefined {
  return SELINUX_TYPES.find(([known]) => known === type)?.[1];
}
