import type { Resource } from '../../model/kubernetes/resource';
import { decodeBase64 } from '../../model/kubernetes/secret-formats';
import { isPlaceholder } from '../../model/kubernetes/secret-values';
import { MAX_SCANNED_LENGTH } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';
import { isEncrypted } from './_committed';

/** One entry of a Secret with what pods will read. */
export interface PlainEntry {
  readonly field: 'data' | 'stringData';
  readonly key: string;
  readonly at: Ref;
  /** Byte by byte as Latin-1 where it was encoded. */
  readonly text: string;
}

/** The entries of a Secret that can be read: neither encrypted, nor placeholders, nor refused by the API server. */
export function readPlainEntries(resource: Resource): PlainEntry[] {
  const { kind, group, root } = resource;
  if (kind !== 'Secret' || group !== '' || isEncrypted(resource)) return [];
  return (['data', 'stringData'] as const).flatMap((field) =>
    root
      .get(field)
      .entries()
      .flatMap(([key, at]): PlainEntry[] => {
        const written = at.isPresent ? at.string : undefined;
        if (written === undefined || written.length > MAX_SCANNED_LENGTH || isPlaceholder(written)) return [];
        const text = field === 'data' ? decodeBase64(written) : written;
        return text === undefined || text === '' ? [] : [{ field, key, at, text }];
      }),
  );
}
