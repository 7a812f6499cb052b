import type { DocumentId, Known, Place } from '../../model/workspace/fact';
import type { Topics } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { Project } from '../project';
import type { Draft } from './draft';
import { isWithin } from './objects';

/** What a graph is put together with. */
export interface Walk {
  readonly project: Project;
  readonly workspace: Workspace;
  readonly draft: Draft;
  /** True the first time that it is called with a text. */
  once(what: string): boolean;
}

/** The beginning of a walk. */
export function createWalk(project: Project, workspace: Workspace, draft: Draft): Walk {
  const done = new Set<string>();
  return {
    project,
    workspace,
    draft,
    once: (what) => !done.has(what) && done.add(what) !== undefined,
  };
}

/** The topics whose facts stand at the root of an object. */
type ObjectTopic = 'role-binding' | 'service-account' | 'trust-policy';

/** The fact of a topic about the object in which a place lies. */
export function findFactAt<T extends ObjectTopic>(
  workspace: Workspace,
  topic: T,
  { document, path }: Place,
): Known<Topics[T]> | undefined {
  const byDocument = workspace.conclude(`graph/${topic} by document`, (asked) => {
    const found = new Map<DocumentId, Known<Topics[T]>[]>();
    for (const known of asked.all(topic)) {
      const list = found.get(known.place.document);
      if (list) list.push(known);
      else found.set(known.place.document, [known]);
    }
    return found;
  });
  return byDocument.get(document)?.find(({ place }) => isWithin(path, place.path));
}
