import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { readPlainEntries } from './_plain-values';
import { atKey } from './_words';

const toExample = (username: string) => `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
data:
  username: ${username}
`;

// One word and the end of its line. Lists of hosts, keys of SSH and the like have blanks in them, and JSON has its brackets.
const WORD_AND_NEWLINE = /^[^\s{[]\S{0,500}\r?\n$/;

/** A key that is the name of a file, whose last line may well end. */
const FILE_NAME = /\.[A-Za-z]\w*$/;

export default defineRule({
  id: 'secret-data-trailing-newline',
  category: 'secrets',
  title: 'Line end in a Secret’s value',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/secrets-good-practices'],
  docs: {
    what: 'A value of a Secret is one word with a line end behind it.',
    why: 'The line end belongs to the value: a password that ends so is another password, and a header made of such a token is refused. It comes from `echo password | base64`, or from a block (`|`) below `stringData`, and nobody sees it.',
    remedy:
      'Encode with `printf %s` or `echo -n`; below `stringData` write the value on the line of its key, or in a block with `|-`. The fix takes the line end away: where a password was set with it, set it anew. Keys that are names of files (`token.txt`) are not reported.',
    flags: toExample('c2hvcC13ZWIK'),
    passes: toExample('c2hvcC13ZWI='),
  },
  visit: {
    *resource(resource) {
      for (const { field, key, at, text } of readPlainEntries(resource)) {
        if (FILE_NAME.test(key) || !WORD_AND_NEWLINE.test(text) || isLineOfFile(text)) continue;
        const plain = text.trimEnd();
        const value = field === 'data' ? btoa(plain) : plain;
        yield {
          ...atKey(at),
          message: `The value of "${key}" in ${describeResource(resource)} ends with a line end, which pods get as a part of it.`,
          fixes: [
            {
              title: 'Take the line end away',
              safety: 'unsafe',
              isConfidential: true,
              operations: [{ op: 'set', at, value }],
            },
          ],
        };
      }
    },
  },
});

/** A line of htpasswd, or one between the dashes of a key: their files end with a line end. */
function isLineOfFile(text: string): boolean {
  return /^[^\s:]{1,64}:(?:\$|\{S?SHA)/.test(text) || text.startsWith('-----');
}
