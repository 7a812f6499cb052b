import { readTrustPolicies } from '../../../server/src/model/iam/read-trust-policies';
import type { TrustPolicy } from '../../../server/src/model/iam/trust-policy';
import { toTrustPolicyFact } from '../../../server/src/model/iam/trust-policy-fact';
import type { TrustPolicyFact } from '../../../server/src/model/workspace/topics';
import type { Language } from '../../../server/src/syntax/language';
import { readSource } from '../../../server/src/syntax/source-file';

/** Host and path of the cluster's provider in these tests. */
export const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/0F1E2D3C4B5A69788796A5B4C3D2E1F0';

/** The ARN of a provider. */
export const toArn = (provider: string) => `arn:aws:iam::111122223333:oidc-provider/${provider}`;

/** A statement that trusts the cluster under a condition, with what is given in place of its elements. */
export function toStatement(
  condition: unknown,
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    Effect: 'Allow',
    Principal: { Federated: toArn(PROVIDER) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    ...(condition !== undefined && { Condition: condition }),
    ...changes,
  };
}

/** The text of a policy of some statements. */
export function toPolicyText(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
}

/** The trust policies of a text. */
export function readAll(text: string, language: Language = 'json'): TrustPolicy[] {
  return readSource(text, language).documents.flatMap(({ tree }) => readTrustPolicies(tree));
}

/** The one trust policy of a text, as the workspace knows it; throws when there is none. */
export function readFact(text: string, language: Language = 'json'): TrustPolicyFact {
  const [policy] = readAll(text, language);
  const fact = policy && toTrustPolicyFact(policy);
  if (!fact) throw new Error(`no trust policy for Kubernetes in ${text}`);
  return fact;
}
