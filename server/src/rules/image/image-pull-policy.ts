import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod } from '../pod-security/_example';
import { readImage } from './_image';
import { isMovingTag } from './_moving-tags';
import { isTagReplaced } from './_sources';

export default defineRule({
  id: 'image-pull-policy',
  category: 'image',
  title: 'Moving tag that is not pulled again',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/container-images'],
  docs: {
    what: 'A container uses a tag that is meant to move, and does not pull it at each start.',
    why: 'Each node keeps the image that it pulled first, so that pods of one workload run different programs. On a shared node, the policy also lets a pod use an image that it has no right to pull.',
    remedy:
      'Name a version or a digest. With a moving tag, set `imagePullPolicy: Always`, which is the default only for `latest` and for no tag.',
    flags: toHardenedPod({ container: 'imagePullPolicy: IfNotPresent' }).replace('web:1.4.2', 'web:latest'),
    passes: toHardenedPod({ container: 'imagePullPolicy: IfNotPresent' }),
  },
  visit: {
    *container(container, { workspace }) {
      const ref = container.ref.get('image');
      const at = container.ref.get('imagePullPolicy');
      const image = ref.isPresent ? readImage(ref.string) : undefined;
      if (!image || image.digest !== undefined || at.isUnknown || at.string === 'Always') return;
      const tag = image.tag ?? 'latest';
      if (!isMovingTag(tag) || (at.isAbsent && tag === 'latest')) return;
      if (isTagReplaced(image.name, workspace)) return;
      yield {
        at,
        message: `The ${describeContainer(container)} uses the moving tag "${tag}" and ${
          at.isPresent
            ? `pulls it ${at.string === 'Never' ? 'never' : 'only once per node'}`
            : 'pulls it only once per node'
        }.`,
        fixes: [
          { title: 'Set imagePullPolicy: Always', safety: 'unsafe', operations: [{ op: 'set', at, value: 'Always' }] },
        ],
      };
    },
  },
});
