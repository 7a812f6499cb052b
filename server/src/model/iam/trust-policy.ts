import type { Ref } from '../../syntax/ref';

/** An IAM role trust policy, wherever it is written. */
export interface TrustPolicy {
  /** The policy document: the mapping that holds Version and Statement. */
  readonly root: Ref;
  /** The role's name, where the file says it. */
  readonly roleName: string | undefined;
  /** The role's ARN, where the file says it. */
  readonly roleArn: string | undefined;
  readonly statements: readonly TrustStatement[];
}

/** One statement of a trust policy. */
export interface TrustStatement {
  readonly policy: TrustPolicy;
  readonly ref: Ref;
  /** `Allow` or `Deny`; undefined where it is neither or not known. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** `Principal.Federated`, each value. */
  readonly federated: readonly Ref[];
  readonly actions: readonly Ref[];
  readonly conditions: readonly TrustCondition[];
}

/** One key of one operator of a statement's Condition. */
export interface TrustCondition {
  /** As written: `StringEquals`, `ForAnyValue:StringLike`, … */
  readonly operator: string;
  /** As written: `oidc.eks.…/id/…:sub`. */
  readonly key: string;
  /** The key before its last colon: the identity provider's host and path. */
  readonly provider: string;
  /** The key after its last colon, `sub` or `aud` where Kubernetes is meant; '' where there is no colon. */
  readonly claim: string;
  /** The value or list of values. */
  readonly ref: Ref;
  /** Each value. */
  readonly values: readonly Ref[];
}
