import { defineRule, type Report } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { isGrantedElsewhere } from './_elsewhere';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { toSplitFixes } from './_split';
import { describeRole, findNamed, toNameWords, toQuotedList } from './_words';

const REASONS: Readonly<Record<string, string>> = {
  create: 'the name of an object that is being made is not in the request',
  deletecollection: 'a request for all objects carries no name',
};

export default defineRule({
  id: 'resource-names-ineffective',
  category: 'rbac',
  title: 'Verb that names do not reach',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A rule with `resourceNames` grants `create` or `deletecollection`, or `list` or `watch`.',
    why: 'Requests of the first two carry no name that could be compared, so the rule never matches them: it grants nothing for these verbs. A leader election with such a rule cannot make its Lease and fails on the first day, or only in a new cluster. `list` and `watch` carry a name only where the client asks with a field selector on `metadata.name`; an informer or `kubectl get` for all objects is refused.',
    remedy:
      'Put the verb into a rule of its own without `resourceNames`, for the same resource, or remove it. Server-side apply, which makes an object under a name that is in the URL, is the exception that does match. Reading is a note, since a client can be written for it: leave it where yours asks by `metadata.name` (`kubectl get <name> --watch` does), otherwise grant `get` alone, or reading in a rule without names. Where another rule of the role grants `create` anyway, this is a note; where another grants reading, nothing is said.',
    flags: toClusterRole(toRule('coordination.k8s.io', 'leases', 'get, update, create', 'leader')),
    passes: toClusterRole(
      toRule('coordination.k8s.io', 'leases', 'get, update', 'leader'),
      toRule('coordination.k8s.io', 'leases', 'create'),
    ),
  },
  visit: {
    *policyRule(rule) {
      if (rule.resourceNames.length === 0 || !isAuthoredRole(rule.resource)) return;
      // Behind a subresource the name is in the URL: `create` on `serviceaccounts/token` can be narrowed.
      if (toStrings(rule.resources).every((name) => name.includes('/'))) return;
      yield* reportReading(rule);
      for (const at of findNamed(rule.verbs, Object.keys(REASONS))) {
        const verb = at.string ?? '';
        const isElsewhere = isCovered(rule, verb);
        yield {
          at,
          ...(isElsewhere && { severity: 'info' }),
          message: `${describeRole(rule)} grants "${verb}" on objects named ${toNameWords(rule)}, which matches nothing: ${REASONS[verb]}.${isElsewhere ? ' Another rule of the role grants it on all of them.' : ''}`,
          fixes: [...(isElsewhere ? [] : toSplitFixes(rule, at, verb)), toRemovalFix(rule, 'verbs', [at])],
        };
      }
    },
  },
});

/** Once for all reading verbs, and only where nothing else of the role makes up for it. */
function* reportReading(rule: PolicyRule): Generator<Report> {
  const verbs = findNamed(rule.verbs, ['list', 'watch']).filter(({ string = '' }) => !isCovered(rule, string));
  const [at] = verbs;
  if (!at || findNamed(rule.verbs, ['*']).length > 0) return;
  yield {
    at,
    severity: 'info',
    message: `${describeRole(rule)} grants ${toQuotedList(toStrings(verbs))} on objects named ${toNameWords(rule)}: only a request with a field selector on "metadata.name" is let through, one for all of them is refused.`,
    fixes: [toRemovalFix(rule, 'verbs', verbs)],
  };
}

function isCovered(rule: PolicyRule, verb: string): boolean {
  const [groups, resources] = [toStrings(rule.apiGroups), toStrings(rule.resources)];
  if (groups.length === 0 || resources.length === 0) return false;
  return groups.every((group) => resources.every((resource) => isGrantedElsewhere(rule, group, resource, [verb])));
}
