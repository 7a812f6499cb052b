import { defineRule } from '../../engine/rule';
import { DANGERS, findDanger, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'workload-writable',
  category: 'rbac',
  title: 'Workloads can be written',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['cis/5.1.4', 'k8s/rbac-workload-creation'],
  docs: {
    what: 'A rule grants `create`, `update` or `patch` on Deployments, StatefulSets, DaemonSets, ReplicaSets, Jobs or CronJobs, or `update` or `patch` on Pods.',
    why: 'A workload is a recipe for pods: whoever writes one runs pods with any service account and Secret of the namespace. Reviews that look for the right to create pods overlook it. A pod that runs keeps its account and its volumes when its image is exchanged.',
    remedy:
      'Name the workloads in `resourceNames` for a program that only restarts or rescales some (`deployments/scale` is enough for the number of replicas). Operators and deployment pipelines need the right: give it to them in Roles of the namespaces that they keep. In a Role, and where the role is only bound in namespaces, it is a note; an error in `kube-system`, and where everybody (`system:authenticated`) has it.',
    flags: toClusterRole(toRule('apps', 'deployments, statefulsets', 'get, update')),
    passes: toClusterRole(
      toRule('apps', 'deployments/scale', 'get, update'),
      toRule('apps', 'deployments', 'get, patch', 'web'),
    ),
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findDanger(rule, DANGERS['workload-writable']);
      // Whoever may create pods needs to change none.
      const isSaid =
        findDanger(rule, DANGERS['pods-creatable']) && grant?.resources.every(({ string }) => string === 'pods');
      if (!isSaid) yield* reportDanger(rule, context, DANGERS['workload-writable']);
    },
  },
});
