import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole, isNonResourceRule } from '../../model/kubernetes/rbac-roles';
import { isKnownVerb, NON_RESOURCE_VERBS } from '../../standards/rbac-verbs';
import type { Ref } from '../../syntax/ref';
import { toClusterRole, toRule } from './_example';
import { toListOperations } from './_lists';
import { getGroups, isClosedGroup } from './_resources';
import { findMeantVerbs, findMisspelt } from './_verbs';
import { describeRole, toQuotedList } from './_words';

export default defineRule({
  id: 'verb-unknown',
  category: 'rbac',
  title: 'Verb that does not exist',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A rule grants a verb that Kubernetes does not ask about: `Get`, `read`, `write`, `updates`.',
    why: 'The API server accepts any text there and compares it, letter by letter, with the verb of a request. A verb that is none matches nothing: the rule grants less than it seems to.',
    remedy:
      'The verbs are `get`, `list`, `watch`, `create`, `update`, `patch`, `delete` and `deletecollection`, in lower case, and a few with a meaning of their own (`bind`, `escalate`, `impersonate`, `approve`, `sign`). Reading is the first three. Rules on URLs hold HTTP methods in lower case. APIs of others may know verbs of their own: in their groups only a misspelt verb of Kubernetes is reported.',
    flags: toClusterRole(toRule('apps', 'deployments', 'Get, list')),
    passes: toClusterRole(toRule('apps', 'deployments', 'get, list')),
  },
  visit: {
    *policyRule(rule) {
      if (!isAuthoredRole(rule.resource)) return;
      const isForUrls = isNonResourceRule(rule);
      const isClosed = isForUrls || (getGroups(rule)?.every(isClosedGroup) ?? false);
      for (const at of rule.verbs) {
        const verb = at.isPresent ? at.string : undefined;
        if (verb === undefined || isKnownVerb(verb) || (isForUrls && NON_RESOURCE_VERBS.includes(verb))) continue;
        if (!isClosed && findMisspelt(verb, isForUrls) === undefined) continue;
        const meant = findMeantVerbs(verb, isForUrls);
        const question = meant.length > 0 ? ` Did you mean ${toQuotedList(meant)}?` : '';
        yield {
          at,
          message: `${describeRole(rule)} grants the verb "${verb}", which Kubernetes does not know: it grants nothing.${question}`,
          fixes: toFixes(rule, at, meant),
        };
      }
    },
  },
});

function toFixes(rule: PolicyRule, at: Ref, meant: readonly string[]): Fix[] {
  const removal: Fix = {
    title: `Remove the verb ${at.string}`,
    safety: 'unsafe',
    operations: [{ op: 'remove', at }],
  };
  const rest = rule.verbs.length > 1 ? [removal] : [];
  if (meant.length === 0 || toStrings(rule.verbs).length !== rule.verbs.length) return rest;
  const verbs = [...new Set(toStrings(rule.verbs).flatMap((verb) => (verb === at.string ? meant : [verb])))];
  const operations = toListOperations(rule.ref.get('verbs'), verbs);
  return [{ title: `Change it to ${meant.join(', ')}`, safety: 'unsafe', operations }, ...rest];
}
