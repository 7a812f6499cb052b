import { defineRule } from '../../engine/rule';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace } from './_labels';
import { isWithout } from './_quota';

const QUOTA = `---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: quota
  namespace: shop
spec:
  hard:
    pods: "50"
    requests.cpu: "10"
    requests.memory: 20Gi
    limits.memory: 20Gi
`;

export default defineRule({
  id: 'resource-quota-missing',
  category: 'namespace',
  title: 'Namespace without a resource quota',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  isDefault: false,
  standards: ['k8s/resource-quotas', 'nsa/resource-policies'],
  docs: {
    what: 'A Namespace has no ResourceQuota.',
    why: 'Whatever runs in it may take all of the cluster: a runaway autoscaler, a fork bomb of Jobs or somebody who mines coins leaves nothing for the others.',
    remedy:
      'Add a ResourceQuota with figures that fit. With a quota on requests or limits the API server refuses pods that do not state them, so add a LimitRange with defaults, too.',
    flags: toNamespace(GOOD_LABELS),
    passes: `${toNamespace(GOOD_LABELS)}${QUOTA}`,
  },
  visit: {
    *resource(resource, context) {
      const namespace = readNamespace(resource);
      if (!namespace || !isWithout('resource-quota', namespace, context)) return;
      const hard = { pods: '50', 'requests.cpu': '10', 'requests.memory': '20Gi', 'limits.memory': '20Gi' };
      const metadata = { name: 'quota', namespace: namespace.name };
      const value = { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } };
      yield {
        at: resource.metadata.get('name'),
        message: `Namespace "${namespace.name}" has no ResourceQuota: what runs in it may take all that the cluster has.`,
        fixes: [
          {
            title: 'Add a ResourceQuota, whose figures want adjusting',
            safety: 'unsafe',
            operations: [{ op: 'insertDocument', after: resource.root, value }],
          },
        ],
      };
    },
  },
});
