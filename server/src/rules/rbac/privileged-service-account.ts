import { defineRule, type RuleContext } from '../../engine/rule';
import type { Known } from '../../model/workspace/fact';
import { isMaybeSameNamespace } from '../../model/workspace/rbac';
import type { AccountBindingFact } from '../../model/workspace/topics';
import { describeOwner } from '../pod-security/_words';
import { type PodAccount, readPodAccount } from '../service-account/_account';
import { toBinding, toClusterRole, toRule } from './_example';
import { findGraveRight } from './_grave';
import { isBeside } from './_role-reference';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: reporter
  namespace: shop
spec:
  serviceAccountName: reporter
  containers:
    - name: reporter
      image: registry.example.com/reporter:1.4.2
`;
const BINDING = toBinding(
  'ClusterRoleBinding',
  'ClusterRole',
  'operator',
  'kind: ServiceAccount\nname: reporter\nnamespace: shop',
);
const toExample = (verbs: string) => `${POD}---\n${BINDING}---\n${toClusterRole(toRule('', 'pods/exec', verbs))}`;

export default defineRule({
  id: 'privileged-service-account',
  category: 'rbac',
  title: 'Pod whose account rules the cluster',
  severity: 'warning',
  confidence: 'high',
  fixable: 'never',
  standards: ['k8s/rbac-least-privilege', 'k8s/service-accounts', 'nsa/rbac'],
  docs: {
    what: 'A pod runs as a service account that, by its ClusterRoleBindings, can read every Secret, run commands in every pod, or take rights that it does not have.',
    why: 'Whoever breaks into this one container has the token of the account, and with it the cluster. The rule follows the pod to its account, the account to its bindings, and these to the roles.',
    remedy:
      'Bind what the program needs in the namespaces where it needs it, or name the objects in `resourceNames`. Where the rights are needed, as for an operator, keep its pods apart: a namespace of their own, the level `restricted`, an image of your own, and nobody else with the right to run pods there.',
    flags: toExample('create'),
    passes: toExample('list'),
  },
  visit: {
    *pod(pod, context) {
      const account = readPodAccount(pod);
      if (!account || account.name === 'default' || pod.spec.get('automountServiceAccountToken').boolean === false)
        return;
      for (const binding of findWideBindings(account, context)) {
        const grave = findGraveRight(binding, context);
        if (!grave) continue;
        const { kind, binding: name = '', role = '' } = binding.value;
        yield {
          at: account.at,
          message: `${describeOwner(pod, undefined)} runs as "${account.name}", which can ${grave.words} by ${kind} "${name}".`,
          related: [
            { place: binding.place, message: `${kind} "${name}" gives ClusterRole "${role}".` },
            ...grave.related,
          ],
        };
      }
    },
  },
});

/**
 * Where pod or binding leaves the namespace open, only a binding that stands beside the pod is taken for its own; and only one
 * of the same file where that binds the account, because files that lie side by side are often several ways to install.
 */
function findWideBindings({ name, namespace }: PodAccount, context: RuleContext): Known<AccountBindingFact>[] {
  const all = context.workspace.find('account-binding', name);
  const isOwnFile = all.some(({ uri }) => uri === context.uri);
  return all.filter(({ value, uri }) => {
    if (value.kind !== 'ClusterRoleBinding') return false;
    if (namespace !== undefined && value.namespace === namespace) return true;
    const isNear = isOwnFile ? uri === context.uri : isBeside(uri, context);
    return isNear && isMaybeSameNamespace(value.namespace, namespace);
  });
}
