import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { readDataReferences } from '../../model/kubernetes/data-references';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod } from '../pod-security/_example';
import { describeOwner } from '../pod-security/_words';
import { isNear } from './_near-data';
import { findData } from './_references';
import { toNames } from './_words';

const CONFIG = `---
apiVersion: v1
kind: ConfigMap
metadata:
  name: web
data:
  log-level: info
`;
const toExample = (key: string): string =>
  toHardenedPod({
    container: `env:\n  - name: LOG_LEVEL\n    valueFrom:\n      configMapKeyRef:\n        name: web\n        key: ${key}`,
  }) + CONFIG;

export default defineRule({
  id: 'secret-or-config-map-key-not-found',
  category: 'secrets',
  title: 'Key that a Secret or ConfigMap does not have',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/secrets-good-practices'],
  docs: {
    what: 'A pod reads a key of a Secret or ConfigMap of the workspace that has no such key.',
    why: 'The object is there, and still the container does not start. Only `kubectl describe pod` tells why: `couldn’t find key` beside `CreateContainerConfigError`, or for a volume `references non-existent secret key` (or `config key`) while the pod stays in `ContainerCreating`.',
    remedy:
      'Write a key that is there, add the missing one, or say `optional: true`. Where no key has nearly that name, this is a note: somebody may add the key by hand. Only Secrets and ConfigMaps whose keys are all known count: not empty ones, which something fills later, not those that are fetched as a whole (`dataFrom`, `envs`), and not those that more than one file may make.',
    flags: toExample('logLevel'),
    passes: toExample('log-level'),
  },
  visit: {
    *pod(pod, { workspace }) {
      const { metadata, namespace } = pod.resource;
      if (metadata.get('namespace').isUnknown) return;
      for (const reference of readDataReferences(pod)) {
        const { kind, name, keys } = reference;
        if (keys.length === 0 || !reference.isNeeded) continue;
        const held = findData(reference, namespace, workspace);
        const [first] = held;
        const known = held.flatMap(({ value }) => value.keys ?? []);
        if (!first || held.some(({ value }) => value.keys === undefined)) continue;
        for (const at of keys) {
          const key = at.string ?? '';
          if (known.includes(key)) continue;
          const near = known.filter((other) => isNear(key, other));
          const meant = near.length === 1 ? near[0] : undefined;
          const question = meant === undefined ? '' : ` Did you mean "${meant}"?`;
          yield {
            at,
            severity: meant === undefined ? 'info' : 'warning',
            message: `${describeOwner(pod, undefined)} reads key "${key}" of ${kind} "${name}", which has ${known.length === 1 ? 'only' : 'no such key, but'} ${toNames(known)}; the pod does not start.${question}`,
            related: [{ place: first.place, message: `${kind} "${name}" comes from here.` }],
            fixes: meant === undefined ? [] : [toFix(at, meant)],
          };
        }
      }
    },
  },
});

function toFix(at: Ref, value: string): Fix {
  return { title: `Change it to "${value}"`, safety: 'unsafe', operations: [{ op: 'set', at, value }] };
}
