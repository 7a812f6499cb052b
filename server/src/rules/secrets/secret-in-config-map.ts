import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { findSecret, findSecretInFile } from '../../model/kubernetes/secrets';
import { atKey, BY_VALUE, ROTATE, toSeverity } from './_words';

const toExample = (password: string) => `apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  app.properties: |
    db.user=web
    db.password=${password}
`;

export default defineRule({
  id: 'secret-in-config-map',
  category: 'secrets',
  title: 'Secret in a ConfigMap',
  severity: 'error',
  confidence: 'medium',
  fixable: 'never',
  standards: ['nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A ConfigMap contains a password, key or token: as a whole value, or within a file.',
    why: 'ConfigMaps are readable to nearly everyone who may look into a namespace, are not encrypted at rest where Secrets are, and turn up in logs and diffs that leave Secrets out.',
    remedy: `${ROTATE} Move the value to a Secret, or to a secret store with an operator that makes the Secret, and let the pods read it from there. Where a program wants it in the middle of its configuration file, keep the whole file in a Secret, or let the program replace a placeholder from its environment. The first secret of each key is reported.

${BY_VALUE}`,
    flags: toExample('tR7#kq9Lw2vX'),
    passes: toExample('$(DB_PASSWORD)'),
  },
  visit: {
    *resource(resource) {
      const { kind, group, root } = resource;
      if (kind !== 'ConfigMap' || group !== '') return;
      for (const [key, at] of root.get('data').entries()) {
        const text = at.scalar?.value;
        if (typeof text !== 'string') continue;
        const isFile = text.trimEnd().includes('\n');
        const found = isFile ? findSecretInFile(text) : findSecret(key, text);
        if (!found) continue;
        const line = text.slice(0, found.start).split('\n').length;
        const name = found.name === undefined ? '' : `, "${found.name}"`;
        const place = isFile ? ` (line ${line} of its value${name})` : '';
        yield {
          ...atKey(at),
          severity: toSeverity(found),
          message: `The key "${key}" of ${describeResource(resource)} holds ${found.label} in plain text${place}.`,
        };
      }
    },
  },
});
