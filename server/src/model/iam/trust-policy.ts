import type { Ref } from '../../syntax/ref';
import type { ConditionOperator } from './operator';
import type { Issuer } from './provider';

/** An IAM role trust policy, wherever it is written. */
export interface TrustPolicy {
  /** The policy document: the mapping that holds Version and Statement. */
  readonly root: Ref;
  /** The role's name, where the file says it. */
  readonly roleName: string | undefined;
  /** The role's ARN, where the file says it. */
  readonly roleArn: string | undefined;
  /** The path of the role, `/` where the file gives it none; undefined where it is not known. */
  readonly rolePath: string | undefined;
  readonly statements: readonly TrustStatement[];
}

/** One statement of a trust policy. */
export interface TrustStatement {
  readonly policy: TrustPolicy;
  readonly ref: Ref;
  /** `Allow` or `Deny`; undefined where it is neither or not known. */
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** True inside `Fn::If`: whether the statement is there is decided elsewhere. */
  readonly isConditional: boolean;
  /** `Principal.Federated`, each value. */
  readonly federated: readonly Ref[];
  /** Host and path of each Federated provider as written, placeholders included; undefined where it cannot be read. */
  readonly providers: readonly (string | undefined)[];
  /** Kinds of principal beside Federated: `AWS`, `Service`; `*` for everyone. */
  readonly otherPrincipals: readonly string[];
  /** Whose tokens the statement is about. Only `kubernetes` is ours to judge. */
  readonly issuer: Issuer;
  readonly actions: readonly Ref[];
  readonly conditions: readonly TrustCondition[];
  /** False for NotPrincipal, and where a function or placeholder stands in place of principals. */
  readonly isPrincipalKnown: boolean;
  /** False for NotAction, and where an action cannot be read. */
  readonly isActionKnown: boolean;
  /** False where a condition, or a condition's key, is computed: there may be more of them than are listed. */
  readonly areConditionsKnown: boolean;
}

/** One key of one operator of a statement's Condition. */
export interface TrustCondition {
  /** As written: `StringEquals`, `ForAnyValue:StringLike`, … */
  readonly operator: string;
  readonly parsed: ConditionOperator;
  /** As written: `oidc.eks.…/id/…:sub`. */
  readonly key: string;
  /** The key before its last colon: the identity provider's host and path; '' where the key is the claim alone. */
  readonly provider: string;
  /** The key after its last colon, `sub` or `aud` where Kubernetes is meant; '' where there is none or it is not known. */
  readonly claim: string;
  /** The value or list of values. */
  readonly ref: Ref;
  /** Each value. */
  readonly values: readonly Ref[];
}
