import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { toFileFixes } from './_env-file';

const FROM_SECRET =
  'env:\n  - name: DB_PASSWORD\n    valueFrom:\n      secretKeyRef:\n        name: db\n        key: password';

export default defineRule({
  id: 'secret-read-into-environment',
  category: 'secrets',
  title: 'Secret read into the environment',
  severity: 'info',
  confidence: 'high',
  fixable: 'sometimes',
  isDefault: false,
  standards: ['cis/5.4.1', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A container takes a value of a Secret, or all of them, into its environment.',
    why: 'Every process that the program starts inherits its environment; crash reports, debug pages and `docker inspect` show it; and it keeps the old value until the container starts anew. A file is read by whoever opens it, and follows the Secret.',
    remedy:
      'Mount the Secret as a volume and let the program read the file. The fix leaves a variable with the path, `DB_PASSWORD_FILE` for `DB_PASSWORD`, as many images know it: see that yours does. The rule is off until it is switched on, since many programs can read nothing else.',
    flags: toPlainPod({ container: FROM_SECRET }),
    passes: toHardenedPod({ container: 'env:\n  - name: DB_PASSWORD_FILE\n    value: /var/run/secrets/db/password' }),
  },
  visit: {
    *container(container) {
      const who = `The ${describeContainer(container)}`;
      for (const entry of container.ref.get('env').items()) {
        const at = entry.get('valueFrom', 'secretKeyRef');
        if (!at.isMapping) continue;
        const [name = '', secret = ''] = [entry.get('name').string, at.get('name').string];
        yield {
          at,
          message: `${who} takes a value of Secret "${secret}" into its environment, as "${name}".`,
          fixes: toFileFixes(entry, container),
        };
      }
      for (const source of container.ref.get('envFrom').items()) {
        const at = source.get('secretRef');
        if (!at.isMapping) continue;
        yield { at, message: `${who} takes all of Secret "${at.get('name').string ?? ''}" into its environment.` };
      }
    },
  },
});
