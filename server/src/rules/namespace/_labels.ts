import type { Operation } from '../../engine/operation';
import type { Resource } from '../../model/kubernetes/resource';
import { comparePssLevels, isPssLevel, PSS_LABELS, PSS_MODES, type PssLevel, type PssMode } from '../../standards/pss';
import type { Ref } from '../../syntax/ref';

/** A Namespace object with the labels that Pod Security Admission reads. */
export interface LabelledNamespace {
  readonly name: string;
  readonly resource: Resource;
  readonly labels: Ref;
  readonly modes: readonly ModeLabels[];
}

/** The two labels of one mode. */
export interface ModeLabels {
  readonly mode: PssMode;
  readonly level: Ref;
  readonly version: Ref;
  /** The level, where it is a valid one. */
  readonly validLevel: PssLevel | undefined;
}

// The control plane and the agents of the nodes run there, and need what the standards forbid.
const SYSTEM_NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** True for a namespace of the control plane. */
export function isSystemNamespace(name: string): boolean {
  return SYSTEM_NAMESPACES.includes(name);
}

/** Reads a Namespace; undefined for other objects, and where the name or the labels are not known. */
export function readNamespace(resource: Resource): LabelledNamespace | undefined {
  const { kind, group, name, metadata, root } = resource;
  // A name that the API server would refuse, such as `_`, is one that kustomize replaces, labels and all.
  if (kind !== 'Namespace' || group !== '' || name === undefined || !NAME.test(name)) return undefined;
  const labels = metadata.get('labels');
  if (labels.isUnknown || root.get('$patch').isWritten) return undefined;
  const modes = PSS_MODES.map((mode) => {
    const level = labels.get(PSS_LABELS[mode].level);
    const text = level.isPresent ? level.string : undefined;
    const validLevel = text !== undefined && isPssLevel(text) ? text : undefined;
    return { mode, level, version: labels.get(PSS_LABELS[mode].version), validLevel };
  });
  return { name, resource, labels, modes };
}

/** Rules that may speak in a namespace at another level: of what a stricter rule said before, or of the level itself. */
export const LEVEL_REVEALS: readonly string[] = [
  'capability-not-baseline',
  'host-path-volume',
  'level-below-minimum',
  'net-raw-capability',
  'proc-mount-unmasked',
  'seccomp-unconfined',
  'security-field-wrong-type',
];

/** How a version label names a minor of Kubernetes 1.x. */
export const toVersionText = (minor: number): string => `v1.${minor}`;

/**
 * Enforces a level, pinned to a version where none is written. A mode that speaks of less is raised to the same level, so that
 * nobody's pods are refused without a word; one that is not set gets the level `others`, if one is given.
 */
export function toEnforcement(
  { modes }: LabelledNamespace,
  enforced: PssLevel,
  minor: number,
  others?: PssLevel,
): Operation[] {
  return modes.flatMap(({ mode, level, version, validLevel }): Operation[] => {
    const isWeaker = validLevel !== undefined && comparePssLevels(validLevel, enforced) < 0;
    const value = mode === 'enforce' || isWeaker ? enforced : level.isWritten ? undefined : others;
    if (value === undefined) return [];
    const pin: Operation = { op: 'set', at: version, value: toVersionText(minor) };
    return [{ op: 'set', at: level, value }, ...(version.isWritten ? [] : [pin])];
  });
}
