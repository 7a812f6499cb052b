import type { Workspace } from '../../model/workspace/workspace';
import { isMovingTag } from './_moving-tags';

/** True where the tag that is written is not the one that is deployed: Skaffold or kustomize puts a fixed one in its place. */
export function isTagReplaced(image: string, workspace: Workspace): boolean {
  return workspace.find('image-source', image).some(({ value }) => {
    if (value.kind === 'built' || value.digest !== undefined) return true;
    return value.tag !== undefined && !isMovingTag(value.tag);
  });
}

/** True where kustomize adds a digest to the image. */
export function isDigestAdded(image: string, workspace: Workspace): boolean {
  return workspace
    .find('image-source', image)
    .some(({ value }) => value.kind === 'replaced' && value.digest !== undefined);
}
