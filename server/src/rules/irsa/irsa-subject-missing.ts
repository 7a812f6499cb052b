import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { isNamingOperator } from '../../model/iam/operator';
import { getLiteral } from '../../model/iam/placeholder';
import type { TrustCondition, TrustStatement } from '../../model/iam/trust-policy';
import { getUnknownClaim } from './_claim';
import { renameKeys } from './_condition-fix';
import { toAccountExample, toExactPolicyExample, toTrustPolicyExample } from './_examples';
import { getKeySpan, getTextSpan } from './_span';
import { isKubernetesGrant, isSubjectText, toKey, toNewKey } from './_statement';
import { toSubjectFixes } from './_subject-fix';

export default defineRule({
  id: 'irsa-subject-missing',
  category: 'irsa',
  title: 'Trust policy admits every service account of the cluster',
  severity: 'error',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['aws/irsa-associate-role', 'aws/eks-identity-best-practices'],
  docs: {
    what: 'A trust policy admits the tokens of a cluster without asking for a subject (`<provider>:sub`).',
    why: 'Every service account of every namespace of the cluster can then take on the role, from any pod. Whoever may start a pod anywhere has the permissions of this role, and nothing on the side of AWS stops it.',
    remedy:
      'Add a condition `StringEquals` on `<provider>:sub` with `system:serviceaccount:<namespace>:<name>` of the account that needs the role. Where the workspace tells which account has the role, the fix writes it.',
    flags: {
      'service-account.yaml': toAccountExample('production', 's3-reader', 's3-reader'),
      's3-reader-trust-policy.json': toTrustPolicyExample(
        '{ "StringEquals": { "PROVIDER:aud": "sts.amazonaws.com" } }',
      ),
    },
    passes: toExactPolicyExample('system:serviceaccount:production:s3-reader'),
  },
  visit: {
    *trustStatement(statement, context) {
      if (!isKubernetesGrant(statement) || !statement.areConditionsKnown) return;
      const misplaced = statement.conditions.find(holdsOnlySubjects);
      if (misplaced?.claim === 'aud' && !hasSubject(statement)) {
        yield {
          at: misplaced.ref,
          span: getKeySpan(misplaced.ref),
          message: `The subject "${getLiteral(misplaced.values[0] ?? misplaced.ref)}" stands under the key of the audience ("${misplaced.key}"), which no token can match: it belongs under "…:sub".`,
          fixes: toKeyFix(statement, misplaced),
        };
        return;
      }
      // A key without a claim is malformed, and one of a claim that AWS does not have never holds: they say so by themselves.
      const isShut = statement.conditions.some(
        (one) => isNamingOperator(one.parsed) && getUnknownClaim(statement, one),
      );
      if (isShut || misplaced || hasSubject(statement) || statement.federated.length === 0) return;
      const [at = statement.ref] = statement.federated;
      yield {
        at,
        span: getTextSpan(at),
        message: `Every service account of the cluster can take on this role: no condition asks for a subject ("${toNewKey(statement, 'sub') ?? '…:sub'}").`,
        fixes: toSubjectFixes(statement, context),
      };
    },
  },
});

function hasSubject({ conditions }: TrustStatement): boolean {
  return conditions.some(({ claim }) => claim === 'sub');
}

function holdsOnlySubjects({ claim, values }: TrustCondition): boolean {
  return claim !== 'sub' && values.length > 0 && values.every((value) => isSubjectText(getLiteral(value)));
}

function toKeyFix(statement: TrustStatement, condition: TrustCondition): Fix[] {
  const key = toKey(statement, 'sub', condition);
  const operations = key === undefined ? undefined : renameKeys(statement, [{ condition, key }]);
  return operations ? [{ title: `Change the key to "${key}"`, safety: 'unsafe', operations }] : [];
}
