import { defineRule } from '../../engine/rule';
import { isNetworkPolicy } from '../../model/kubernetes/network-policy';
import { toPolicyExample } from './_example';
import { describePolicy } from './_policies';

const POLICY = toPolicyExample('policyTypes: [Ingress]');

export default defineRule({
  id: 'network-policy-api-removed',
  category: 'network',
  title: 'NetworkPolicy of an API that is gone',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A NetworkPolicy is written for `extensions/v1beta1`.',
    why: 'Kubernetes 1.16 took that version away. The API server refuses the object, and the pods that it should guard stay open.',
    remedy: 'Write `networking.k8s.io/v1`: the fields and their meaning are the same.',
    flags: POLICY.replace('networking.k8s.io/v1', 'extensions/v1beta1'),
    passes: POLICY,
  },
  visit: {
    *resource(resource) {
      if (!isNetworkPolicy(resource) || resource.group !== 'extensions') return;
      const at = resource.root.get('apiVersion');
      const value = 'networking.k8s.io/v1';
      yield {
        at,
        message: `${describePolicy(resource)} is of ${resource.apiVersion}, which Kubernetes 1.16 removed: the API server refuses it.`,
        fixes: [{ title: `Change it to ${value}`, safety: 'safe', operations: [{ op: 'set', at, value }] }],
      };
    },
  },
});
