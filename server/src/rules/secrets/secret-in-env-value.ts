import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { findSecretVariables, toEnvFixes } from './_env';
import { atName, BY_VALUE, ROTATE, toSeverity } from './_words';

const toExample = (value: string) => `env:\n  - name: DB_PASSWORD\n    ${value}`;

export default defineRule({
  id: 'secret-in-env-value',
  category: 'secrets',
  title: 'Secret in an environment variable',
  severity: 'error',
  confidence: 'medium',
  fixable: 'always',
  standards: ['cis/5.4.1', 'nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'The `value` of a container’s environment variable is a password, key or token in plain text.',
    why: 'It can be read by everyone who may see the file, its history, or the pod: `kubectl get pod` is allowed to many who may not read Secrets.',
    remedy: `${ROTATE} Keep the new one in a secret store or a Secret and let the variable refer to it with \`secretKeyRef\`, or better, mount it as a file. The fixes take the value out of the file and do not write it anywhere else: make the Secret, or put the value into your store, before you roll out, because the container does not start without it.

${BY_VALUE}`,
    flags: toPlainPod({ container: toExample('value: tR7#kq9Lw2vX') }),
    passes: toHardenedPod({
      container: toExample('valueFrom:\n      secretKeyRef:\n        name: db\n        key: password'),
    }),
  },
  visit: {
    *pod(pod) {
      const variables = findSecretVariables(pod);
      for (const variable of variables) {
        const { container, entry, name, found } = variable;
        yield {
          ...atName(entry.get('name'), entry.get('value')),
          severity: toSeverity(found),
          message: `The variable "${name}" of ${describeContainer(container)} holds ${found.label} in plain text.`,
          fixes: toEnvFixes(variable, variables, pod),
        };
      }
    },
  },
});
