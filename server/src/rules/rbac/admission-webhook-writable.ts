import { defineRule } from '../../engine/rule';
import { isNarrowed, toStrings } from '../../model/kubernetes/rbac';
import { toClusterRole, toRule } from './_example';
import { findGrant, toRemovalFix } from './_grants';
import { findAdmissionNames } from './_names';
import { toLesserFixes } from './_names-fix';
import { describeForce, toReach } from './_reach';
import { describeRole, toNameWords, toQuotedList, toVerbWords } from './_words';

const GROUP = 'admissionregistration.k8s.io';
const RESOURCES = [
  'mutatingwebhookconfigurations',
  'validatingwebhookconfigurations',
  'mutatingadmissionpolicies',
  'mutatingadmissionpolicybindings',
  'validatingadmissionpolicies',
  'validatingadmissionpolicybindings',
];
const WRITING = ['create', 'update', 'patch', 'delete', 'deletecollection'];

export default defineRule({
  id: 'admission-webhook-writable',
  category: 'rbac',
  title: 'Admission control can be changed',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.12', 'k8s/rbac-admission-webhooks'],
  docs: {
    what: 'A rule grants writing webhook configurations or admission policies.',
    why: 'A mutating webhook sees and changes every object that is written, Secrets included. Whoever can change or delete a validating one switches off the policies of the cluster.',
    remedy:
      'Name the configurations that the holder keeps in `resourceNames`; an operator that renews the certificate of its own webhook needs `get` and `patch` on that one. With names it is a note (`create` cannot be narrowed by name), and so it is where the role is only bound in namespaces: there it grants nothing.',
    flags: toClusterRole(toRule(GROUP, 'validatingwebhookconfigurations', 'get, update')),
    passes: toClusterRole(toRule(GROUP, 'validatingwebhookconfigurations', 'get, list, watch')),
  },
  visit: {
    *policyRule(rule, context) {
      const grant = findGrant(rule, { group: GROUP, resources: RESOURCES, verbs: WRITING });
      const at = grant?.resources[0];
      if (!grant || !at || rule.resource.kind !== 'ClusterRole') return;
      const verbs = toVerbWords(grant.verbNames);
      const isWildcard = grant.verbNames.includes('*');
      yield {
        at,
        ...toReach(rule, context, isNarrowed(rule) ? 'info' : 'error', true),
        message: `${describeRole(rule)} grants ${verbs} on ${toQuotedList(toStrings(grant.resources))}${isNarrowed(rule) ? ` named ${toNameWords(rule)}` : ''}: its holder decides what the API server admits${describeForce(rule, context)}.`,
        fixes: [
          toRemovalFix(rule, isWildcard ? 'resources' : 'verbs', isWildcard ? grant.resources : grant.verbs),
          ...toLesserFixes(rule, grant, findAdmissionNames(toStrings(grant.resources), context)),
        ],
      };
    },
  },
});
