import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { readDataReferences } from '../../model/kubernetes/data-references';
import { getAbsence } from '../../model/workspace/absence';
import { toObjectKey } from '../../model/workspace/reference-topics';
import { toHardenedPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';
import { findMeantData } from './_near-data';

const SECRET = `---
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: db-credentials
spec:
  secretStoreRef:
    name: vault
    kind: ClusterSecretStore
`;
const toExample = (name: string): string =>
  toHardenedPod({ container: `envFrom:\n  - secretRef:\n      name: ${name}` }) + SECRET;

export default defineRule({
  id: 'secret-or-config-map-not-found',
  category: 'secrets',
  title: 'Secret or ConfigMap that is not there',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/secrets-good-practices'],
  docs: {
    what: 'A pod names a Secret or ConfigMap that no file of the workspace makes, while one of its namespace has nearly that name, or all there is is known to be in the workspace.',
    why: 'A container waits for what it reads into its environment, and a pod for what it mounts: it stays in `CreateContainerConfigError` or `ContainerCreating` until somebody corrects the name. A rollout stands still until then.',
    remedy:
      'Write the name of the Secret or ConfigMap, or `optional: true` where the pod can do without it. What operators make counts: SealedSecret, ExternalSecret, Certificate, SecretProviderClass, the operators of secret stores, the generators of kustomize. Of a name that resembles none here nothing is said: Secrets are often made by hand, and that is well; unless `workspace.complete` says that everything is here.',
    flags: toExample('db-credential'),
    passes: toExample('db-credentials'),
  },
  visit: {
    *pod(pod, context) {
      const { workspace, uri } = context;
      const { metadata, namespace } = pod.resource;
      if (metadata.get('namespace').isUnknown) return;
      const references = readDataReferences(pod).filter(({ isNeeded }) => isNeeded);
      const said = new Set<string>();
      for (const { kind, name, at } of references) {
        const key = toObjectKey({ kind, name });
        if (said.has(key) || workspace.find('data', key).length > 0) continue;
        const absence = getAbsence({ kind, namespace, name }, context);
        const isMadeUnseen = workspace.all('namesake').some(({ value }) => name.includes(value.name));
        if (absence === 'elsewhere' || isMadeUnseen) continue;
        const meant = findMeantData({ kind, name, namespace, uri }, workspace);
        // Secrets are made by hand where all others of the namespace are written, and so are ConfigMaps now and then.
        if (!meant && absence !== 'certain') continue;
        said.add(key);
        const what = `${describeOwner(pod, undefined)} needs ${kind} "${name}", which no file here makes; without it the pod does not start.`;
        if (!meant) {
          yield { at, message: what };
          continue;
        }
        const right = meant.value.name;
        const alike = references.filter((other) => toObjectKey(other) === key);
        const operations = alike.map((other): Operation => ({ op: 'set', at: other.at, value: right }));
        yield {
          at,
          message: `${what} Did you mean "${right}"?`,
          related: [{ place: meant.place, message: `${kind} "${right}" comes from here.` }],
          fixes: [{ title: `Change it to "${right}"`, safety: 'unsafe', operations }],
        };
      }
    },
  },
});
