import { defineRule } from '../../engine/rule';
import { describeContainer } from '../../model/kubernetes/pod';
import { toHardenedPod } from '../pod-security/_example';
import { readImage, toFullName } from './_image';

export default defineRule({
  id: 'image-registry-not-allowed',
  category: 'image',
  title: 'Image from a registry that is not allowed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'never',
  standards: ['cis/5.5.1', 'nsa/secure-images', 'k8s/container-images'],
  docs: {
    what: 'A container’s image comes from a registry that is not among `allowedRegistries`. The rule is silent until that list is configured.',
    why: 'An image from anywhere is a program from anyone. Where all images come through registries of one’s own, they are scanned, signed and still there tomorrow.',
    remedy:
      'Copy the image into a registry of the list and name it there, or add its registry to `allowedRegistries` in `.breakwater.yaml`. An entry is a registry, or a path in one, and is compared part by part: `registry.example.com/team` does not let in `registry.example.com/team-b`. Names without a registry are Docker Hub’s, `docker.io`.',
    flags: toHardenedPod().replace('registry.example.com/web', 'docker.io/somebody/web'),
    passes: toHardenedPod(),
    settings: { allowedRegistries: ['registry.example.com'] },
  },
  visit: {
    *container(container, { settings, workspace }) {
      const allowed = settings.allowedRegistries ?? [];
      const at = container.ref.get('image');
      const image = allowed.length > 0 && at.isPresent ? readImage(at.string) : undefined;
      // What Skaffold builds or kustomize replaces is deployed under a name that does not stand here.
      if (!image || workspace.find('image-source', image.name).length > 0) return;
      const name = toFullName(image.name);
      if (
        allowed.map((entry) => entry.replace(/\/$/, '')).some((entry) => name === entry || name.startsWith(`${entry}/`))
      ) {
        return;
      }
      yield {
        at,
        message: `The ${describeContainer(container)} takes its image "${at.string}" from "${name.split('/')[0]}", which is not among the allowed registries.`,
      };
    },
  },
});
