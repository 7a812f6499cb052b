import { defineRule } from '../../engine/rule';
import { toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { toClusterRole } from './_example';
import { toListOperations } from './_lists';
import { describeForce, toReach } from './_reach';
import { describeRole, findNamed } from './_words';

const USUAL = ['/healthz', '/livez', '/metrics', '/readyz', '/version'];

export default defineRule({
  id: 'non-resource-url-wildcard',
  category: 'rbac',
  title: 'Wildcard non-resource URL in a role',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.3', 'k8s/rbac-least-privilege'],
  docs: {
    what: 'A ClusterRole grants access to every URL of the API server that is no resource (`*` or `/*`).',
    why: 'Besides health and version, these URLs hold the profiles of the running API server (`/debug/pprof`), its logs and its flags, and whatever a later version serves. Profiles and logs can hold names, tokens and data of requests.',
    remedy:
      'List the paths that are read. Monitoring needs `/metrics`, a load balancer `/livez` and `/readyz`. A `*` at the end of a longer path (`/healthz/*`) is not reported.',
    flags: toClusterRole('nonResourceURLs: ["*"]\nverbs: [get]'),
    passes: toClusterRole('nonResourceURLs: [/metrics, /healthz/*]\nverbs: [get]'),
  },
  visit: {
    *policyRule(rule, context) {
      if (!isAuthoredRole(rule.resource) || rule.resource.kind !== 'ClusterRole') return;
      const [at] = findNamed(rule.nonResourceURLs, ['*', '/*']);
      if (!at) return;
      const kept = toStrings(rule.nonResourceURLs).filter((url) => url !== '*' && url !== '/*');
      const value = kept.length > 0 ? kept : USUAL;
      const verbs = toStrings(rule.verbs);
      const isReading = verbs.every((verb) => verb === 'get' || verb === 'head' || verb === 'options');
      yield {
        at,
        ...toReach(rule, context, isReading ? 'warning' : 'error', true),
        message: `${describeRole(rule)} grants access to every URL of the API server that is no resource ("${at.string}")${describeForce(rule, context)}.`,
        fixes: [
          {
            title: `Name the URLs: ${value.join(', ')}`,
            safety: 'unsafe',
            operations: toListOperations(rule.ref.get('nonResourceURLs'), value),
          },
        ],
      };
    },
  },
});
