import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import type { Ref } from '../../syntax/ref';

/** How many characters a policy has as AWS counts them, white space left out; undefined where a part is not known. */
export function getLength(ref: Ref): number | undefined {
  if (ref.isMapping) {
    const parts = ref.entries().map(([key, value]) => {
      const length = hasPlaceholder(key) ? undefined : getLength(value);
      return length === undefined ? undefined : JSON.stringify(key).length + 1 + length;
    });
    return toSum(parts);
  }
  if (ref.isSequence) return toSum(ref.items().map(getLength));
  const text = getLiteral(ref);
  if (text === undefined || hasPlaceholder(text)) return undefined;
  return JSON.stringify(text.replace(/\s+/g, '')).length;
}

function toSum(parts: readonly (number | undefined)[]): number | undefined {
  let sum = 2 + Math.max(0, parts.length - 1);
  for (const part of parts) {
    if (part === undefined) return undefined;
    sum += part;
  }
  return sum;
}
