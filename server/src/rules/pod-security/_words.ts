import { type Container, describeContainer, type PodTemplate } from '../../model/kubernetes/pod';
import { describeResource } from '../../model/kubernetes/resource';

/** Who a setting belongs to: a container, or the pod of the object that is read. */
export function describeOwner(pod: PodTemplate, container: Container | undefined): string {
  if (container) return `The ${describeContainer(container)}`;
  const { resource } = pod;
  return resource.kind === 'Pod' ? `The ${describeResource(resource)}` : `The pod of ${describeResource(resource)}`;
}

/** `container "web"`, `containers "web" and "proxy"`, `all 5 containers`. */
export function describeContainers(containers: readonly Container[]): string {
  const [first] = containers;
  if (first && containers.length === 1) return describeContainer(first);
  const names = containers.map(({ name }) => `"${name ?? ''}"`);
  if (names.length > 3) return `all ${names.length} containers`;
  return `containers ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
