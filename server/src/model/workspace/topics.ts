/** A Namespace object. Key: its name. */
export interface NamespaceFact {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** An object that makes pods. Key: its effective namespace. */
export interface WorkloadFact {
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string;
  /** False when the namespace is only the default that kubectl would use. */
  readonly isNamespaceWritten: boolean;
  /** Labels of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** `spec.serviceAccountName` (or the deprecated `serviceAccount`) of its pods, `default` when unset; undefined when unknown. */
  readonly serviceAccount: string | undefined;
  readonly isHostNetwork: boolean;
}

/** What a network policy object does for default-deny. Key: its effective namespace, or `*` for a cluster-wide one. */
export interface NetworkPolicyFact {
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string;
  /** True when it selects every pod of the namespace. */
  readonly selectsAllPods: boolean;
  readonly isolatesIngress: boolean;
  readonly isolatesEgress: boolean;
  /** True when its ingress rules let everyone in, so that its isolation denies nothing. */
  readonly allowsAllIngress: boolean;
  readonly allowsAllEgress: boolean;
}

/** A ServiceAccount object. Key: its effective namespace. */
export interface ServiceAccountFact {
  readonly name: string;
  readonly namespace: string;
  readonly isNamespaceWritten: boolean;
  /** `eks.amazonaws.com/role-arn`, when written and known. */
  readonly roleArn: string | undefined;
}

/** A trust policy that names Kubernetes service accounts. Key: always `all`. */
export interface TrustPolicyFact {
  readonly roleName: string | undefined;
  readonly roleArn: string | undefined;
  /** False when a part that decides who is admitted is not known here. */
  readonly isKnown: boolean;
  /** The web-identity statements that allow. */
  readonly statements: readonly TrustStatementFact[];
}

/** One web-identity statement. */
export interface TrustStatementFact {
  readonly path: readonly (string | number)[];
  /** Provider ids (`oidc.eks.…/id/…`) of the Federated principals. */
  readonly providers: readonly string[];
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly values: readonly string[];
    /** Route of the value or list. */
    readonly path: readonly (string | number)[];
  }[];
}

/** Every topic of the workspace with the shape of its facts. */
export interface Topics {
  readonly namespace: NamespaceFact;
  readonly workload: WorkloadFact;
  readonly 'network-policy': NetworkPolicyFact;
  readonly 'service-account': ServiceAccountFact;
  readonly 'trust-policy': TrustPolicyFact;
}

export type Topic = keyof Topics;
