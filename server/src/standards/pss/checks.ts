// Every check of the Pod Security Standards with all its revisions, as data.
// Source: kubernetes/pod-security-admission, policy/check_*.go of the release for Kubernetes 1.37.
import {
  ALLOWED_APPARMOR_ANNOTATION,
  ALLOWED_SECCOMP_ANNOTATION,
  APPARMOR_ANNOTATION_PREFIX,
  BASELINE_CAPABILITIES,
  CONFINED_APPARMOR_TYPES,
  CONFINED_SECCOMP_TYPES,
  DROP_ALL_CAPABILITIES,
  getAllowedSelinuxTypes,
  getAllowedSysctls,
  MASKED_PROC_MOUNTS,
  type PssAllowedAnnotation,
  RESTRICTED_CAPABILITIES,
  RESTRICTED_VOLUME_SOURCES,
  SECCOMP_CONTAINER_ANNOTATION_PREFIX,
  SECCOMP_POD_ANNOTATION,
} from './values';

type Nothing = Readonly<Record<never, never>>;

/** What a check compares with, by check id: the values that differ between versions or between the two levels. */
export interface PssCheckData {
  readonly allowPrivilegeEscalation: Nothing;
  readonly appArmorProfile: {
    readonly allowedTypes: readonly string[];
    readonly annotationPrefix: string;
    readonly allowedAnnotation: PssAllowedAnnotation;
  };
  readonly capabilities_baseline: { readonly allowedAdd: readonly string[] };
  readonly capabilities_restricted: { readonly allowedAdd: readonly string[]; readonly requiredDrop: string };
  readonly hostNamespaces: Nothing;
  readonly hostPathVolumes: Nothing;
  readonly hostPorts: Nothing;
  readonly hostProbesAndHostLifecycle: Nothing;
  readonly privileged: Nothing;
  readonly procMount: { readonly allowedValues: readonly string[] };
  readonly procMount_restricted: { readonly allowedValues: readonly string[] };
  readonly restrictedVolumes: { readonly allowedSources: readonly string[] };
  readonly runAsNonRoot: Nothing;
  readonly runAsUser: { readonly forbiddenUser: number };
  readonly seLinuxOptions: { readonly allowedTypes: readonly string[] };
  readonly seccompProfile_baseline:
    | {
        readonly by: 'annotation';
        readonly podAnnotation: string;
        readonly containerAnnotationPrefix: string;
        readonly allowedAnnotation: PssAllowedAnnotation;
      }
    | { readonly by: 'field'; readonly allowedTypes: readonly string[] };
  readonly seccompProfile_restricted: { readonly allowedTypes: readonly string[] };
  readonly sysctls: { readonly allowedNames: readonly string[] };
  readonly windowsHostProcess: Nothing;
}

/** Id of a check, spelt as upstream spells it. */
export type PssCheckId = keyof PssCheckData;

/** How a check behaves from one minor of Kubernetes 1.x until its next revision. */
export interface PssRevision<K extends PssCheckId = PssCheckId> {
  /** First minor in which this revision is in force. */
  readonly since: number;
  /** Whether the check passes pods whose `spec.os.name` is `windows`. */
  readonly exemptsWindows: boolean;
  /** Whether the check passes pods with `spec.hostUsers: false`. */
  readonly relaxedByUserNamespace: boolean;
  readonly data: PssCheckData[K];
}

/** One check with all its revisions, oldest first. */
export interface PssCheck<K extends PssCheckId = PssCheckId> {
  readonly level: 'baseline' | 'restricted';
  /** What the check wants, in our own words. */
  readonly title: string;
  /** The API server's own name for the fault, as it stands in its messages. */
  readonly forbiddenReason: string;
  /** The same for more than one fault, where the API server has a plural for it. */
  readonly forbiddenReasonPlural?: string;
  /** Baseline checks that need not run at Restricted wherever this one does. */
  readonly overrides?: readonly PssCheckId[];
  readonly revisions: readonly PssRevision<K>[];
}

interface Exemptions {
  readonly windows?: boolean;
  readonly userNamespace?: boolean;
}

function revision<T>(since: number, data: T, exemptions: Exemptions = {}) {
  return {
    since,
    exemptsWindows: exemptions.windows ?? false,
    relaxedByUserNamespace: exemptions.userNamespace ?? false,
    data,
  };
}

const PROC_MOUNT = { allowedValues: MASKED_PROC_MOUNTS };
const CAPABILITIES = { allowedAdd: RESTRICTED_CAPABILITIES, requiredDrop: DROP_ALL_CAPABILITIES };
const SECCOMP = { allowedTypes: CONFINED_SECCOMP_TYPES };
const ROOT_USER = { forbiddenUser: 0 };

/** All checks by id. */
export const PSS_CHECKS: { readonly [K in PssCheckId]: PssCheck<K> } = {
  allowPrivilegeEscalation: {
    level: 'restricted',
    title: 'Containers cannot gain more privileges than their parent process',
    forbiddenReason: 'allowPrivilegeEscalation != false',
    revisions: [revision(8, {}), revision(25, {}, { windows: true })],
  },
  appArmorProfile: {
    level: 'baseline',
    title: 'AppArmor confinement is not switched off',
    forbiddenReason: 'forbidden AppArmor profile',
    forbiddenReasonPlural: 'forbidden AppArmor profiles',
    revisions: [
      revision(0, {
        allowedTypes: CONFINED_APPARMOR_TYPES,
        annotationPrefix: APPARMOR_ANNOTATION_PREFIX,
        allowedAnnotation: ALLOWED_APPARMOR_ANNOTATION,
      }),
    ],
  },
  capabilities_baseline: {
    level: 'baseline',
    title: 'Only capabilities of the runtime default set are added',
    forbiddenReason: 'non-default capabilities',
    revisions: [revision(0, { allowedAdd: BASELINE_CAPABILITIES })],
  },
  capabilities_restricted: {
    level: 'restricted',
    title: 'Every container drops all capabilities and adds NET_BIND_SERVICE at most',
    forbiddenReason: 'unrestricted capabilities',
    overrides: ['capabilities_baseline'],
    revisions: [revision(22, CAPABILITIES), revision(25, CAPABILITIES, { windows: true })],
  },
  hostNamespaces: {
    level: 'baseline',
    title: 'The network, process and IPC namespaces of the node are not shared',
    forbiddenReason: 'host namespaces',
    revisions: [revision(0, {})],
  },
  hostPathVolumes: {
    level: 'baseline',
    title: 'No volume mounts a path of the node',
    forbiddenReason: 'hostPath volumes',
    revisions: [revision(0, {})],
  },
  hostPorts: {
    level: 'baseline',
    title: 'No container opens a port of the node',
    forbiddenReason: 'hostPort',
    revisions: [revision(0, {})],
  },
  hostProbesAndHostLifecycle: {
    level: 'baseline',
    title: 'Probes and lifecycle hooks name no host',
    forbiddenReason: 'probe or lifecycle host',
    revisions: [revision(34, {})],
  },
  privileged: {
    level: 'baseline',
    title: 'No container is privileged',
    forbiddenReason: 'privileged',
    revisions: [revision(0, {})],
  },
  procMount: {
    level: 'baseline',
    title: '/proc stays masked',
    forbiddenReason: 'procMount',
    revisions: [revision(0, PROC_MOUNT), revision(35, PROC_MOUNT, { userNamespace: true })],
  },
  procMount_restricted: {
    level: 'restricted',
    title: '/proc stays masked, even in a user namespace',
    forbiddenReason: 'procMount',
    overrides: ['procMount'],
    revisions: [revision(35, PROC_MOUNT)],
  },
  restrictedVolumes: {
    level: 'restricted',
    title: 'Only volume sources that are safe by design are used',
    forbiddenReason: 'restricted volume types',
    overrides: ['hostPathVolumes'],
    revisions: [revision(0, { allowedSources: RESTRICTED_VOLUME_SOURCES })],
  },
  runAsNonRoot: {
    level: 'restricted',
    title: 'Every container is bound to run as another user than root',
    forbiddenReason: 'runAsNonRoot != true',
    revisions: [revision(0, {}), revision(35, {}, { userNamespace: true })],
  },
  runAsUser: {
    level: 'restricted',
    title: 'User 0 is named nowhere',
    forbiddenReason: 'runAsUser=0',
    revisions: [revision(23, ROOT_USER), revision(35, ROOT_USER, { userNamespace: true })],
  },
  seLinuxOptions: {
    level: 'baseline',
    title: 'SELinux type is a container type; user and role are left alone',
    forbiddenReason: 'seLinuxOptions',
    revisions: [
      revision(0, { allowedTypes: getAllowedSelinuxTypes(0) }),
      revision(31, { allowedTypes: getAllowedSelinuxTypes(31) }),
    ],
  },
  seccompProfile_baseline: {
    level: 'baseline',
    title: 'Seccomp is not switched off',
    forbiddenReason: 'seccompProfile',
    revisions: [
      revision(0, {
        by: 'annotation' as const,
        podAnnotation: SECCOMP_POD_ANNOTATION,
        containerAnnotationPrefix: SECCOMP_CONTAINER_ANNOTATION_PREFIX,
        allowedAnnotation: ALLOWED_SECCOMP_ANNOTATION,
      }),
      revision(19, { by: 'field' as const, ...SECCOMP }),
    ],
  },
  seccompProfile_restricted: {
    level: 'restricted',
    title: 'Every container has a seccomp profile, its own or the one of the pod',
    forbiddenReason: 'seccompProfile',
    overrides: ['seccompProfile_baseline'],
    revisions: [revision(19, SECCOMP), revision(25, SECCOMP, { windows: true })],
  },
  sysctls: {
    level: 'baseline',
    title: 'Only sysctls that are isolated from other pods are set',
    forbiddenReason: 'forbidden sysctls',
    revisions: [0, 27, 29, 32, 37].map((since) => revision(since, { allowedNames: getAllowedSysctls(since) })),
  },
  windowsHostProcess: {
    level: 'baseline',
    title: 'No container is a Windows HostProcess container',
    forbiddenReason: 'hostProcess',
    revisions: [revision(0, {})],
  },
};

/** Ids of all checks. */
export const PSS_CHECK_IDS: readonly PssCheckId[] = Object.keys(PSS_CHECKS).filter(isPssCheckId);

/** Whether a text is the id of a check. */
export function isPssCheckId(text: string): text is PssCheckId {
  return Object.hasOwn(PSS_CHECKS, text);
}
