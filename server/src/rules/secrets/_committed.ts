import type { Resource } from '../../model/kubernetes/resource';
import { decodeBase64 } from '../../model/kubernetes/secret-formats';
import { isSecretName } from '../../model/kubernetes/secret-names';
import { findSecretInFile } from '../../model/kubernetes/secret-text';
import { isPlaceholder, isPublicValue, isRandomLooking } from '../../model/kubernetes/secret-values';
import { findByFormat, MAX_SCANNED_LENGTH } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';
import { isToBeReplaced } from './_example-comment';

/** One value of a Secret that is there to be read. */
export interface CommittedValue {
  readonly key: string;
  readonly at: Ref;
  /** What it is, with an article, where its format says so. */
  readonly label: string | undefined;
}

// Helm's own record of a release, and the tokens that the control plane fills in.
const OTHER_TYPES: ReadonlySet<string> = new Set(['helm.sh/release.v1', 'kubernetes.io/service-account-token']);

/** True for a Secret whose values are encrypted by SOPS: it says so at its root. */
export function isEncrypted({ root }: Resource): boolean {
  return root.get('sops').isWritten;
}

/** The values of a Secret that are secrets and stand there for all to read; not placeholders, names, addresses, certificates. */
export function findCommittedValues(resource: Resource): CommittedValue[] {
  const { root } = resource;
  if (isEncrypted(resource) || OTHER_TYPES.has(root.get('type').string ?? '')) return [];
  return ['data', 'stringData'].flatMap((field) =>
    root
      .get(field)
      .entries()
      .flatMap(([key, at]): CommittedValue[] => {
        const written = at.isPresent ? at.string : undefined;
        if (written === undefined || written.length > MAX_SCANNED_LENGTH) return [];
        const text = field === 'data' ? (decodeBase64(written) ?? written) : written;
        const found = isPlaceholder(written) ? undefined : judge(key, text);
        const isReal = found && (found.label !== undefined || !isToBeReplaced(at));
        return isReal ? [{ key, at, label: found.label }] : [];
      }),
  );
}

const MIN_NAMED_LENGTH = 6;
const MIN_NAMELESS_LENGTH = 16;

/** Being in a Secret is a promise of its own: a short password under its name counts, and a long random value under any. */
function judge(key: string, text: string): { label: string | undefined } | undefined {
  const known = findByFormat(text);
  if (known) return { label: known.label };
  if (hasRegistryPassword(text)) return { label: 'the password of an image registry' };
  const value = text.trim();
  if (/[\r\n]/.test(value)) return findSecretInFile(value) && { label: undefined };
  if (isPlaceholder(value) || isPublicValue(value) || isHashed(value)) return undefined;
  const isNamed = isSecretName(key) && value.length >= MIN_NAMED_LENGTH && /[^a-z_. -]|.{20}/.test(value);
  const isLong = value.length >= MIN_NAMELESS_LENGTH && isRandomLooking(value);
  return isNamed || isLong ? { label: undefined } : undefined;
}

/** A line of an htpasswd file. */
function isHashed(value: string): boolean {
  return /^[^\s:]{1,64}:(?:\$|\{S?SHA)/.test(value);
}

/** The `auth` or `password` of a Docker configuration. */
function hasRegistryPassword(text: string): boolean {
  if (!text.includes('"auths"')) return false;
  const auth = /"auth"\s{0,4}:\s{0,4}"([A-Za-z0-9+/=]{8,4000})"/.exec(text)?.[1];
  const pair = auth === undefined ? undefined : decodeBase64(auth);
  const written = /"password"\s{0,4}:\s{0,4}"([^"]{1,4000})"/.exec(text)?.[1];
  const password = pair?.slice(pair.indexOf(':') + 1) ?? written;
  return password !== undefined && !isPlaceholder(password);
}
