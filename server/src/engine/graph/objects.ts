import { getPodTemplates, type PodTemplate } from '../../model/kubernetes/pod';
import { type Resource, readResources } from '../../model/kubernetes/resource';
import type { Place } from '../../model/workspace/fact';
import type { Step } from '../../syntax/ref';
import type { Project } from '../project';

/** An object with the place of its root. */
export interface PlacedObject {
  readonly uri: string;
  readonly place: Place;
  readonly resource: Resource;
}

/** The object in which a place lies; undefined where none does, or the place is gone. */
export function findObjectAt(project: Project, place: Place): PlacedObject | undefined {
  const found = project.locate(place);
  if (!found) return undefined;
  const resource = readResources(found.ref.tree).find(({ root }) => isWithin(place.path, root.path));
  return resource && { uri: found.uri, place: { ...place, path: resource.root.path }, resource };
}

/** The pods of an object; of several templates, as some custom resources have, each. */
export function getPodsOf(project: Project, { uri, resource }: PlacedObject): readonly PodTemplate[] {
  return getPodTemplates(resource, project.getSettings(uri).podRoutes);
}

/** True for a route that leads to `root` or to something inside of it. */
export function isWithin(path: readonly Step[], root: readonly Step[]): boolean {
  return root.length <= path.length && root.every((step, index) => step === path[index]);
}

/** True for two routes in documents that lead to the same. */
export function isSamePlace(a: Place, b: Place): boolean {
  return a.document === b.document && a.path.length === b.path.length && isWithin(a.path, b.path);
}
