import type { Step } from '../../syntax/ref';
import type { LabelSelector } from '../kubernetes/selectors';

/** Key of what has a name that is not known here. */
export const UNKNOWN_NAME = '?';

/** One entry of `rules` of a role as plain data. */
export interface RoleRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
  /** True where `resourceNames` keeps it to objects with names, known here or not. */
  readonly isNarrowed: boolean;
  /** False where one of the lists holds something that is not known here. */
  readonly isKnown: boolean;
  /** Route of the entry in its document. */
  readonly path: readonly Step[];
}

/** What a role is called and where it is, without what it grants. */
export interface RoleName {
  readonly kind: 'Role' | 'ClusterRole';
  /** Undefined when it is not known here. */
  readonly name: string | undefined;
  /** Of a Role, as written; undefined where none is written or it is not known, and for a ClusterRole. */
  readonly namespace: string | undefined;
}

/** A Role or ClusterRole. Key: its name. */
export interface RoleFact extends RoleName {
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly RoleRule[];
  /** True when the controller writes the rules from those of other roles. */
  readonly isAggregated: boolean;
}

/** That there is a Role or ClusterRole. Key: its kind. Asked by those to whom it does not matter what the role grants. */
export type RoleNameFact = RoleName;

/** A ClusterRole with an `aggregationRule`. Key: always `all`. */
export interface RoleAggregationFact {
  readonly name: string;
  /** Each selects ClusterRoles whose rules it takes over. */
  readonly selectors: readonly LabelSelector[];
}

/** One entry of `subjects`. */
export interface SubjectFact {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  /** Of a ServiceAccount: the one written, else the binding's; undefined where neither is known. */
  readonly namespace: string | undefined;
}

/** A RoleBinding or ClusterRoleBinding. Key: the name of its role. */
export interface RoleBindingFact {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly name: string | undefined;
  /** Of a RoleBinding, as written; undefined where none is written or it is not known, and for a ClusterRoleBinding. */
  readonly namespace: string | undefined;
  readonly role: { readonly kind: string; readonly name: string };
  /** Those that are known. */
  readonly subjects: readonly SubjectFact[];
  /** False where there are others. */
  readonly areSubjectsKnown: boolean;
}

/** A CustomResourceDefinition. Key: its group. */
export interface CustomResourceFact {
  readonly group: string;
  readonly plural: string;
  readonly singular: string | undefined;
  readonly kind: string | undefined;
  readonly shortNames: readonly string[];
  readonly isNamespaced: boolean | undefined;
  readonly versions: readonly string[];
}

/** A webhook configuration or admission policy. Key: its resource, in the plural. */
export interface AdmissionObjectFact {
  readonly name: string;
}

/** Topics of role-based access control, with the shapes of their facts. */
export interface RbacTopics {
  readonly role: RoleFact;
  readonly 'role-name': RoleNameFact;
  readonly 'role-aggregation': RoleAggregationFact;
  readonly 'role-binding': RoleBindingFact;
  readonly 'custom-resource': CustomResourceFact;
  readonly 'admission-object': AdmissionObjectFact;
}
