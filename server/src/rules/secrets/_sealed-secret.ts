import type { PlainValue } from '../../engine/operation';

/** The group and version of Sealed Secrets' API. */
export const SEALED_SECRET_VERSION = 'bitnami.com/v1alpha1';

/** What people replace by what `kubeseal --raw` gives. */
const ENCRYPTED = 'REPLACE-WITH-THE-OUTPUT-OF-KUBESEAL';

/** The spec of a SealedSecret whose values are still to be encrypted. */
export function toSealedSpec(keys: readonly string[], type?: string): { [key: string]: PlainValue } {
  const encryptedData = Object.fromEntries(keys.map((key) => [key, ENCRYPTED]));
  return type === undefined ? { encryptedData } : { encryptedData, template: { type } };
}
