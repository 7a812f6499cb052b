import type { Known } from '../../model/workspace/fact';
import {
  type DefinitionFact,
  isClusterWide,
  type ObjectName,
  type ReferenceFact,
  toObjectKey,
} from '../../model/workspace/reference-topics';
import type { Workspace } from '../../model/workspace/workspace';
import { chooseMeant } from './nearest';

/** The definitions that a name in a file means, in the order of files and places; those of a definition's own name include it. */
export function findDefinitions(workspace: Workspace, name: ObjectName, uri: string): readonly Known<DefinitionFact>[] {
  const all = workspace.find('definition', toObjectKey(name));
  return isClusterWide(name.kind) ? all : chooseMeant(all, ({ namespace }) => namespace, name.namespace, uri);
}

/** A reference with the definitions that it means. */
export interface Resolved {
  readonly reference: Known<ReferenceFact>;
  readonly definitions: readonly Known<DefinitionFact>[];
}

/**
 * The references that mean one of the definitions that a name in a file means, in the order of files and places. Of an object
 * that no file defines: those that mean the same and none of any file.
 */
export function findReferences(workspace: Workspace, name: ObjectName, uri: string): readonly Resolved[] {
  const targets = new Set(findDefinitions(workspace, name, uri));
  const known = new Map<string, readonly Known<DefinitionFact>[]>();
  return workspace.find('reference', toObjectKey(name)).flatMap((reference): Resolved[] => {
    // Files of one folder mean the same by the same name.
    const key = `${reference.value.namespace ?? ''}\n${toFolder(reference.uri)}`;
    const definitions = known.get(key) ?? findDefinitions(workspace, reference.value, reference.uri);
    known.set(key, definitions);
    const isMeant =
      targets.size > 0
        ? definitions.some((one) => targets.has(one))
        : definitions.length === 0 && isSameUndefined(name, uri, reference);
    return isMeant ? [{ reference, definitions }] : [];
  });
}

function isSameUndefined(name: ObjectName, uri: string, { value, uri: other }: Known<ReferenceFact>): boolean {
  if (name.namespace !== value.namespace) return false;
  return name.namespace !== undefined || isClusterWide(name.kind) || toFolder(uri) === toFolder(other);
}

function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
