import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { getLiteral } from '../../model/iam/placeholder';
import { isPodIdentityStatement, POD_IDENTITY_ACTIONS } from '../../model/iam/pod-identity';
import type { TrustStatement } from '../../model/iam/trust-policy';
import { isLike } from '../../model/iam/wildcard';
import { getTextSpan } from './_span';

const toExample = (action: string) => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "Service": "pods.eks.amazonaws.com" },
      "Action": ${action}
    }
  ]
}
`;

export default defineRule({
  id: 'pod-identity-trust-incomplete',
  category: 'irsa',
  title: 'EKS Pod Identity lacks an action that it needs',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/pod-identity-role', 'aws/pod-identity-session-tags'],
  docs: {
    what: 'A trust policy lets `pods.eks.amazonaws.com` take on the role without allowing both `sts:AssumeRole` and `sts:TagSession`.',
    why: 'EKS Pod Identity takes on a role and tags the session with the names of cluster, namespace, account and pod, in one call. If either action is not allowed, the call is refused, and pods start but get no credentials: nothing works by halves, so this is an error. The one exception is an association that turns session tags off (`disableSessionTags`): it sends no tags, so that only `sts:AssumeRole` is asked for, and the finding can be suppressed. That the policy has no conditions on those tags breaks nothing and only admits more than is meant: it is a rule of its own, `pod-identity-any-account`, less grave and off until it is turned on.',
    remedy: 'Allow both actions for the principal `pods.eks.amazonaws.com`.',
    flags: toExample('"sts:AssumeRole"'),
    passes: toExample('["sts:AssumeRole", "sts:TagSession"]'),
  },
  visit: {
    *trustPolicy({ statements }) {
      const own = statements.filter(isPodIdentityStatement);
      const [first] = own;
      if (!first || own.some(({ isActionKnown }) => !isActionKnown)) return;
      const allowed = own.flatMap(({ actions }) => actions.map((action) => getLiteral(action)?.toLowerCase() ?? ''));
      const missing = POD_IDENTITY_ACTIONS.filter(
        (action) => !allowed.some((pattern) => isLike(pattern, action.toLowerCase())),
      );
      if (missing.length === 0) return;
      const at = first.actions[0] ?? first.ref.get('Action');
      yield {
        at,
        span: getTextSpan(at),
        message: `EKS Pod Identity needs ${missing.map((action) => `"${action}"`).join(' and ')} too: as it stands, pods get no credentials of this role.`,
        fixes: toFixes(first, missing),
      };
    },
  },
});

function toFixes({ ref, actions }: TrustStatement, missing: readonly string[]): Fix[] {
  const written = actions.flatMap((action) => getLiteral(action) ?? []);
  const title = `Allow ${missing.map((action) => `"${action}"`).join(' and ')}`;
  const value = [...written, ...missing];
  return [{ title, safety: 'unsafe', operations: [{ op: 'set', at: ref.get('Action'), value }] }];
}
