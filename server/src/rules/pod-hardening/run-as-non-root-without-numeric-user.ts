import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { getEffective, isMeantForWindows } from '../../model/kubernetes/pod-inheritance';
import { toHardenedPod } from '../pod-security/_example';
import { findUserOfImage } from '../pod-security/_image-user';

const DOCKERFILE = `FROM node:22
RUN useradd --uid 1200 app
COPY . /srv
USER app
`;

const POD = toHardenedPod().replace(/ *runAsUser: \d+\n/, '');

export default defineRule({
  id: 'run-as-non-root-without-numeric-user',
  category: 'pod-hardening',
  title: 'Non-root demanded of an image that names its user',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/security-context'],
  docs: {
    what: 'A container must not run as root (`runAsNonRoot: true`) and sets no `runAsUser`, and the Dockerfile that builds its image here ends as a user by name, or as root.',
    why: 'The kubelet has only the configuration of the image to go by. A name does not tell that its user is not root, so the container is not started: it stays in `CreateContainerConfigError`, with the words "image has non-numeric user". An image that starts as root is refused in the same way.',
    remedy:
      "Set `runAsUser` to the number that the Dockerfile gives to the user, or write the number in the Dockerfile: `USER 1200`. The Dockerfile of an image is the one that `skaffold.yaml` names; else, for an image of a registry of your own, the one in a folder of the image's name, or named after it.",
    flags: {
      'web.yaml': POD,
      'web/Dockerfile': DOCKERFILE,
    },
    passes: {
      'web.yaml': POD,
      'web/Dockerfile': DOCKERFILE.replace('USER app', 'USER 1200'),
    },
  },
  visit: {
    *container(container, { workspace }) {
      if (isMeantForWindows(container.pod)) return;
      if (getEffective(container, 'runAsNonRoot').boolean !== true) return;
      const at = container.ref.get('image');
      const dockerfile = findUserOfImage(container, workspace);
      const user = dockerfile?.value.user;
      if (!dockerfile || (user?.kind !== 'named' && user?.kind !== 'root')) return;
      const who =
        user.kind === 'named'
          ? `as "${user.name}", a name that does not tell its number`
          : user.base === undefined
            ? 'as root'
            : `as root, as its base image "${user.base}" does`;
      yield {
        at,
        message: `The ${describeContainer(container)} is not to run as root, but its image starts ${who}: the kubelet will refuse to start it (CreateContainerConfigError).`,
        related: [{ place: { ...dockerfile.place, path: user.path }, message: 'The user of the image' }],
        fixes: user.kind === 'named' && user.uid !== undefined ? [toFix(container, user.uid)] : [],
      };
    },
  },
});

function toFix(container: Container, uid: number): Fix {
  const at = container.securityContext.get('runAsUser');
  return { title: `Set runAsUser: ${uid}`, safety: 'unsafe', operations: [{ op: 'set', at, value: uid }] };
}
