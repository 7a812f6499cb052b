import { defineRule } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { AWS_TOKEN_PATH } from '../service-account/_token-volumes';
import { toPodExample } from './_pod-example';
import { findRoleOfPod, getEnvText, hasPodIdentity, readEnv, toRolePlace } from './_pod-role';

const ROLE = 'AWS_ROLE_ARN';
const FILE = 'AWS_WEB_IDENTITY_TOKEN_FILE';

export default defineRule({
  id: 'irsa-env-preset',
  category: 'irsa',
  title: 'Variables of the webhook set by hand',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['aws/irsa-pod-configuration'],
  docs: {
    what: `A container of a pod whose ServiceAccount has a role sets \`${ROLE}\` or \`${FILE}\` itself.`,
    why: 'The webhook of EKS leaves both out of a container that has one of them. With the role alone the SDK has no token to show, and with the file alone no role to ask for; with both, the role of the annotation is not the one that counts.',
    remedy: 'Remove the variables: the webhook sets them to the role of the account and to the file of its token.',
    flags: toPodExample({
      container: `env:\n  - name: ${ROLE}\n    value: arn:aws:iam::111122223333:role/s3-reader\n`,
    }),
    passes: toPodExample({}),
  },
  visit: {
    *container(container, context) {
      const env = readEnv(container);
      const [role, file] = [env.get(ROLE), env.get(FILE)];
      const entry = role ?? file;
      const known = entry && findRoleOfPod(container.pod, context);
      if (!entry || !known || hasPodIdentity(container.pod, context)) return;
      const [roleText, fileText] = [getEnvText(role), getEnvText(file)];
      const isFileRight = fileText?.startsWith(`${AWS_TOKEN_PATH}/`);
      // A file of another place is a token that the pod is given by hand, and with a role that is not known nothing is.
      if (role && file && (!isFileRight || roleText === undefined || roleText === known.roleArn)) return;
      if (role && !role.get('value').isPresent && file) return;
      // With a file alone, the role may be named by what the program is started with or configured by.
      if (!role && !isFileRight && mayNameRole(container)) return;
      const which = describeContainer(container);
      const message =
        role && file
          ? `The ${which} asks for "${roleText}", and not for the role of its ServiceAccount, "${known.roleArn}".`
          : `The ${which} sets "${role ? ROLE : FILE}" itself, so the webhook adds neither it nor "${role ? FILE : ROLE}": the SDK gets no role.`;
      yield {
        at: entry.get('name'),
        message,
        related: [{ place: toRolePlace(known.account), message: 'The role of the ServiceAccount' }],
        fixes: [
          {
            title: role && file ? 'Remove both variables' : 'Remove the variable',
            safety: 'unsafe',
            operations: [role, file].flatMap((at) => (at ? [{ op: 'remove', at, upTo: 1 } as const] : [])),
          },
        ],
      };
    },
  },
});

function mayNameRole(container: Container): boolean {
  const { ref } = container;
  const isConfigured = [...readEnv(container).keys()].some((name) =>
    /^AWS_(?:CONFIG_FILE|PROFILE|SHARED_CREDENTIALS_FILE)$/.test(name),
  );
  const started = [...ref.get('command').items(), ...ref.get('args').items()];
  const isOpen = !ref.get('envFrom').isAbsent || started.some((one) => one.isUnknown);
  return isConfigured || isOpen || started.some(({ string }) => /role/i.test(string ?? ''));
}
