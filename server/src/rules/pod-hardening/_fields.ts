/** What a field of a security context holds. */
export type FieldType = 'boolean' | 'integer' | 'string' | 'list' | 'integers' | 'mapping';

/** Fields that a pod and a container both have. Source: the core/v1 API. */
const SHARED = {
  appArmorProfile: 'mapping',
  runAsGroup: 'integer',
  runAsNonRoot: 'boolean',
  runAsUser: 'integer',
  seLinuxOptions: 'mapping',
  seccompProfile: 'mapping',
  windowsOptions: 'mapping',
} as const satisfies Readonly<Record<string, FieldType>>;

/** Fields that only a container's security context has. */
export const CONTAINER_ONLY = {
  allowPrivilegeEscalation: 'boolean',
  capabilities: 'mapping',
  privileged: 'boolean',
  procMount: 'string',
  readOnlyRootFilesystem: 'boolean',
} as const satisfies Readonly<Record<string, FieldType>>;

/** Fields that only a pod's security context has. */
export const POD_ONLY = {
  fsGroup: 'integer',
  fsGroupChangePolicy: 'string',
  seLinuxChangePolicy: 'string',
  supplementalGroups: 'integers',
  supplementalGroupsPolicy: 'string',
  sysctls: 'list',
} as const satisfies Readonly<Record<string, FieldType>>;

/** Every field of a container's security context. */
export const CONTAINER_FIELDS_BY_NAME: Readonly<Record<string, FieldType>> = { ...SHARED, ...CONTAINER_ONLY };

/** Every field of a pod's security context. */
export const POD_FIELDS_BY_NAME: Readonly<Record<string, FieldType>> = { ...SHARED, ...POD_ONLY };

/** Fields of a pod's spec that decide about its security. */
export const SPEC_FIELDS_BY_NAME: Readonly<Record<string, FieldType>> = {
  automountServiceAccountToken: 'boolean',
  hostIPC: 'boolean',
  hostNetwork: 'boolean',
  hostPID: 'boolean',
  hostUsers: 'boolean',
  shareProcessNamespace: 'boolean',
};

/** The value of a boolean field with which nothing is given away. */
export const SECURE_VALUES: Readonly<Record<string, boolean>> = {
  allowPrivilegeEscalation: false,
  automountServiceAccountToken: false,
  hostIPC: false,
  hostNetwork: false,
  hostPID: false,
  hostUsers: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  shareProcessNamespace: false,
};
