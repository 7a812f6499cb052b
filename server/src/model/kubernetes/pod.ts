import type { Ref } from '../../syntax/ref';
import { followRoute, getPodRoutes, type PodRoute } from './pod-routes';
import type { Resource } from './resource';
import { getWorkflowPods } from './workflow-pods';

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

/**
 * The pods and pod templates of an object: of a built-in kind, of a custom one in wide use, or of one that the configuration
 * tells of; none for other kinds, which are not guessed at. A fragment such as a kustomize patch has none either: an object
 * that the API server would refuse as incomplete does not say what it leaves out, so nothing in it is "missing".
 */
export function getPodTemplates(resource: Resource, configured: readonly PodRoute[] = []): PodTemplate[] {
  const templates = getPodRoutes(resource, configured).flatMap(({ path }) => {
    return followRoute(resource.root, path)
      .filter((object) => isWhole(resource, object))
      .map((object) => toPodTemplate(resource, object));
  });
  return templates.length > 0 ? templates : getWorkflowPods(resource);
}

function isWhole(resource: Resource, object: Ref): boolean {
  const containers = object.get('spec', 'containers').items();
  if (!containers.some((item) => item.get('image').isWritten)) return false;
  if (resource.group !== 'apps') return true;
  return !resource.spec.get('selector').isAbsent || !object.get('metadata', 'labels').isAbsent;
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
