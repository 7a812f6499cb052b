import { getPodTemplates, type PodTemplate } from '../../model/kubernetes/pod';
import { type Resource, readResources } from '../../model/kubernetes/resource';
import type { DocumentId, Place } from '../../model/workspace/fact';
import type { Ref } from '../../syntax/ref';
import { findDocument } from '../../syntax/source-file';
import type { Project } from '../project';

/** What is to get a role: the pods of a workload, or a ServiceAccount. */
export interface SetupTarget {
  readonly uri: string;
  readonly document: DocumentId;
  readonly resource: Resource;
  /** Undefined for a ServiceAccount. */
  readonly pod: PodTemplate | undefined;
}

/** The workload or ServiceAccount in whose lines an offset of a file stands; of several pods of one object, the one around it. */
export function findSetupTarget(project: Project, uri: string, offset: number): SetupTarget | undefined {
  const reports = project.checkDocuments(uri) ?? [];
  const sources = reports.map(({ source }) => source);
  const report = reports[findDocument(sources, offset)];
  if (!report) return undefined;
  const { document, source } = report;
  const targets = toTargets(project, uri, document, readResources(source.tree));
  const around = targets.filter(({ resource }) => isAround(resource.root, offset - source.start));
  if (around.length <= 1) return around[0] ?? (targets.length === 1 ? targets[0] : undefined);
  return around.find(({ pod }) => pod && isAround(pod.spec.parent ?? pod.spec, offset - source.start));
}

/** The target at a place, as `toPlace` names it; undefined when it is gone. */
export function getSetupTarget(project: Project, place: Place): SetupTarget | undefined {
  const found = project.locate({ document: place.document, path: [] });
  if (!found) return undefined;
  const targets = toTargets(project, found.uri, place.document, readResources(found.ref.tree));
  return targets.find((target) => toPlace(target).path.join('/') === place.path.join('/'));
}

/** Names a target: by the route of its pods' spec, or of the account. */
export function toPlace({ document, resource, pod }: SetupTarget): Place {
  return { document, path: (pod?.spec ?? resource.root).path };
}

function toTargets(project: Project, uri: string, document: DocumentId, resources: readonly Resource[]): SetupTarget[] {
  const { podRoutes } = project.getSettings(uri);
  return resources.flatMap((resource): SetupTarget[] => {
    const { kind, group } = resource;
    if (kind === 'ServiceAccount' && group === '') return [{ uri, document, resource, pod: undefined }];
    return getPodTemplates(resource, podRoutes).map((pod) => ({ uri, document, resource, pod }));
  });
}

function isAround({ node, tree }: Ref, offset: number): boolean {
  if (!node) return false;
  const { start, end } = node.span;
  return tree.text.lastIndexOf('\n', start - 1) < offset && offset <= end;
}
