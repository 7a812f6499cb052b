import type { Fix, Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { Resource } from '../../model/kubernetes/resource';
import type { DataUseFact } from '../../model/workspace/data-topics';
import type { Known } from '../../model/workspace/fact';
import { toObjectKey } from '../../model/workspace/reference-topics';
import { toExternalSecret } from './_external-secret';
import { toNames } from './_words';

/**
 * Takes values out of a ConfigMap and lets the pods of the workspace read them from a Secret, which an ExternalSecret makes.
 * None where a pod has one of them as a file: its path would be another.
 */
export function toSecretFixes(keys: readonly string[], resource: Resource, { workspace }: RuleContext): Fix[] {
  const { name, namespace, root } = resource;
  if (!name || keys.length === 0) return [];
  const secret = `${name}-secrets`;
  if (workspace.find('definition', toObjectKey({ kind: 'Secret', name: secret })).length > 0) return [];
  const uses = workspace.find('data-use', toObjectKey({ kind: 'ConfigMap', name })).filter(({ value }) => {
    const isHere = namespace === undefined || value.namespace === undefined || value.namespace === namespace;
    return isHere && (value.keys.length === 0 || value.keys.some((key) => keys.includes(key)));
  });
  if (uses.some(({ value }) => value.use === 'files')) return [];
  const operations: Operation[] = [
    ...keys.map((key): Operation => ({ op: 'remove', at: root.get('data', key), upTo: 1 })),
    ...uses.flatMap((use) => toOperations(use, secret)),
    { op: 'insertDocument', after: root, value: toExternalSecret(secret, namespace, keys) },
  ];
  const title = `Read ${toNames(keys)} from Secret "${secret}", and add an ExternalSecret that makes it`;
  return [{ title, safety: 'unsafe', operations }];
}

/** Paths end in `valueFrom`, `configMapKeyRef`, and in `envFrom`, the item and `configMapRef`. */
function toOperations({ value, place }: Known<DataUseFact>, secret: string): Operation[] {
  const above = (steps: number) => ({ ...place, path: place.path.slice(0, -steps) });
  if (value.use === 'environment') return [{ op: 'append', at: above(2), value: { secretRef: { name: secret } } }];
  const { path } = above(1);
  return [
    { op: 'set', at: { ...place, path: [...path, 'secretKeyRef'] }, value: { name: secret, key: value.keys[0] ?? '' } },
    { op: 'remove', at: place },
  ];
}
