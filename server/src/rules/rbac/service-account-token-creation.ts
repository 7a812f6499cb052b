import { defineRule } from '../../engine/rule';
import { isNarrowed } from '../../model/kubernetes/rbac';
import { toClusterRole, toRule } from './_example';
import { findGrant, toRemovalFix } from './_grants';
import { findNames } from './_names';
import { toLesserFixes } from './_names-fix';
import { toReach } from './_reach';
import { describeRole, describeScope, toNameWords } from './_words';

export default defineRule({
  id: 'service-account-token-creation',
  category: 'rbac',
  title: 'Tokens of service accounts can be made',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.13', 'k8s/rbac-token-request', 'k8s/service-accounts'],
  docs: {
    what: 'A rule grants `create` on `serviceaccounts/token`.',
    why: 'Its holder makes itself a token of any service account in reach and so has the rights of all of them, those of the most powerful controller included.',
    remedy:
      'Remove it, or name the service accounts in `resourceNames`. Pods need no such right for their own tokens: the kubelet gets them. Programs that log in elsewhere with tokens (Vault, external secrets) can be given one account by name. With names it is a note; in a Role, and where the role is only bound in namespaces, a warning.',
    flags: toClusterRole(toRule('', 'serviceaccounts/token', 'create'), toRule('', 'serviceaccounts', 'get')),
    passes: toClusterRole(toRule('', 'serviceaccounts', 'get, list')),
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findGrant(rule, { group: '', resources: ['serviceaccounts/token'], verbs: ['create'] });
      const at = grant?.resources[0];
      if (!grant || !at) return;
      const whose = isNarrowed(rule) ? `the service accounts ${toNameWords(rule)}` : 'every service account';
      yield {
        at,
        ...toReach(rule, context, isNarrowed(rule) ? 'info' : 'error'),
        message: `${describeRole(rule)} can make tokens of ${whose} ${describeScope(rule)}, and so act with their rights.`,
        fixes: [
          toRemovalFix(rule, 'resources', [at]),
          ...toLesserFixes(rule, grant, findNames('ServiceAccount', rule, context), ['create']),
        ],
      };
    },
  },
});
