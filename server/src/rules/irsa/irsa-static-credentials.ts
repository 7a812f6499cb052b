import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toPodExample } from './_pod-example';
import { findRoleOfPod, getEnvText, readEnv, toRolePlace } from './_pod-role';

/** What every SDK takes before it looks for a token. */
const STATIC = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'];

const toVariable = (name: string) =>
  `env:\n  - name: ${name}\n    valueFrom:\n      secretKeyRef:\n        name: aws\n        key: id\n`;

export default defineRule({
  id: 'irsa-static-credentials',
  category: 'irsa',
  title: 'Access key set where the account has a role',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-pod-configuration', 'aws/service-accounts'],
  docs: {
    what: 'A container sets an access key or a profile of AWS, and the ServiceAccount of its pod has an IAM role.',
    why: 'Every SDK takes these variables before it looks for a token. The pod works with the key, whose rights may be others and which never expires, and the role is never used.',
    remedy:
      'Remove the variables, and then the key. A key that is needed for a service that only looks like AWS belongs under a name of its own.',
    flags: toPodExample({ container: toVariable('AWS_ACCESS_KEY_ID') }),
    passes: toPodExample({}),
  },
  visit: {
    *container(container, context) {
      const env = readEnv(container);
      const set = STATIC.flatMap((name) => {
        const entry = env.get(name);
        // An empty variable is none to an SDK.
        return entry && getEnvText(entry) !== '' ? [{ name, entry }] : [];
      });
      const [first] = set;
      // An endpoint of its own is a service that only looks like AWS.
      if (!first || [...env.keys()].some((name) => /ENDPOINT/.test(name) && name !== 'AWS_STS_REGIONAL_ENDPOINTS'))
        return;
      const known = findRoleOfPod(container.pod, context);
      if (!known) return;
      yield {
        at: first.entry.get('name'),
        message: `The ${describeContainer(container)} sets ${set.map(({ name }) => `"${name}"`).join(', ')}, which SDKs take before the role of ServiceAccount "${known.account.value.name}".`,
        related: [{ place: toRolePlace(known.account), message: 'The role that is not used' }],
        fixes: [
          {
            title: set.length === 1 ? 'Remove the variable' : 'Remove the variables',
            safety: 'unsafe',
            operations: set.map(({ entry }) => ({ op: 'remove', at: entry, upTo: 1 })),
          },
        ],
      };
    },
  },
});
