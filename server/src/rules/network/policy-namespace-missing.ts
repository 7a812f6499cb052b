import { defineRule } from '../../engine/rule';
import { isNetworkPolicy } from '../../model/kubernetes/network-policy';
import { matchSelector } from '../../model/kubernetes/selectors';
import { toFolder } from '../../model/network/land';
import { readPolicy } from '../../model/network/read-policy';
import type { Workspace } from '../../model/workspace/workspace';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { listNames } from './_scene';

const POLICY = toPolicyExample('policyTypes: [Ingress]');

export default defineRule({
  id: 'policy-namespace-missing',
  category: 'network',
  title: 'Policy without the namespace of its pods',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies', 'k8s/namespaces'],
  docs: {
    what: 'A NetworkPolicy names no namespace, and the pods beside it that it selects name one.',
    why: "A policy is about pods of its own namespace only. Without one it goes wherever `kubectl`'s context points, most often to `default`, and guards nothing there.",
    remedy:
      'Write the namespace. Nothing is said where something else chooses it: a kustomization with a namespace, Flux, Argo CD, a template.',
    flags: toFile(POLICY.replace('  namespace: shop\n', ''), toWorkload('db')),
    passes: toFile(POLICY, toWorkload('db')),
  },
  visit: {
    *resource(resource, { workspace, uri }) {
      const { metadata, spec } = resource;
      if (!isNetworkPolicy(resource) || !metadata.isMapping || !metadata.get('namespace').isAbsent) return;
      if (workspace.find('deployment-target', 'all').length > 0) return;
      const folder = toFolder(uri);
      const beside = findPods(folder, workspace);
      const [first] = beside;
      const namespace = first?.namespace;
      // Pods of several namespaces, or of none, leave it open where the policy belongs.
      if (namespace === undefined || beside.some((pod) => pod.namespace !== namespace)) return;
      const { podSelector } = readPolicy(spec);
      const selected = beside.filter(({ labels }) => matchSelector(podSelector, labels));
      if (selected.length === 0) return;
      yield {
        at: metadata.get('name').isPresent ? metadata.get('name') : metadata,
        message: `${describePolicy(resource)} names no namespace, while the pods of ${listNames(selected.map(({ name }) => name))} are in "${namespace}": a policy selects pods of its own namespace only.`,
        fixes: [
          {
            title: `Set namespace: ${namespace}`,
            safety: 'unsafe',
            operations: [{ op: 'set', at: metadata.get('namespace'), value: namespace }],
          },
        ],
      };
    },
  },
});

function findPods(folder: string, workspace: Workspace) {
  return workspace.conclude(`network pods of folder ${folder}`, (asked) =>
    asked
      .all('network-pod')
      .filter(({ uri }) => toFolder(uri) === folder)
      .map(({ value }) => value),
  );
}
