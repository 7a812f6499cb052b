import type { Ref } from '../../syntax/ref';
import type { Resource } from './resource';

/** Which list of the pod a container stands in, as the API names it. */
export type ContainerField = 'initContainers' | 'containers' | 'ephemeralContainers';

/** In the order in which Pod Security Admission visits them. */
export const CONTAINER_FIELDS: readonly ContainerField[] = ['initContainers', 'containers', 'ephemeralContainers'];

/** A pod, or the pod template of a workload. */
export interface PodTemplate {
  readonly resource: Resource;
  /** Metadata of the pod or of the template: where annotations count. */
  readonly metadata: Ref;
  readonly spec: Ref;
  readonly securityContext: Ref;
  readonly containers: readonly Container[];
}

/** A container of any of the three lists, ready to be asked. */
export interface Container {
  readonly pod: PodTemplate;
  readonly field: ContainerField;
  readonly ref: Ref;
  readonly name: string | undefined;
  readonly securityContext: Ref;
}

/** Where each built-in kind keeps its pod; the empty route is the object itself. */
const POD_ROUTES: Readonly<Record<string, { readonly groups: readonly string[]; readonly route: readonly string[] }>> =
  {
    Pod: { groups: [''], route: [] },
    PodTemplate: { groups: [''], route: ['template'] },
    ReplicationController: { groups: [''], route: ['spec', 'template'] },
    ReplicaSet: { groups: ['apps', 'extensions'], route: ['spec', 'template'] },
    Deployment: { groups: ['apps', 'extensions'], route: ['spec', 'template'] },
    StatefulSet: { groups: ['apps'], route: ['spec', 'template'] },
    DaemonSet: { groups: ['apps', 'extensions'], route: ['spec', 'template'] },
    Job: { groups: ['batch'], route: ['spec', 'template'] },
    CronJob: { groups: ['batch'], route: ['spec', 'jobTemplate', 'spec', 'template'] },
  };

/**
 * The pod or pod template of a built-in kind; undefined for other kinds, and for a fragment such as a kustomize patch: an
 * object that the API server would refuse as incomplete does not say what it leaves out, so nothing in it is "missing".
 */
export function getPodTemplate(resource: Resource): PodTemplate | undefined {
  const entry = POD_ROUTES[resource.kind];
  if (!entry?.groups.includes(resource.group)) return undefined;
  const object = resource.root.get(...entry.route);
  const containers = object.get('spec', 'containers').items();
  if (!containers.some((item) => item.get('image').isWritten)) return undefined;
  const needsSelector = resource.group === 'apps';
  if (needsSelector && resource.spec.get('selector').isAbsent && object.get('metadata', 'labels').isAbsent)
    return undefined;
  return toPodTemplate(resource, object);
}

/** Reads the pod whose `metadata` and `spec` stand at `object`. */
export function toPodTemplate(resource: Resource, object: Ref): PodTemplate {
  const spec = object.get('spec');
  const containers: Container[] = [];
  const pod: PodTemplate = {
    resource,
    metadata: object.get('metadata'),
    spec,
    securityContext: spec.get('securityContext'),
    containers,
  };
  for (const field of CONTAINER_FIELDS) {
    for (const ref of spec.get(field).items()) {
      // A container without an image is one still being typed, or a patch of one: it says nothing about what it lacks.
      if (!ref.isMapping || !ref.get('image').isWritten) continue;
      containers.push({ pod, field, ref, name: ref.get('name').string, securityContext: ref.get('securityContext') });
    }
  }
  return pod;
}

/** `container "web"`, `init container "migrate"`, `ephemeral container "debug"`. */
export function describeContainer(container: Container): string {
  const kind = {
    initContainers: 'init container',
    containers: 'container',
    ephemeralContainers: 'ephemeral container',
  };
  return container.name === undefined ? kind[container.field] : `${kind[container.field]} "${container.name}"`;
}
