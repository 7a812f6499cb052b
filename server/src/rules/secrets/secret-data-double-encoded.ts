import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { toInner } from './_base64';
import { type PlainEntry, readPlainEntries } from './_plain-values';
import { atKey } from './_words';

const toExample = (host: string) => `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
data:
  host: ${host}
`;

export default defineRule({
  id: 'secret-data-double-encoded',
  category: 'secrets',
  title: 'Secret data that is encoded twice',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/secrets-good-practices'],
  docs: {
    what: 'A value below `data` of a Secret is base64 of base64, or a value below `stringData` is base64 already.',
    why: 'Pods read the value with one layer of base64 taken off. What is encoded twice reaches the program encoded once: the log-in fails, and the value looks right to whoever decodes it once more than the cluster does.',
    remedy:
      'Encode once below `data`; below `stringData` write plain text and let the API server encode it. The fixes take one layer away: below `data` the value is replaced by what it stands for, and base64 below `stringData` moves to `data`. A program that decodes its setting by itself wants two layers: give the key a name that says so (`config-base64`), and it is not reported. User and password for HTTP Basic are not reported either.',
    flags: toExample('WkdJdWMyaHZjQzVsZUdGdGNHeGw='),
    passes: toExample('ZGIuc2hvcC5leGFtcGxl'),
  },
  visit: {
    *resource(resource) {
      for (const entry of readPlainEntries(resource)) {
        const { field, key, at, text } = entry;
        if (/base64|b64|encoded/i.test(key) || toInner(text) === undefined) continue;
        const said = field === 'data' ? 'is base64 of base64' : 'is base64 already, which stringData encodes once more';
        yield {
          ...atKey(at),
          message: `The value of "${key}" in ${describeResource(resource)} ${said}: pods get it still encoded.`,
          fixes: toFixes(entry, resource),
        };
      }
    },
  },
});

function toFixes({ field, key, at, text }: PlainEntry, { root }: Resource): Fix[] {
  const value = text.trim();
  // What a secret is can be told once it stands there in the open.
  const reveals = ['secret-committed', 'secret-data-trailing-newline'];
  if (field === 'data') {
    return [
      {
        title: 'Take one layer of base64 away',
        safety: 'unsafe',
        isConfidential: true,
        operations: [{ op: 'set', at, value }],
        reveals,
      },
    ];
  }
  if (root.get('data', key).isWritten) return [];
  return [
    {
      title: 'Move it to data',
      safety: 'unsafe',
      isConfidential: true,
      operations: [
        { op: 'set', at: root.get('data', key), value },
        { op: 'remove', at, upTo: 1 },
      ],
      reveals,
    },
  ];
}
