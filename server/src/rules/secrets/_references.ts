import type { DataFact, DataKind } from '../../model/workspace/data-topics';
import type { Known } from '../../model/workspace/fact';
import { toObjectKey } from '../../model/workspace/reference-topics';
import type { Workspace } from '../../model/workspace/workspace';

/** What the workspace holds or makes under a name that may be in a pod's namespace. */
export function findData(
  object: { readonly kind: DataKind; readonly name: string },
  namespace: string | undefined,
  workspace: Workspace,
): readonly Known<DataFact>[] {
  return workspace.find('data', toObjectKey(object)).filter(({ value }) => {
    return namespace === undefined || value.namespace === undefined || value.namespace === namespace;
  });
}
