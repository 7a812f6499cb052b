import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'nodes-writable',
  category: 'rbac',
  title: 'Nodes can be changed',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'nsa/rbac'],
  docs: {
    what: 'A rule of a ClusterRole grants writing Nodes or their status.',
    why: 'Labels, taints and conditions decide where pods run. Whoever writes them draws the pods of others to a node that it holds, and so their Secrets; whoever deletes nodes takes the cluster down.',
    remedy:
      'Leave it to the kubelet, the node lifecycle controller and the autoscaler. A program that only needs a label of its own node can be given that in another way: node feature discovery, or the labels of the machine image.',
    flags: toClusterRole(toRule('', 'nodes', 'get, patch')),
    passes: toClusterRole(toRule('', 'nodes', 'get, list, watch')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['nodes-writable']),
  },
});
