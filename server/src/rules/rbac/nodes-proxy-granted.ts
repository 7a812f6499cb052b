import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import type { Ref } from '../../syntax/ref';
import { toClusterRole, toRule } from './_example';
import { findGrant, toRemovalFix } from './_grants';
import { describeForce, toReach } from './_reach';
import { describeNamed, describeRole } from './_words';

// What a kubelet asks about instead for the paths that monitoring reads: pkg/kubelet/server/auth.go.
const NARROWER = ['nodes/metrics', 'nodes/stats'];

export default defineRule({
  id: 'nodes-proxy-granted',
  category: 'rbac',
  title: 'Access to nodes/proxy',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.10', 'k8s/rbac-nodes-proxy', 'k8s/kubelet-authorization'],
  docs: {
    what: 'A rule grants `nodes/proxy`.',
    why: "It is the right to the whole API of the kubelet: commands in every container of every node, past admission control and the API server's audit log. `get` is enough for that, because commands can be started through a WebSocket.",
    remedy:
      'Grant the part that is read: `nodes/metrics` and `nodes/stats` for monitoring, `nodes/log` for logs of the node, `nodes/pods` for its pods, `nodes/healthz` and `nodes/configz`. Kubelets before 1.33 ask about `nodes/proxy` for the last three.',
    flags: toClusterRole(toRule('', 'nodes, nodes/proxy', 'get')),
    passes: toClusterRole(toRule('', 'nodes, nodes/metrics, nodes/stats', 'get')),
  },
  visit: {
    *policyRule(rule, context) {
      const at = findGrant(rule, { group: '', resources: ['nodes/proxy'] })?.resources[0];
      if (!at || rule.resource.kind !== 'ClusterRole') return;
      yield {
        at,
        ...toReach(rule, context, 'error', true),
        message: `${describeRole(rule)} grants ${describeNamed(at, 'nodes/proxy')}: its holder can run commands in every container through the kubelets${describeForce(rule, context)}.`,
        fixes: toFixes(rule, at),
      };
    },
  },
});

function toFixes(rule: PolicyRule, at: Ref): Fix[] {
  const removal = toRemovalFix(rule, 'resources', [at]);
  const [first, ...rest] = NARROWER.filter((name) => !toStrings(rule.resources).includes(name));
  if (first === undefined) return [removal];
  const list = rule.ref.get('resources');
  return [
    {
      title: `Replace ${at.string} by ${[first, ...rest].join(' and ')}`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at, value: first },
        ...rest.map((value) => ({ op: 'append', at: list, value }) as const),
      ],
    },
    removal,
  ];
}
