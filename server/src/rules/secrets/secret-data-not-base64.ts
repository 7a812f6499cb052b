import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { decodeBase64 } from '../../model/kubernetes/secret-formats';
import { isPlaceholder } from '../../model/kubernetes/secret-values';
import type { Ref } from '../../syntax/ref';
import { toMended } from './_base64';
import { isEncrypted } from './_committed';
import { atKey } from './_words';

const toExample = (lines: string) => `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
${lines}`;

export default defineRule({
  id: 'secret-data-not-base64',
  category: 'secrets',
  title: 'Secret data that is not base64',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/secrets-good-practices'],
  docs: {
    what: 'A value below `data` of a Secret is not base64.',
    why: 'The API server refuses the Secret: `illegal base64 data`. Pods that need it do not start, or keep what was there before.',
    remedy:
      'Plain text belongs below `stringData`, where the API server encodes it; the fix moves it there. Where the text is base64 with its padding or with blanks gone wrong, it is mended in place. Values that stand for others (`<password>`, `${PASSWORD}`, what SOPS has encrypted) are not reported.',
    flags: toExample('data:\n  host: db.shop.example\n'),
    passes: toExample('data:\n  host: ZGIuc2hvcC5leGFtcGxl\n'),
  },
  visit: {
    *resource(resource) {
      const { kind, group, root } = resource;
      if (kind !== 'Secret' || group !== '' || isEncrypted(resource)) return;
      for (const [key, at] of root.get('data').entries()) {
        const scalar = at.isPresent ? at.scalar : undefined;
        if (!scalar || (typeof scalar.value === 'string' && isFine(scalar.value))) continue;
        const isText = typeof scalar.value === 'string';
        yield {
          ...atKey(at),
          message: `The value of "${key}" in ${describeResource(resource)} is ${isText ? 'not base64' : `a ${typeof scalar.value} and not base64 in a string`}, so the API server refuses the Secret.`,
          fixes: toFixes(key, at, resource),
        };
      }
    },
  },
});

/** What is encoded, or is not there yet. */
function isFine(text: string): boolean {
  return decodeBase64(text) !== undefined || isPlaceholder(text);
}

function toFixes(key: string, at: Ref, { root }: Resource): Fix[] {
  const text = at.scalar?.text;
  if (text === undefined || root.get('stringData', key).isWritten) return [];
  const mended = toMended(text);
  if (mended !== undefined) {
    return [
      {
        title: 'Mend the base64',
        safety: 'safe',
        isConfidential: true,
        operations: [{ op: 'set', at, value: mended }],
      },
    ];
  }
  return [
    {
      title: 'Move it to stringData',
      safety: 'safe',
      isConfidential: true,
      operations: [
        { op: 'set', at: root.get('stringData', key), value: text },
        { op: 'remove', at, upTo: 1 },
      ],
    },
  ];
}
