import type { Step } from '../../syntax/ref';
import type { LabelSelector } from '../kubernetes/selectors';
import type { DataTopics } from './data-topics';
import type { ImageTopics } from './image-topics';
import type { NetworkTopics } from './network-topics';
import type { RbacTopics } from './rbac-topics';
import type { ReferenceTopics } from './reference-topics';

/** A Namespace object. Key: its name. */
export interface NamespaceFact {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Keys of labels that are written, but whose value is not known here. */
  readonly unknownLabels: readonly string[];
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
  /** Route of the spec of its pods, in the document. */
  readonly specPath: readonly Step[];
}

/** Key of what holds for every namespace. */
export const EVERY_NAMESPACE = '*';

/** Key of what lands in a namespace that no file names. */
export const UNKNOWN_NAMESPACE = '?';

/**
 * What a network policy object does for default-deny. Key: the namespace it names, `EVERY_NAMESPACE` for a cluster-wide one,
 * `UNKNOWN_NAMESPACE` where it names none.
 */
export interface NetworkPolicyFact {
  readonly kind: string;
  /** True for a policy of another project, or one that will be made: what it admits is not read here. */
  readonly isForeign: boolean;
  readonly name: string | undefined;
  /** The fact's key. */
  readonly namespace: string;
  /** Which namespaces a cluster-wide policy speaks of, by their labels; undefined: all, or not known here. */
  readonly namespaceSelector: LabelSelector | undefined;
  /** Which namespaces it speaks of, by patterns of their names; undefined: all. */
  readonly namespaceNames: readonly string[] | undefined;
  /** Patterns of the names of those that it leaves out. */
  readonly exceptedNames: readonly string[];
  /** True when it selects every pod of the namespace. */
  readonly selectsAllPods: boolean;
  readonly isolatesIngress: boolean;
  readonly isolatesEgress: boolean;
  /** True when its ingress rules let everyone in, so that its isolation denies nothing. */
  readonly allowsAllIngress: boolean;
  readonly allowsAllEgress: boolean;
}

/** Something that deploys other files into a namespace of its own choice. Key: always `all`. */
export interface DeploymentTargetFact {
  /** The namespace it chooses. */
  readonly namespace: string;
  /** True for kustomize, which replaces the namespaces written in the files below it. */
  readonly replacesNamespaces: boolean;
}

/** What a kustomization writes around the names of all objects of its files. Key: always `all`. */
export interface KustomizedNamesFact {
  readonly prefix: string;
  readonly suffix: string;
}

/** What a kustomization does with something that it builds from. Key: the last name of its path, as URIs have it. */
export interface KustomizationFact {
  /** Of the file or folder, as written. */
  readonly path: string;
  /** The namespace that it writes into all that it builds. */
  readonly namespace: string | undefined;
  /** Keys of labels that it writes to pods. */
  readonly podLabels: readonly string[];
  /** True where its patches or components may write other labels to pods. */
  readonly changesPods: boolean;
  /** True where it builds from a chart, or from what lies elsewhere. */
  readonly bringsPods: boolean;
}

/** A file that a kustomization patches others with. Key: its name, as URIs have it. */
export interface PatchFileFact {
  /** As written. */
  readonly path: string;
}

/** A ServiceAccount object. Key: its effective namespace. */
export interface ServiceAccountFact {
  readonly name: string;
  readonly namespace: string;
  /** False when the namespace is only the default that kubectl would use. */
  readonly isNamespaceWritten: boolean;
  /** `eks.amazonaws.com/role-arn`, when written and known. */
  readonly roleArn: string | undefined;
  /** True where an object is written here that surely has no role by an annotation, not even by a misspelt one. */
  readonly isRoleAbsent: boolean;
  /** `eks.amazonaws.com/audience`, when written and known. */
  readonly audience: string | undefined;
  /** `automountServiceAccountToken`. */
  readonly automount: boolean | 'unset' | 'unknown';
}

/** A RoleBinding or ClusterRoleBinding that names a service account. Key: the account's name. */
export interface AccountBindingFact {
  readonly kind: string;
  /** Name of the binding. */
  readonly binding: string | undefined;
  readonly role: string | undefined;
  /** Namespace of the account; undefined where none is written or it is not known. */
  readonly namespace: string | undefined;
}

/** A Secret that holds a token of a service account. Key: its effective namespace. */
export interface TokenSecretFact {
  readonly name: string;
  readonly isNamespaceWritten: boolean;
  /** Name of the service account, when written and known. */
  readonly account: string | undefined;
}

/** A volume of a pod that holds all of a Secret. Key: the Secret's name. */
export interface SecretVolumeFact {
  /** As written; undefined where none is. */
  readonly namespace: string | undefined;
  /** Name of the service account that the pod runs as. */
  readonly account: string;
}

/** A trust policy that names Kubernetes service accounts, or trusts their tokens. Key: always `all`. */
export interface TrustPolicyFact {
  readonly roleName: string | undefined;
  readonly roleArn: string | undefined;
  /** True where no policy is written: a tool makes it of what stands at the places given, so no fix can write into it. */
  readonly isDerived?: true;
  readonly statements: readonly TrustStatementFact[];
}

/** One statement of such a policy. */
export interface TrustStatementFact {
  readonly path: readonly (string | number)[];
  readonly effect: 'Allow' | 'Deny' | undefined;
  /** Host and path of the Federated providers as written, placeholders included; undefined where one cannot be read. */
  readonly providers: readonly (string | undefined)[];
  /** True for the principal `*`. */
  readonly isAnyone: boolean;
  /** False where there may be other principals, actions or conditions than are listed. */
  readonly isPrincipalKnown: boolean;
  readonly isActionKnown: boolean;
  readonly areConditionsKnown: boolean;
  /** The actions that can be read. */
  readonly actions: readonly string[];
  readonly conditions: readonly {
    readonly operator: string;
    readonly key: string;
    readonly provider: string;
    readonly claim: string;
    /** As written, placeholders included; undefined where a value cannot be read. */
    readonly values: readonly (string | undefined)[];
    /** Route of the value or list. */
    readonly path: readonly (string | number)[];
    readonly isList: boolean;
  }[];
}

/** A ServiceAccount that gets a role by EKS Pod Identity. Key: its subject, `system:serviceaccount:<namespace>:<name>`. */
export interface PodIdentityFact {
  readonly namespace: string;
  readonly name: string;
}

/** What a LimitRange object gives to containers that leave it out. Key: its effective namespace. */
export interface LimitRangeFact {
  /** Names of resources, such as `memory`, for which there is a default limit. */
  readonly limits: readonly string[];
  readonly requests: readonly string[];
}

/** A ResourceQuota object. Key: its effective namespace. */
export interface ResourceQuotaFact {
  readonly name: string | undefined;
}

/** Every topic of the workspace with the shape of its facts. */
export interface Topics extends DataTopics, ImageTopics, NetworkTopics, RbacTopics, ReferenceTopics {
  readonly namespace: NamespaceFact;
  readonly workload: WorkloadFact;
  readonly 'limit-range': LimitRangeFact;
  readonly 'resource-quota': ResourceQuotaFact;
  readonly 'network-policy': NetworkPolicyFact;
  readonly 'deployment-target': DeploymentTargetFact;
  readonly 'kustomized-names': KustomizedNamesFact;
  readonly kustomization: KustomizationFact;
  readonly 'patch-file': PatchFileFact;
  readonly 'service-account': ServiceAccountFact;
  readonly 'account-binding': AccountBindingFact;
  readonly 'token-secret': TokenSecretFact;
  readonly 'secret-volume': SecretVolumeFact;
  readonly 'trust-policy': TrustPolicyFact;
  readonly 'pod-identity': PodIdentityFact;
  /** A cluster that eksctl makes with an identity provider, at its `iam.withOIDC`. Key: `all`. */
  readonly 'cluster-with-oidc': true;
}

export type Topic = keyof Topics;
