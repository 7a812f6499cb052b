import { isTypo } from '../../model/iam/near';
import type { DataFact, DataKind } from '../../model/workspace/data-topics';
import type { Known } from '../../model/workspace/fact';
import type { Workspace } from '../../model/workspace/workspace';
import { foldName } from '../../text/distance';

/** Where a name that nothing has is written. */
export interface Asked {
  readonly kind: DataKind;
  readonly name: string;
  /** As written; undefined where none is. */
  readonly namespace: string | undefined;
  readonly uri: string;
}

const MAX_CHANGES = 2;

/**
 * The one Secret or ConfigMap that is most likely meant by a name that none has: of the namespace that both write, or of the
 * same folder where one of them leaves it open; undefined where several are near.
 */
export function findMeantData(asked: Asked, workspace: Workspace): Known<DataFact> | undefined {
  const { kind, name, namespace, uri } = asked;
  const byLength = workspace.conclude(`${kind}s by the length of their names`, (facts) => toByLength(facts, kind));
  const near: Known<DataFact>[] = [];
  // A separator more or less is another spelling, whatever the length.
  for (let length = name.length - MAX_CHANGES; length <= name.length + MAX_CHANGES; length++) {
    for (const known of byLength.get(length) ?? []) {
      const { value } = known;
      const isHere =
        namespace !== undefined && value.namespace !== undefined
          ? value.namespace === namespace
          : toFolder(known.uri) === toFolder(uri);
      if (isHere && isNear(name, value.name)) near.push(known);
    }
  }
  const names = new Set(near.map(({ value }) => value.name));
  return names.size === 1 ? near[0] : undefined;
}

/** True for a name that looks like a slip of the pen for the other, or another spelling of it. */
export function isNear(name: string, other: string): boolean {
  return foldName(name) === foldName(other) || isTypo(name, other);
}

function toByLength(workspace: Workspace, kind: DataKind): ReadonlyMap<number, readonly Known<DataFact>[]> {
  const byLength = new Map<number, Known<DataFact>[]>();
  for (const known of workspace.all('data')) {
    if (known.value.kind !== kind) continue;
    const { length } = known.value.name;
    const list = byLength.get(length);
    if (list) list.push(known);
    else byLength.set(length, [known]);
  }
  return byLength;
}

function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
