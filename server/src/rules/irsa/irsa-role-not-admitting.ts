import { defineRule } from '../../engine/rule';
import { findRefusal } from '../../model/iam/join';
import { getEffectiveNamespace, readStringMap } from '../../model/kubernetes/resource';
import { toAccountExample, toExactPolicyExample } from './_examples';
import { REFUSED } from './_near-account';
import { describeRefusal, toRefusalFixes, toRefusalPlace } from './_refusal';
import { getTextSpan } from './_span';

const ROLE_ARN = 'eks.amazonaws.com/role-arn';

export default defineRule({
  id: 'irsa-role-not-admitting',
  category: 'irsa',
  title: 'IAM role does not admit this ServiceAccount',
  severity: 'error',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role', 'aws/assume-role-with-web-identity'],
  docs: {
    what: 'A ServiceAccount is annotated with an IAM role whose trust policy, as the workspace holds it, does not admit this account.',
    why: `The annotation only tells pods which role to ask for; the role's trust policy decides. Where it names another namespace or another account, each call to AWS fails with ${REFUSED}, or quietly falls back to the rights of the node.`,
    remedy:
      "Name this account in the trust policy, or give the account the name and namespace that the policy trusts. Which policy is the role's is what the configuration says (`irsa.roles`), or is read from its file where that says so (`RoleName`, `Arn`), else from a file called after the role, from another account that has the same role and is admitted, or from a policy that names no existing account but nearly this one. Where nothing connects a role with a policy, nothing is reported.",
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      's3-reader-trust-policy.json': toExactPolicyExample('system:serviceaccount:production:log-shipper'),
    },
    passes: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      's3-reader-trust-policy.json': toExactPolicyExample('system:serviceaccount:production:s3-reader'),
    },
  },
  visit: {
    *resource(resource, { workspace, settings }) {
      if (resource.kind !== 'ServiceAccount' || resource.group !== '' || resource.name === undefined) return;
      const at = resource.metadata.get('annotations', ROLE_ARN);
      const namespace = getEffectiveNamespace(resource);
      if (!at.isPresent || at.string === undefined || namespace === undefined) return;
      const account = {
        name: resource.name,
        namespace,
        isNamespaceWritten: resource.namespace !== undefined,
        roleArn: at.string,
        audience: readStringMap(resource.metadata.get('annotations'))['eks.amazonaws.com/audience'],
      };
      const accounts = () => workspace.all('service-account').map(({ value }) => value);
      const refusal = findRefusal(account, workspace.all('trust-policy'), accounts, settings.irsaRoles);
      if (!refusal) return;
      yield {
        at,
        span: getTextSpan(at),
        message: describeRefusal(account, refusal),
        severity: refusal.basis === 'role' || refusal.basis === 'configuration' ? 'error' : 'warning',
        related: [toRefusalPlace(refusal)],
        fixes: toRefusalFixes(account, refusal, resource),
      };
    },
  },
});
