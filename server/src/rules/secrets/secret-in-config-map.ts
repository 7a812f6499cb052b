import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { findSecretInFile } from '../../model/kubernetes/secret-text';
import { type FoundSecret, findSecret } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';
import { toSecretFixes } from './_config-map-fix';
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
  fixable: 'sometimes',
  standards: ['nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A ConfigMap contains a password, key or token: as a whole value, or within a file.',
    why: 'ConfigMaps are readable to nearly everyone who may look into a namespace, are not encrypted at rest where Secrets are, and turn up in logs and diffs that leave Secrets out.',
    remedy: `${ROTATE} Move the value to a Secret, or to a secret store with an operator that makes the Secret, and let the pods read it from there. Where a program wants it in the middle of its configuration file, keep the whole file in a Secret, or let the program replace a placeholder from its environment. The first secret of each key is reported. Of values that are a secret as a whole, the fix takes all out, adds an ExternalSecret for them, and lets the pods of the workspace read them from its Secret; it is not offered where a pod has one as a file.

${BY_VALUE}`,
    flags: toExample('tR7#kq9Lw2vX'),
    passes: toExample('$(DB_PASSWORD)'),
  },
  visit: {
    *resource(resource, context) {
      const { kind, group, root } = resource;
      if (kind !== 'ConfigMap' || group !== '') return;
      const found = root
        .get('data')
        .entries()
        .flatMap(([key, at]) => judge(key, at));
      const whole = found.filter(({ isFile, at }) => !isFile && !at.isShared).map(({ key }) => key);
      for (const { key, at, secret, isFile, line } of found) {
        const name = secret.name === undefined ? '' : `, "${secret.name}"`;
        const place = isFile ? ` (line ${line} of its value${name})` : '';
        yield {
          ...atKey(at),
          severity: toSeverity(secret),
          message: `The key "${key}" of ${describeResource(resource)} holds ${secret.label} in plain text${place}.`,
          fixes: whole.includes(key) ? toSecretFixes(whole, resource, context) : [],
        };
      }
    },
  },
});

interface Entry {
  readonly key: string;
  readonly at: Ref;
  readonly secret: FoundSecret;
  readonly isFile: boolean;
  /** The line of its value in which the secret stands, counted from one. */
  readonly line: number;
}

function judge(key: string, at: Ref): Entry[] {
  const text = at.string;
  if (text === undefined) return [];
  const whole = text.trimEnd().includes('\n') ? undefined : findSecret(key, text);
  const secret = whole ?? findSecretInFile(text);
  if (!secret) return [];
  return [{ key, at, secret, isFile: !whole, line: text.slice(0, secret.start).split('\n').length }];
}
