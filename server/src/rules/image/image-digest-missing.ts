import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod } from '../pod-security/_example';
import { readImage } from './_image';
import { isDigestAdded } from './_sources';

export default defineRule({
  id: 'image-digest-missing',
  category: 'image',
  title: 'Image without a digest',
  severity: 'info',
  confidence: 'medium',
  fixable: 'never',
  isDefault: false,
  standards: ['cis/5.5.1', 'nsa/secure-images', 'k8s/container-images'],
  docs: {
    what: 'A container’s image is not named by its digest.',
    why: 'Any tag can be pushed again. Only a digest says which program runs, and only a signature over that digest says who made it.',
    remedy:
      'Write `image: registry.example.com/web:1.4.2@sha256:…`; tools such as Renovate add digests and keep them up to date. The rule is off until it is switched on.',
    flags: toHardenedPod(),
    passes: toHardenedPod().replace('web:1.4.2', `web:1.4.2@sha256:${'0'.repeat(64)}`),
  },
  visit: {
    *container(container, { workspace }) {
      const at = container.ref.get('image');
      const image = at.isPresent ? readImage(at.string) : undefined;
      if (!image || image.digest !== undefined || isDigestAdded(image.name, workspace)) return;
      yield { at, message: `The ${describeContainer(container)} names its image "${at.string}" without a digest.` };
    },
  },
});
