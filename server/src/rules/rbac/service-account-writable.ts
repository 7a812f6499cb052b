import { defineRule, type RuleContext } from '../../engine/rule';
import { isNarrowed, type PolicyRule } from '../../model/kubernetes/rbac';
import type { Known } from '../../model/workspace/fact';
import { isMaybeSameNamespace } from '../../model/workspace/rbac';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import { findDanger, toDangerFix } from './_dangers';
import { toClusterRole, toRule } from './_example';
import { findNames } from './_names';
import { toNamesFixes } from './_names-fix';
import { toReach } from './_reach';
import { describeRole, describeScope, toVerbWords } from './_words';

const WRITING = { rights: [{ group: '', resources: ['serviceaccounts'], verbs: ['update', 'patch'] }] };

const ACCOUNT = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: invoices
  namespace: shop
  annotations:
    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/invoices
`;

export default defineRule({
  id: 'service-account-writable',
  category: 'rbac',
  title: 'Service accounts with IAM roles can be changed',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['aws/irsa', 'k8s/service-accounts', 'k8s/rbac-least-privilege'],
  docs: {
    what: 'A rule grants `update` or `patch` on ServiceAccounts, and ServiceAccounts of the workspace have IAM roles by their annotations.',
    why: 'The annotation `eks.amazonaws.com/role-arn` says which IAM role the pods of an account take on. Whoever can change it puts any role there whose trust policy admits the account, and takes the role of its choice away from others.',
    remedy:
      'Name the ServiceAccounts in `resourceNames`, and keep the subject in the trust policies exact. Nothing is said where no ServiceAccount in reach has an IAM role.',
    flags: `${ACCOUNT}---\n${toClusterRole(toRule('', 'serviceaccounts', 'get, patch'))}`,
    passes: `${ACCOUNT}---\n${toClusterRole(toRule('', 'serviceaccounts', 'get, list'))}`,
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findDanger(rule, WRITING);
      const at = grant?.resources[0];
      if (!grant || !at || isNarrowed(rule)) return;
      const accounts = findAccountsWithRole(rule, context);
      const [first, ...rest] = accounts;
      if (!first) return;
      const verbs = toVerbWords(grant.verbNames);
      const more = rest.length > 0 ? ` and of ${rest.length} more` : '';
      const { severity, related } = toReach(rule, context, 'warning');
      yield {
        at,
        severity,
        message: `${describeRole(rule)} grants ${verbs} on ServiceAccounts ${describeScope(rule)}: its holder can exchange the IAM role of "${first.value.name}"${more}.`,
        related: [{ place: first.place, message: `ServiceAccount "${first.value.name}" has an IAM role.` }, ...related],
        fixes: [...toNamesFixes(rule, grant, toNamesWithoutRole(rule, context)), toDangerFix(rule, grant)],
      };
    },
  },
});

function toNamesWithoutRole(rule: PolicyRule, context: RuleContext): string[] {
  const held = findAccountsWithRole(rule, context).map(({ value }) => value.name);
  return findNames('ServiceAccount', rule, context).filter((name) => !held.includes(name));
}

function findAccountsWithRole({ resource }: PolicyRule, { workspace }: RuleContext): Known<ServiceAccountFact>[] {
  const accounts = workspace.conclude('rbac/accounts-with-iam-role', (asked) =>
    asked.all('service-account').filter(({ value }) => value.roleArn !== undefined),
  );
  if (resource.kind === 'ClusterRole') return accounts;
  return accounts.filter(({ value }) => {
    const namespace = value.isNamespaceWritten ? value.namespace : undefined;
    return isMaybeSameNamespace(namespace, resource.namespace);
  });
}
