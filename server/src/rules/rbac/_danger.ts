import type { Severity } from '../../engine/settings';
import type { ReferredKind } from '../../model/workspace/reference-topics';
import type { Right } from './_grants';

/** Verbs that change what is there. */
export const CHANGE = ['update', 'patch'] as const;
/** Verbs by which an object gets the content that its writer wants. */
export const WRITE = ['create', ...CHANGE] as const;
/** Writing, and taking away. */
export const WRITE_OR_DELETE = [...WRITE, 'delete'] as const;

/** A right with what makes it dangerous. */
export interface Danger {
  readonly rights: readonly Right[];
  /** Where it holds in the whole cluster. */
  readonly severity: Severity;
  /** Where it holds among the pods of the control plane, in the namespace `kube-system`, if that is worse. */
  readonly inSystem?: Severity;
  /** What its holder can do, behind "its holder can". */
  readonly allows: string | ((verbs: readonly string[], resources: readonly string[]) => string);
  /** The kind whose objects the rights are about, where they can be named instead. */
  readonly named?: ReferredKind;
  /** True when it is about objects that are in no namespace, so that only a ClusterRoleBinding puts it in force. */
  readonly isClusterScoped?: boolean;
}
