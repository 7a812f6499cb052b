import { type Container, describeContainer, type PodTemplate } from '../../model/kubernetes/pod';
import { describeResource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';

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

/** The rest of a sentence on a field whose value the API server cannot read: `has "true" for runAsNonRoot, …`. */
export function describeWrongType(field: string, at: Ref, wanted: string): string {
  const what = at.written ?? (at.isSequence ? 'a list' : 'a mapping');
  return `has ${what} for ${field}, which has to be ${wanted}: the API server refuses the object.`;
}
