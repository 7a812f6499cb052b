import type { Tree } from '../../syntax/node';
import { Ref } from '../../syntax/ref';
import { readImageUser } from '../dockerfile/image-user';
import type { Fact } from './fact';

/** What a document says of how images are built and replaced: a Dockerfile, a Skaffold configuration, a kustomization. */
export function readImageFacts(tree: Tree): Fact[] {
  if (!tree.isReliable || !tree.root) return [];
  const root = Ref.root(tree);
  if (tree.language === 'dockerfile') {
    return [{ topic: 'dockerfile', key: 'all', value: { user: readImageUser(root) }, path: [] }];
  }
  const group = root.get('apiVersion').string?.split('/')[0];
  if (group === 'skaffold') return readArtifacts(root);
  const isKustomization = group === 'kustomize.config.k8s.io' || (group === undefined && !root.get('kind').isWritten);
  return isKustomization ? readReplacements(root) : [];
}

/** Source: skaffold.yaml, `build.artifacts` and `docker` of an artifact. */
function readArtifacts(root: Ref): Fact[] {
  return root
    .get('build', 'artifacts')
    .items()
    .flatMap((artifact): Fact[] => {
      const image = artifact.get('image').string;
      const context = artifact.get('context').string ?? '.';
      const file = artifact.get('docker', 'dockerfile').string ?? 'Dockerfile';
      if (image === undefined) return [];
      const value = { kind: 'built' as const, dockerfile: `${context}/${file}` };
      return [{ topic: 'image-source', key: image, value, path: artifact.path }];
    });
}

/** Source: kustomize, `images` of a kustomization. */
function readReplacements(root: Ref): Fact[] {
  return root
    .get('images')
    .items()
    .flatMap((entry): Fact[] => {
      const name = entry.get('name').string;
      const [tag, digest] = [entry.get('newTag').string, entry.get('digest').string];
      if (name === undefined || (tag === undefined && digest === undefined)) return [];
      return [{ topic: 'image-source', key: name, value: { kind: 'replaced', tag, digest }, path: entry.path }];
    });
}
