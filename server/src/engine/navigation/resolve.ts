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

/**
 * The definitions that a name in a file means, in the order of files and places; those of a definition's own name include it.
 * A file that both defines and names an object is a bundle by itself, of which a repository may hold several.
 */
export function findDefinitions(workspace: Workspace, name: ObjectName, uri: string): readonly Known<DefinitionFact>[] {
  const key = toObjectKey(name);
  const all = workspace.find('definition', key);
  const meant = isClusterWide(name.kind)
    ? all
    : chooseMeant(all, ({ namespace }) => namespace, name.namespace, uri, true);
  const own = meant.filter((one) => one.uri === uri);
  if (own.length === 0 || own.length === meant.length) return meant;
  const isNamedThere = workspace
    .find('reference', key)
    .some((one) => one.uri === uri && one.value.namespace === name.namespace);
  return isNamedThere ? own : meant;
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
    // One file means the same by the same name.
    const key = `${reference.value.namespace ?? ''}\n${reference.uri}`;
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
