import type { Fix, Operation, PlainValue } from '../../engine/operation';
import type { Resource } from '../../model/kubernetes/resource';
import { EXTERNAL_SECRET_VERSION, toExternalSpec } from './_external-secret';
import { SEALED_SECRET_VERSION, toSealedSpec } from './_sealed-secret';

/** Makes of a Secret what fetches or decrypts its values; they themselves go, and are written nowhere else. */
export function toCommittedFixes({ root, name }: Resource): Fix[] {
  const fields = ['data', 'stringData'].map((field) => root.get(field));
  if (name === undefined || root.get('spec').isWritten || fields.some((field) => field.isUnknown)) return [];
  const keys = [...new Set(fields.flatMap((field) => field.keys()))];
  const type = root.get('type');
  const isSpecial = type.isPresent && type.string !== undefined && type.string !== 'Opaque';
  const gone = [...fields, type, root.get('immutable')].filter((field) => field.isWritten);
  const ownType = isSpecial ? type.string : undefined;
  const toOperations = (apiVersion: string, kind: string, spec: PlainValue): Operation[] => [
    { op: 'set', at: root.get('apiVersion'), value: apiVersion },
    { op: 'set', at: root.get('kind'), value: kind },
    ...gone.map((at): Operation => ({ op: 'remove', at })),
    { op: 'set', at: root.get('spec'), value: spec },
  ];
  return [
    {
      title: 'Turn it into an ExternalSecret, without the values',
      safety: 'unsafe',
      operations: toOperations(EXTERNAL_SECRET_VERSION, 'ExternalSecret', toExternalSpec(name, keys, ownType)),
    },
    {
      title: 'Turn it into a SealedSecret, to be filled in with what kubeseal gives',
      safety: 'unsafe',
      operations: toOperations(SEALED_SECRET_VERSION, 'SealedSecret', toSealedSpec(keys, ownType)),
    },
  ];
}
