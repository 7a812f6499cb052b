import type { Operation } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toObjectKey } from '../../model/workspace/reference-topics';
import { toHardenedPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';
import { findMeantData } from './_near-data';
import { readDataReferences } from './_references';

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
  fixable: 'always',
  standards: ['k8s/secrets-good-practices'],
  docs: {
    what: 'A pod names a Secret or ConfigMap that no file of the workspace makes, while one of its namespace has nearly that name.',
    why: 'A container waits for what it reads into its environment, and a pod for what it mounts: it stays in `CreateContainerConfigError` or `ContainerCreating` until somebody corrects the name. A rollout stands still until then.',
    remedy:
      'Write the name of the Secret or ConfigMap, or `optional: true` where the pod can do without it. What operators make counts: SealedSecret, ExternalSecret, Certificate, SecretProviderClass, the operators of secret stores, the generators of kustomize. Of a name that resembles none here nothing is said: Secrets are often made by hand, and that is well.',
    flags: toExample('db-credential'),
    passes: toExample('db-credentials'),
  },
  visit: {
    *pod(pod, { workspace, uri }) {
      const { metadata, namespace } = pod.resource;
      if (metadata.get('namespace').isUnknown) return;
      const references = readDataReferences(pod);
      const said = new Set<string>();
      for (const { kind, name, at } of references) {
        const key = toObjectKey({ kind, name });
        if (said.has(key) || workspace.find('data', key).length > 0) continue;
        const meant = findMeantData({ kind, name, namespace, uri }, workspace);
        if (!meant || workspace.all('namesake').some(({ value }) => name.includes(value.name))) continue;
        said.add(key);
        const right = meant.value.name;
        const alike = references.filter((other) => toObjectKey(other) === key);
        const operations = alike.map((other): Operation => ({ op: 'set', at: other.at, value: right }));
        yield {
          at,
          message: `${describeOwner(pod, undefined)} needs ${kind} "${name}", which no file here makes; without it the pod does not start. Did you mean "${right}"?`,
          related: [{ place: meant.place, message: `${kind} "${right}" comes from here.` }],
          fixes: [{ title: `Change it to "${right}"`, safety: 'unsafe', operations }],
        };
      }
    },
  },
});
