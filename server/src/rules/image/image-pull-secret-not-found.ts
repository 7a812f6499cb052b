import { defineRule } from '../../engine/rule';
import { isTypo } from '../../model/iam/near';
import { getEffectiveNamespace } from '../../model/kubernetes/resource';
import { getAbsence } from '../../model/workspace/absence';
import type { Workspace } from '../../model/workspace/workspace';
import { foldName } from '../../text/distance';
import { toHardenedPod } from '../pod-security/_example';

const SECRET = `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: registry-credentials
spec:
  secretStoreRef:
    name: vault
    kind: ClusterSecretStore
`;
const toExample = (name: string): string =>
  toHardenedPod().replace('spec:\n', `spec:\n  imagePullSecrets:\n    - name: ${name}\n`) + SECRET;

export default defineRule({
  id: 'image-pull-secret-not-found',
  category: 'image',
  title: 'Pull secret that is not there',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/container-images'],
  docs: {
    what: 'A pod names a Secret to pull its image with that no file of the workspace makes, while one of its namespace has nearly that name, or all there is is known to be in the workspace.',
    why: 'The kubelet passes over a pull secret that is not there. The pull of a private image is then refused, and the pod stays in `ImagePullBackOff` without a word about the Secret.',
    remedy:
      'Write the name of the Secret. Secrets of operators count by what they make: SealedSecret, ExternalSecret, Certificate, and the generators of kustomize. Of a name that resembles none here nothing is said, because its Secret may have been made by hand, unless `workspace.complete` says that everything is here.',
    flags: toExample('registry-credential'),
    passes: toExample('registry-credentials'),
  },
  visit: {
    *pod({ spec, resource }, context) {
      const { workspace } = context;
      const namespace = getEffectiveNamespace(resource);
      if (namespace === undefined) return;
      for (const item of spec.get('imagePullSecrets').items()) {
        const at = item.get('name');
        if (!at.isPresent || at.string === undefined) continue;
        const { string: name } = at;
        if (workspace.find('definition', `Secret/${name}`).length > 0) continue;
        const absence = getAbsence({ kind: 'Secret', namespace: resource.namespace, name }, context);
        if (absence === 'elsewhere') continue;
        const meant = findMeant(name, namespace, workspace);
        if (meant === undefined) {
          // Pull secrets are made by hand, or by the cloud, even where all others of the namespace are written.
          if (absence !== 'certain') continue;
          yield { at, message: `No file here makes the Secret "${name}": without it the image is pulled as nobody.` };
          continue;
        }
        yield {
          at,
          message: `There is no Secret "${name}" here, but one named "${meant}": without it the image is pulled as nobody.`,
          fixes: [{ title: `Change it to ${meant}`, safety: 'unsafe', operations: [{ op: 'set', at, value: meant }] }],
        };
      }
    },
  },
});

/** The one Secret of the namespace whose name may have been meant. */
function findMeant(name: string, namespace: string, workspace: Workspace): string | undefined {
  const names = workspace.conclude(`names of the Secrets of ${namespace}`, (facts) => {
    const secrets = facts.all('definition').filter(({ value }) => value.kind === 'Secret');
    return [
      ...new Set(secrets.flatMap(({ value }) => ((value.namespace ?? 'default') === namespace ? value.name : []))),
    ];
  });
  const near = names.filter((other) => foldName(other) === foldName(name) || isTypo(name, other));
  return near.length === 1 ? near[0] : undefined;
}
