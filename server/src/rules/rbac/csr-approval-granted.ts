import { defineRule } from '../../engine/rule';
import { getPolicyRules, isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { toClusterRole, toRule } from './_example';
import { findGrant, toRemovalFix } from './_grants';
import { toLesserFixes } from './_names-fix';
import { describeForce, toReach } from './_reach';
import { describeRole, toNameWords } from './_words';

const GROUP = 'certificates.k8s.io';
const APPROVAL = { group: GROUP, resources: ['certificatesigningrequests/approval'], verbs: ['update', 'patch'] };
const SIGNERS = { group: GROUP, resources: ['signers'], verbs: ['approve'] };

// The certificates by which kubelets serve: they name no user of the API server.
const SERVING = 'kubernetes.io/kubelet-serving';

export default defineRule({
  id: 'csr-approval-granted',
  category: 'rbac',
  title: 'Certificate requests can be approved',
  severity: 'error',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.1.11', 'k8s/rbac-certificates', 'k8s/certificate-signing-requests'],
  docs: {
    what: 'A role grants `approve` on signers, together with `certificatesigningrequests/approval`.',
    why: 'A client certificate of the signer `kubernetes.io/kube-apiserver-client` names any user. Whoever may request and approve one is any user of the cluster, for as long as the certificate lives: certificates cannot be revoked.',
    remedy:
      'Name the signers in `resourceNames`: `kubernetes.io/kubelet-serving` for the serving certificates of kubelets, or a signer of your own. With names other than those of client certificates it is a note, and so it is where the role is only bound in namespaces.',
    flags: toClusterRole(
      toRule(GROUP, 'certificatesigningrequests/approval', 'update'),
      toRule(GROUP, 'signers', 'approve'),
    ),
    passes: toClusterRole(toRule(GROUP, 'certificatesigningrequests', 'get, list, watch, create')),
  },
  visit: {
    *policyRule(rule, context) {
      if (rule.resource.kind !== 'ClusterRole') return;
      const grant = findGrant(rule, SIGNERS);
      const at = grant?.resources[0];
      // The one right is worth nothing without the other; a role that holds only half of it may well be half of a pair.
      const isWhole = getPolicyRules(rule.resource).some((other) => findGrant(other, APPROVAL));
      if (!grant || !at) return;
      const names = toStrings(rule.resourceNames);
      yield {
        at,
        ...toReach(rule, context, isHarmless(rule, names) ? 'info' : isWhole ? 'error' : 'warning', true),
        message: `${describeRole(rule)} can approve certificate requests of ${isNarrowed(rule) ? toNameWords(rule) : 'every signer'}${isHarmless(rule, names) ? '' : ', client certificates for any user included'}${describeForce(rule, context)}.`,
        fixes: [toRemovalFix(rule, 'resources', [at]), ...toLesserFixes(rule, grant, [SERVING], ['approve'])],
      };
    },
  },
});

const isHarmless = (rule: PolicyRule, names: readonly string[]) =>
  isNarrowed(rule) &&
  !names.some((name) => name === 'kubernetes.io/*' || name === 'kubernetes.io/kube-apiserver-client');
