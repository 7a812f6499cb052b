import type { PlainValue } from '../../engine/operation';

/** What people replace by the name of their store. */
const STORE = 'REPLACE-WITH-YOUR-STORE';

/** The spec of an ExternalSecret that fills the keys of a Secret from an entry of the store with the Secret's name. */
export function toExternalSpec(name: string, keys: readonly string[], type?: string): { [key: string]: PlainValue } {
  return {
    refreshInterval: '1h',
    secretStoreRef: { kind: 'ClusterSecretStore', name: STORE },
    ...(type === undefined ? {} : { target: { template: { type } } }),
    data: keys.map((key) => ({ secretKey: key, remoteRef: { key: name, property: key } })),
  };
}

/** The group and version of the External Secrets Operator's API. */
export const EXTERNAL_SECRET_VERSION = 'external-secrets.io/v1';

/** An ExternalSecret that makes a Secret of its name, in the namespace given. */
export function toExternalSecret(name: string, namespace: string | undefined, keys: readonly string[]): PlainValue {
  return {
    apiVersion: EXTERNAL_SECRET_VERSION,
    kind: 'ExternalSecret',
    metadata: namespace === undefined ? { name } : { name, namespace },
    spec: toExternalSpec(name, keys),
  };
}
