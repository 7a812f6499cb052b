import type { Container } from '../../model/kubernetes/pod';
import { getEffective } from '../../model/kubernetes/pod-inheritance';
import type { Known } from '../../model/workspace/fact';
import { findDockerfile } from '../../model/workspace/image-builds';
import type { DockerfileFact } from '../../model/workspace/image-topics';
import type { Workspace } from '../../model/workspace/workspace';
import { readImage } from '../image/_image';

/** The Dockerfile of the workspace that says who a container starts as, where the container itself sets no user. */
export function findUserOfImage(container: Container, workspace: Workspace): Known<DockerfileFact> | undefined {
  if (!getEffective(container, 'runAsUser').isAbsent) return undefined;
  const at = container.ref.get('image');
  const image = at.isPresent ? readImage(at.string) : undefined;
  return image && findDockerfile(image.name, workspace);
}

/** The number of the user that an image names without it: the kubelet does not take a name for somebody who is not root. */
export function getNamedUserId(container: Container, workspace: Workspace): number | undefined {
  const user = findUserOfImage(container, workspace)?.value.user;
  return user?.kind === 'named' ? user.uid : undefined;
}
