import type { Fix } from '../../engine/operation';
import { defineRule, type Report } from '../../engine/rule';
import { type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { isAuthoredRole } from '../../model/kubernetes/rbac-roles';
import { getResourceVerbs, splitResource } from '../../standards/api-resources';
import type { Ref } from '../../syntax/ref';
import { RIGHT_REVEALS } from './_dangers';
import { toClusterRole, toRule } from './_example';
import { toRemovalFix } from './_grants';
import {
  findElsewhere,
  findMeant,
  findNearSubresource,
  findResource,
  getGroups,
  isClosedGroup,
  isRetired,
  type NamedResource,
} from './_resources';
import { describeGroups, describeRole } from './_words';

export default defineRule({
  id: 'resource-unknown',
  category: 'rbac',
  title: 'Resource that does not exist',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/rbac'],
  docs: {
    what: 'A rule names a resource that its API groups do not have: a kind, a singular, or a misspelt name.',
    why: 'The API server accepts any text there and compares it with the plural name in the URL of a request. A name that is none matches nothing: the rule grants nothing, and what it was written for fails with "forbidden".',
    remedy:
      'Write the plural in lower case: `deployments`, not `Deployment`. `kubectl api-resources` lists the names. Groups of custom resources are only known as far as their definitions are in the workspace, so nothing is said of them unless a name of theirs is near. A name that is near to nothing, and a subresource that does not exist and is near to none, is a note.',
    flags: toClusterRole(toRule('batch', 'cronjob', 'get, list')),
    passes: toClusterRole(toRule('batch', 'cronjobs, cronjobs/status', 'get, list')),
  },
  visit: {
    *policyRule(rule, context) {
      const groups = getGroups(rule);
      if (!groups || !isAuthoredRole(rule.resource)) return;
      for (const at of rule.resources) {
        const text = at.isPresent ? at.string : undefined;
        if (text === undefined || text.includes('*')) continue;
        const { resource, subresource } = splitResource(text);
        const isClosed = groups.every(isClosedGroup);
        const nothing = `${describeRole(rule)} names "${text}" in ${describeGroups(rule)}`;
        if (groups.some((group) => findResource(group, resource, context))) {
          const isThere = groups.some((group) => getResourceVerbs(group, text) !== undefined);
          if (subresource === undefined || isThere || !isClosed) continue;
          const message = `${nothing}, but "${resource}" have no subresource "${subresource}": it grants nothing.`;
          const near = findNearSubresource(groups, resource, subresource);
          yield near
            ? { at, message: `${message} Did you mean "${near}"?`, fixes: toNearFix(rule, at, near) }
            : { at, severity: 'info', message, fixes: [toRemovalFix(rule, 'resources', [at])] };
          continue;
        }
        if (isRetired(resource) || findElsewhere(resource, context).length > 0) continue;
        const meant = findMeant(resource, groups, context);
        if (meant) yield toReport(rule, at, groups, meant, `${nothing}, which is no resource`);
        else if (isClosed)
          yield {
            at,
            severity: 'info',
            message: `${nothing}, which is no resource there: it grants nothing.`,
            fixes: [toRemovalFix(rule, 'resources', [at])],
          };
      }
    },
  },
});

function toReport(rule: PolicyRule, at: Ref, groups: readonly string[], meant: NamedResource, nothing: string): Report {
  const { subresource } = splitResource(at.string ?? '');
  const value = subresource === undefined ? meant.resource : `${meant.resource}/${subresource}`;
  const isThere = toStrings(rule.resources).includes(value);
  const isOther = !groups.includes(meant.group);
  const group = isOther ? ` of the API group "${meant.group}"` : '';
  const fix: Fix = {
    title: isThere ? `Remove it: "${value}" is there` : `Change it to "${value}"${group}`,
    safety: 'unsafe',
    operations: [
      isThere ? { op: 'remove', at } : { op: 'set', at, value },
      ...(isOther ? [{ op: 'append', at: rule.ref.get('apiGroups'), value: meant.group } as const] : []),
    ],
    reveals: RIGHT_REVEALS,
  };
  return { at, message: `${nothing}: it grants nothing. Did you mean "${value}"${group}?`, fixes: [fix] };
}

function toNearFix(rule: PolicyRule, at: Ref, near: string): Fix[] {
  if (toStrings(rule.resources).includes(near)) return [toRemovalFix(rule, 'resources', [at])];
  return [
    {
      title: `Change it to "${near}"`,
      safety: 'unsafe',
      operations: [{ op: 'set', at, value: near }],
      reveals: RIGHT_REVEALS,
    },
  ];
}
