import { defineRule } from '../../engine/rule';
import { DANGERS, reportDanger } from './_dangers';
import { toClusterRole, toRule } from './_example';

export default defineRule({
  id: 'events-deletable',
  category: 'rbac',
  title: 'Events can be deleted',
  severity: 'info',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac-least-privilege', 'nsa/audit-logging'],
  docs: {
    what: 'A rule grants `delete` or `deletecollection` on Events.',
    why: 'Events tell what pods were started, killed and refused, and by whom. Whoever breaks in likes to delete them, and nobody else needs to: they expire by themselves after an hour.',
    remedy:
      'Remove the verb: `create` and `patch` are enough for a program that records events. It is a note; a warning where everybody (`system:authenticated`) has it. Logs of pods cannot be deleted through the API: `pods/log` knows `get` only.',
    flags: toClusterRole(toRule('', 'events', 'create, patch, delete')),
    passes: toClusterRole(toRule('', 'events', 'create, patch')),
  },
  visit: {
    policyRule: (rule, context) => reportDanger(rule, context, DANGERS['events-deletable']),
  },
});
