import type { Fix } from '../../engine/operation';
import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { splitResource } from '../../standards/api-resources';
import type { Ref } from '../../syntax/ref';
import { RIGHT_REVEALS } from './_dangers';
import { isGrantedElsewhere } from './_elsewhere';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import { findElsewhere, findMeantGroup, findResource, getGroups, isClosedGroup, isRetiredGroup } from './_resources';
import { describeGroups, describeRole } from './_words';

export default defineRule({
  id: 'api-group-wrong',
  category: 'rbac',
  title: 'API group does not have the resource',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A rule names a resource in an API group where it is not, or a group that is none (`apps/v1`, `core`).',
    why: 'Group and resource have to fit together: Deployments are in `apps`, Pods and Secrets in the core group, which is the empty text. A rule whose parts do not fit is accepted and grants nothing.',
    remedy:
      'Write the group without a version, and the empty text for the core group. Resources of several groups may stand in one rule that lists all of these groups, or each group gets a rule of its own. The group `extensions` is no more (Ingresses and NetworkPolicies are in `networking.k8s.io`, workloads in `apps`), and naming it is a note.',
    flags: toClusterRole(toRule('', 'services, cronjobs', 'get, list')),
    passes: toClusterRole(toRule('', 'services', 'get, list'), toRule('batch', 'cronjobs', 'get, list')),
  },
  visit: {
    *policyRule(rule, context) {
      const groups = getGroups(rule);
      if (!groups || !isAuthoredRole(rule.resource)) return;
      const misspelt = rule.apiGroups.flatMap((at) => toMisspelt(rule, at, context) ?? []);
      yield* misspelt;
      if (misspelt.length > 0 || !groups.every(isClosedGroup)) return;
      for (const at of rule.resources) {
        const { resource } = splitResource(at.isPresent ? (at.string ?? '*') : '*');
        if (resource === '*' || groups.some((group) => findResource(group, resource, context))) continue;
        const [right] = findElsewhere(resource, context);
        if (!right) continue;
        const where = right.group === '' ? 'the core API group' : `"${right.group}"`;
        const isElsewhere = isGrantedElsewhere(rule, right.group, at.string ?? '', toStrings(rule.verbs));
        const also = isElsewhere ? ', and another rule of the role grants it there' : '';
        yield {
          at,
          // It was right once: whoever still supports old clusters keeps such a rule beside the one that is right today.
          ...((isElsewhere || groups.every(isRetiredGroup)) && { severity: 'info' }),
          message: `${describeRole(rule)} names "${at.string}" in ${describeGroups(rule)}, but "${resource}" are in ${where}: the rule grants nothing on them${also}.`,
          fixes: [isElsewhere ? toRemovalFix(rule, 'resources', [at]) : toGroupFix(rule, groups, right.group, context)],
        };
      }
    },
  },
});

function toMisspelt(rule: PolicyRule, at: Ref, context: RuleContext): Report | undefined {
  const group = at.string ?? '';
  if (isClosedGroup(group) || context.workspace.find('custom-resource', group).length > 0) return undefined;
  const meant = findMeantGroup(group);
  if (meant === undefined) return undefined;
  const resources = toStrings(rule.resources).map((text) => splitResource(text).resource);
  const isFitting = resources.some((resource) => resource === '*' || findResource(meant, resource, context));
  // A group of one's own may be called nearly like a group of Kubernetes; what it holds is not.
  if (!isFitting && !group.includes('/')) return undefined;
  const isThere = toStrings(rule.apiGroups).includes(meant);
  const words = meant === '' ? 'the empty text, which is the core group' : `"${meant}"`;
  const short = meant === '' ? '"" (core)' : words;
  return {
    at,
    message: `${describeRole(rule)} names "${group}", which is no API group: it grants nothing. Did you mean ${words}?`,
    fixes: [
      {
        title: isThere ? `Remove it: ${short} is there` : `Change it to ${short}`,
        safety: 'unsafe',
        operations: [isThere ? { op: 'remove', at } : { op: 'set', at, value: meant }],
        reveals: RIGHT_REVEALS,
      },
    ],
  };
}

/** The right group takes the place of the wrong one where nothing of the rule is in that; otherwise it is added. */
function toGroupFix(rule: PolicyRule, groups: readonly string[], right: string, context: RuleContext): Fix {
  const list = rule.ref.get('apiGroups');
  const [only, ...others] = rule.apiGroups;
  const isUsed = rule.resources.some((ref) => {
    const { resource } = splitResource(ref.string ?? '*');
    return resource === '*' || groups.some((group) => findResource(group, resource, context));
  });
  const words = right === '' ? '"" (core)' : `"${right}"`;
  if (only && others.length === 0 && !isUsed) {
    const operations = [{ op: 'set', at: only, value: right } as const];
    return { title: `Change the API group to ${words}`, safety: 'unsafe', operations, reveals: RIGHT_REVEALS };
  }
  return {
    title: `Add the API group ${words}`,
    safety: 'unsafe',
    operations: [{ op: 'append', at: list, value: right }],
    reveals: RIGHT_REVEALS,
  };
}
