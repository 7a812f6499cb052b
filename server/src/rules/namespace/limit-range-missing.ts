import { defineRule } from '../../engine/rule';
import { GOOD_LABELS, toNamespace } from './_example';
import { readNamespace } from './_labels';
import { isWithout } from './_quota';

const LIMIT_RANGE = `---
apiVersion: v1
kind: LimitRange
metadata:
  name: defaults
  namespace: shop
spec:
  limits:
    - type: Container
      defaultRequest:
        cpu: 100m
        memory: 128Mi
      default:
        memory: 256Mi
`;

export default defineRule({
  id: 'limit-range-missing',
  category: 'namespace',
  title: 'Namespace without a limit range',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  isDefault: false,
  standards: ['k8s/limit-ranges', 'nsa/resource-policies'],
  docs: {
    what: 'A Namespace has no LimitRange.',
    why: 'A container that states no memory limit may use all the memory of its node, and takes its neighbours with it when the kernel looks for something to kill.',
    remedy:
      'Add a LimitRange whose `default` and `defaultRequest` stand in for what containers leave out. It changes pods that are made from then on, not those that run.',
    flags: toNamespace(GOOD_LABELS),
    passes: `${toNamespace(GOOD_LABELS)}${LIMIT_RANGE}`,
  },
  visit: {
    *resource(resource, context) {
      const namespace = readNamespace(resource);
      if (!namespace || !isWithout('limit-range', namespace, context)) return;
      const limits = [
        { type: 'Container', defaultRequest: { cpu: '100m', memory: '128Mi' }, default: { memory: '256Mi' } },
      ];
      const metadata = { name: 'defaults', namespace: namespace.name };
      const value = { apiVersion: 'v1', kind: 'LimitRange', metadata, spec: { limits } };
      yield {
        at: resource.metadata.get('name'),
        message: `Namespace "${namespace.name}" has no LimitRange: a container that states no memory limit may use up its node.`,
        fixes: [
          {
            title: 'Add a LimitRange, whose figures want adjusting',
            safety: 'unsafe',
            operations: [{ op: 'insertDocument', after: resource.root, value }],
          },
        ],
      };
    },
  },
});
