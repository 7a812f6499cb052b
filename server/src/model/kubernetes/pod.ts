import { Ref } from '../../syntax/ref';
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
  /** True for a part of a pod, such as a patch: what it does not say is unknown, and only what it says can be judged. */
  readonly isFragment: boolean;
}

/** A container of any of the three lists, ready to be asked. */
export interface Container {
  readonly pod: PodTemplate;
  readonly field: ContainerField;
  readonly ref: Ref;
  readonly name: string | undefined;
  readonly securityContext: Ref;
  /** True for a container of a fragment, and for one without an image: a patch of one, or one still being typed. */
  readonly isFragment: boolean;
}

/**
 * The pods and pod templates of an object: of a built-in kind, of a custom one in wide use, or of one that the configuration
 * tells of; none for other kinds, which are not guessed at. An object that the API server would refuse as incomplete, such as
 * a kustomize patch, has none.
 */
export function getPodTemplates(resource: Resource, configured: readonly PodRoute[] = []): PodTemplate[] {
  return getPodsAndFragments(resource, configured).filter(({ isFragment }) => !isFragment);
}

/** The same, and fragments too: what they do not say is unknown, so nothing in them is "missing". */
export function getPodsAndFragments(resource: Resource, configured: readonly PodRoute[] = []): PodTemplate[] {
  const templates = getPodRoutes(resource, configured).flatMap(({ path }) => {
    return followRoute(resource.root, path).map((object) =>
      toPodTemplate(resource, object, !isWhole(resource, object)),
    );
  });
  return templates.length > 0 ? templates : getWorkflowPods(resource);
}

/** The same place, as one in a fragment: what is not there is unknown. */
function toOpen(ref: Ref): Ref {
  return Ref.root(ref.tree, true).get(...ref.path);
}

function isWhole(resource: Resource, object: Ref): boolean {
  const containers = object.get('spec', 'containers').items();
  if (!containers.some((item) => item.get('image').isWritten)) return false;
  if (resource.group !== 'apps') return true;
  return !resource.spec.get('selector').isAbsent || !object.get('metadata', 'labels').isAbsent;
}

/** Reads the pod whose `metadata` and `spec` stand at `object`. */
export function toPodTemplate(resource: Resource, object: Ref, isFragment = false): PodTemplate {
  const root = isFragment ? toOpen(object) : object;
  const spec = root.get('spec');
  const containers: Container[] = [];
  const pod: PodTemplate = {
    resource,
    metadata: root.get('metadata'),
    spec,
    securityContext: spec.get('securityContext'),
    containers,
    isFragment,
  };
  for (const field of CONTAINER_FIELDS) {
    for (const item of spec.get(field).items()) {
      // A strategic merge patch takes the container away.
      if (!item.isMapping || item.get('$patch').string === 'delete') continue;
      const isPart = isFragment || !item.get('image').isWritten;
      const ref = isPart && !isFragment ? toOpen(item) : item;
      const name = ref.get('name').string;
      containers.push({ pod, field, ref, name, securityContext: ref.get('securityContext'), isFragment: isPart });
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
