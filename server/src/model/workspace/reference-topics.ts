/** What objects refer to by name. `IamRole` is an AWS role, known here by its trust policy. */
export type ReferredKind =
  | 'ServiceAccount'
  | 'Role'
  | 'ClusterRole'
  | 'Secret'
  | 'ConfigMap'
  | 'PersistentVolumeClaim'
  | 'Namespace'
  | 'NetworkPolicy'
  | 'IamRole';

const CLUSTER_WIDE: readonly string[] = ['ClusterRole', 'Namespace', 'IamRole'];

/** True for kinds whose names are the same in every namespace. */
export function isClusterWide(kind: string): boolean {
  return CLUSTER_WIDE.includes(kind);
}

/** What an object is known by to those that refer to it. */
export interface ObjectName {
  readonly kind: ReferredKind;
  readonly name: string;
  /** As written; undefined where none is written or it is not known, and for kinds without one. */
  readonly namespace: string | undefined;
}

/** A name by which one object refers to another. Key: that of `toObjectKey`. Its path leads to the scalar. */
export interface ReferenceFact extends ObjectName {
  /** How the scalar names it: by its name, as `system:serviceaccount:<namespace>:<name>`, or by its ARN. */
  readonly form: 'name' | 'subject' | 'arn';
}

/** That an object is made: written here, or made by what is written here. Key: that of `toObjectKey`. Its path leads to the name. */
export type DefinitionFact = ObjectName;

/** Key of references and definitions of one name in every namespace: which namespaces are the same is decided by who asks. */
export function toObjectKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind}/${name}`;
}

/** That a document holds objects of a kind. Key: that of `toHoldingKey`. */
export interface HoldingFact {
  /** False where the name is filled in later. */
  readonly isNamed: boolean;
}

/** Topics of names, with the shapes of their facts. */
export interface ReferenceTopics {
  readonly reference: ReferenceFact;
  readonly definition: DefinitionFact;
  readonly holding: HoldingFact;
}
