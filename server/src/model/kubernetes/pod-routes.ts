import type { Ref } from '../../syntax/ref';
import type { Resource } from './resource';

/** Where objects of a kind keep what their pods are made from: `metadata` and `spec`, as in a PodTemplateSpec. */
export interface PodRoute {
  /** API groups; '' is the core group. */
  readonly groups: readonly string[];
  readonly kind: string;
  /** Keys from the object's root, joined by dots; `*` stands for every item of a list or every entry of a mapping; '' is the object itself. */
  readonly path: string;
}

const APPS = ['apps', 'extensions'];

/** The kinds that the API server itself makes pods from. Source: pod-security-admission, admission/admission.go. */
export const BUILT_IN_POD_ROUTES: readonly PodRoute[] = [
  { groups: [''], kind: 'Pod', path: '' },
  { groups: [''], kind: 'PodTemplate', path: 'template' },
  { groups: [''], kind: 'ReplicationController', path: 'spec.template' },
  { groups: APPS, kind: 'ReplicaSet', path: 'spec.template' },
  { groups: APPS, kind: 'Deployment', path: 'spec.template' },
  { groups: ['apps'], kind: 'StatefulSet', path: 'spec.template' },
  { groups: APPS, kind: 'DaemonSet', path: 'spec.template' },
  { groups: ['batch'], kind: 'Job', path: 'spec.template' },
  { groups: ['batch'], kind: 'CronJob', path: 'spec.jobTemplate.spec.template' },
];

/** Custom resources in wide use, by the types of their projects' own APIs. */
export const KNOWN_POD_ROUTES: readonly PodRoute[] = [
  { groups: ['argoproj.io'], kind: 'Rollout', path: 'spec.template' },
  { groups: ['serving.knative.dev'], kind: 'Service', path: 'spec.template' },
  { groups: ['serving.knative.dev'], kind: 'Configuration', path: 'spec.template' },
  { groups: ['serving.knative.dev'], kind: 'Revision', path: '' },
  { groups: ['keda.sh'], kind: 'ScaledJob', path: 'spec.jobTargetRef.template' },
  { groups: ['apps.openshift.io', ''], kind: 'DeploymentConfig', path: 'spec.template' },
  { groups: ['apps.kruise.io'], kind: 'CloneSet', path: 'spec.template' },
  { groups: ['apps.kruise.io'], kind: 'StatefulSet', path: 'spec.template' },
  { groups: ['apps.kruise.io'], kind: 'DaemonSet', path: 'spec.template' },
  { groups: ['jobset.x-k8s.io'], kind: 'JobSet', path: 'spec.replicatedJobs.*.template.spec.template' },
  { groups: ['batch.volcano.sh'], kind: 'Job', path: 'spec.tasks.*.template' },
  { groups: ['kubeflow.org'], kind: 'PyTorchJob', path: 'spec.pytorchReplicaSpecs.*.template' },
  { groups: ['kubeflow.org'], kind: 'TFJob', path: 'spec.tfReplicaSpecs.*.template' },
];

/** The mappings of an object to which a route leads; none where it leads nowhere. */
export function followRoute(root: Ref, path: string): Ref[] {
  return path === '' ? [root] : followSteps(root, path).filter((ref) => ref.isMapping);
}

/** Everything to which a route leads, what is not there included. */
export function followSteps(root: Ref, path: string): Ref[] {
  let refs = [root];
  for (const step of path.split('.')) {
    refs = refs.flatMap((ref) => {
      if (step !== '*') return [ref.get(step)];
      return ref.isSequence ? ref.items() : ref.entries().map(([, value]) => value);
    });
  }
  return refs;
}

/** The routes of a resource's kind: built in, known, and those that the configuration adds. */
export function getPodRoutes(resource: Resource, configured: readonly PodRoute[]): readonly PodRoute[] {
  const isOfKind = ({ groups, kind }: PodRoute): boolean => kind === resource.kind && groups.includes(resource.group);
  return (
    ROUTES_BY_KIND.get(resource.kind)?.filter(isOfKind).concat(configured.filter(isOfKind)) ??
    configured.filter(isOfKind)
  );
}

const ROUTES_BY_KIND = new Map<string, PodRoute[]>();
for (const route of [...BUILT_IN_POD_ROUTES, ...KNOWN_POD_ROUTES]) {
  const list = ROUTES_BY_KIND.get(route.kind);
  if (list) list.push(route);
  else ROUTES_BY_KIND.set(route.kind, [route]);
}
