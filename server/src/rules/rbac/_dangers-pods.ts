import { CHANGE, type Danger, WRITE, WRITE_OR_DELETE } from './_danger';

/** Dangerous rights over what runs, and what it runs with, by the id of the rule that reports them. */
export const POD_DANGERS = {
  'secrets-writable': {
    rights: [{ group: '', resources: ['secrets'], verbs: WRITE_OR_DELETE }],
    severity: 'warning',
    allows: toSecretWords,
    named: 'Secret',
  },
  'pods-creatable': {
    rights: [{ group: '', resources: ['pods'], verbs: ['create'] }],
    severity: 'warning',
    inSystem: 'error',
    allows: 'run any pod that admission lets in, with any service account and Secret',
  },
  'workload-writable': {
    rights: [
      { group: 'apps', resources: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'], verbs: WRITE },
      { group: 'batch', resources: ['jobs', 'cronjobs'], verbs: WRITE },
      { group: '', resources: ['replicationcontrollers'], verbs: WRITE },
      { group: '', resources: ['pods'], verbs: CHANGE },
    ],
    severity: 'warning',
    inSystem: 'error',
    allows: (_, resources) =>
      resources.every((name) => name === 'pods')
        ? 'exchange the images of running pods, and so run a program with their service accounts and Secrets'
        : 'run any pod that admission lets in, with any service account and Secret',
  },
  'nodes-writable': {
    rights: [
      { group: '', resources: ['nodes'], verbs: [...WRITE_OR_DELETE, 'deletecollection'] },
      { group: '', resources: ['nodes/status'], verbs: CHANGE },
    ],
    severity: 'warning',
    allows: 'steer pods onto nodes of its choice, and away from others, by labels, taints and conditions',
    isClusterScoped: true,
  },
  'pods-status-writable': {
    rights: [{ group: '', resources: ['pods/status'], verbs: CHANGE }],
    severity: 'warning',
    allows: 'give pods false addresses and readiness, and so draw the traffic of Services to itself',
  },
  'persistent-volume-creation': {
    rights: [{ group: '', resources: ['persistentvolumes'], verbs: ['create'] }],
    severity: 'warning',
    allows: 'make a volume of any directory of a node and mount it in a pod',
    isClusterScoped: true,
  },
} as const satisfies Readonly<Record<string, Danger>>;

function toSecretWords(verbs: readonly string[]): string {
  const has = (...names: readonly string[]) => names.some((name) => verbs.includes(name) || verbs.includes('*'));
  if (has('update', 'patch')) return 'replace the credentials that programs trust';
  return has('create')
    ? 'add Secrets, one into which the control plane writes a lasting token of a service account among them'
    : 'delete the credentials that programs need';
}
