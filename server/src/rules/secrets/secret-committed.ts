import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { findCommittedValues } from './_committed';
import { toCommittedFixes } from './_committed-fixes';
import { atKey, ROTATE, toNames } from './_words';

const toExample = (value: string) => `apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
type: Opaque
stringData:
  username: web
  password: ${value}
`;

export default defineRule({
  id: 'secret-committed',
  category: 'secrets',
  title: 'Secret with its values in the file',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['cis/5.4.2', 'nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A Secret is written down with real values in `data` or `stringData`.',
    why: 'Base64 is no encryption. Whoever can read the file, a clone of the repository or any commit that ever held it has the secret, and no RBAC rule of the cluster changes that.',
    remedy: `${ROTATE} Keep the values in a secret store and only a reference in the file (External Secrets Operator, Secrets Store CSI driver), or encrypt them (Sealed Secrets, SOPS). The fixes make an ExternalSecret or a SealedSecret of the Secret: they take the values out and name the keys. Put the values into your store and its name into \`secretStoreRef\`, or what \`kubeseal --raw\` gives for each value into \`encryptedData\`, before you apply it.

Not reported: Secrets that SOPS has encrypted, SealedSecrets, values that are empty, placeholders (\`changeme\`, \`<token>\`, \`\${TOKEN}\`), words that everybody knows (\`password\`, \`admin\`), user names, addresses, certificates and public keys. A format that only secrets have is an error. No message shows the value.`,
    flags: toExample('tR7#kq9Lw2vX'),
    passes: toExample('changeme'),
  },
  visit: {
    *resource(resource) {
      if (resource.kind !== 'Secret' || resource.group !== '') return;
      const values = findCommittedValues(resource);
      const [first] = values;
      if (!first) return;
      const known = values.find(({ label }) => label !== undefined);
      const { key, at, label } = known ?? first;
      const others = values.filter((value) => value.key !== key).map((value) => value.key);
      const more = others.length > 0 ? `, and real values for ${toNames(others)}` : '';
      const what = label === undefined ? `a real value for "${key}"` : `${label} under "${key}"`;
      yield {
        ...atKey(at),
        severity: known ? 'error' : 'warning',
        message: `${describeResource(resource)} holds ${what}${more}: whoever can read this file or its history has it.`,
        fixes: toCommittedFixes(resource),
      };
    },
  },
});
