import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod } from '../pod-security/_example';
import { readImage } from './_image';
import { isMovingTag } from './_moving-tags';
import { isTagReplaced } from './_sources';

export default defineRule({
  id: 'image-tag-mutable',
  category: 'image',
  title: 'Image tag that moves',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'never',
  standards: ['k8s/container-images', 'nsa/secure-images', 'cis/5.5.1'],
  docs: {
    what: 'A container’s image has no tag, or one such as `latest` that is meant to move.',
    why: 'What runs depends on when a node pulled the image: two pods of one Deployment can run different programs, a rollback does not roll back, and whoever can push the tag runs code in the cluster without a change to any manifest.',
    remedy:
      'Name a version, and better its digest: `image: registry.example.com/web:1.4.2@sha256:…`. Tools such as Renovate keep both up to date. Which version is right is not in this file, so there is no fix to offer.',
    flags: toHardenedPod().replace('web:1.4.2', 'web:latest'),
    passes: toHardenedPod(),
  },
  visit: {
    *container(container, { workspace }) {
      const at = container.ref.get('image');
      const image = at.isPresent ? readImage(at.string) : undefined;
      if (!image || image.digest !== undefined) return;
      if (image.tag !== undefined && !isMovingTag(image.tag)) return;
      if (isTagReplaced(image.name, workspace)) return;
      const what = image.tag === undefined ? 'without a tag, which means "latest"' : `by the moving tag "${image.tag}"`;
      yield {
        at,
        message: `The ${describeContainer(container)} names its image "${at.string}" ${what}: what runs depends on when it was pulled.`,
      };
    },
  },
});
