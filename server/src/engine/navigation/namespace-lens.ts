import type { Direction } from '../../model/kubernetes/network-policy';
import { readResources } from '../../model/kubernetes/resource';
import { findLackingDefaults, findPoliciesFor, findWorkloadsOf } from '../../model/workspace/default-deny';
import { toObjectKey } from '../../model/workspace/reference-topics';
import type { Project } from '../project';

/** A Namespace object of a file. */
export interface NamespaceObject {
  readonly name: string;
  /** Offset in the file at which the object begins. */
  readonly start: number;
}

/** What the workspace holds of a namespace. */
export interface NamespaceSummary {
  readonly workloads: number;
  /** The directions of traffic that no policy denies by default. */
  readonly lacking: readonly Direction[];
}

/** How many findings of each severity there are. */
export interface FindingCount {
  readonly errors: number;
  readonly warnings: number;
}

/** The Namespace objects of a file, in order. */
export function getNamespaceObjects(project: Project, uri: string): NamespaceObject[] {
  return (project.checkDocuments(uri) ?? []).flatMap(({ source: { start, tree } }) =>
    readResources(tree).flatMap(({ kind, group, name, root }): NamespaceObject[] => {
      if (kind !== 'Namespace' || group !== '' || name === undefined) return [];
      return [{ name, start: start + (root.node?.span.start ?? 0) }];
    }),
  );
}

/** What the workspace holds of a namespace, remembered for as long as it is the same. */
export function getNamespaceSummary(project: Project, name: string): NamespaceSummary {
  return project.ask((asked) =>
    asked.conclude(`summary of namespace ${name}`, (workspace) => {
      const workloads = findWorkloadsOf(name, workspace);
      const policies = findPoliciesFor(name, workloads, workspace);
      return { workloads: workloads.length, lacking: findLackingDefaults(policies) };
    }),
  );
}

/** The files that define a namespace or put objects into it, in order. */
export function findFilesOf(project: Project, name: string): string[] {
  const key = toObjectKey({ kind: 'Namespace', name });
  const known = project.ask((workspace) => [...workspace.find('definition', key), ...workspace.find('reference', key)]);
  return [...new Set(known.map(({ uri }) => uri))].sort();
}

/** The findings of a file about a namespace and what is in it; those that only inform are not counted. */
export function countFindings(project: Project, uri: string, name: string): FindingCount {
  const count = { errors: 0, warnings: 0 };
  for (const { findings } of project.checkDocuments(uri) ?? []) {
    for (const { resource, severity } of findings) {
      const isNamespace = resource?.kind === 'Namespace' && resource.name === name;
      if (!isNamespace && resource?.namespace !== name) continue;
      if (severity === 'error') count.errors++;
      else if (severity === 'warning') count.warnings++;
    }
  }
  return count;
}
