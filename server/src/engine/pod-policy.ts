import type { PodTemplate } from '../model/kubernetes/pod';
import { hasUserNamespace, isWindowsPod } from '../model/kubernetes/pod-inheritance';
import { getEffectiveNamespace, type Resource } from '../model/kubernetes/resource';
import type { NamespaceFact } from '../model/workspace/topics';
import type { Workspace } from '../model/workspace/workspace';
import {
  getActiveChecks,
  PSS_LABEL_KEYS,
  PSS_LABELS,
  PSS_MODES,
  type PssActiveCheck,
  type PssCheckId,
  type PssMode,
  resolveNamespacePolicy,
} from '../standards/pss';
import type { Settings, Severity } from './settings';

/** A Pod Security check in force for a pod, and what comes of breaking it. */
export interface ForcedCheck {
  readonly check: PssActiveCheck;
  /** Severity to report with; undefined leaves the rule's own. */
  readonly severity: Severity | undefined;
  /** A sentence to put behind the message, or ''. */
  readonly consequence: string;
}

/** What decides which checks are in force; a rule's context is one. */
export interface Judge {
  readonly workspace: Workspace;
  readonly settings: Settings;
}

/**
 * The checks that a pod is judged by: those of its Namespace's labels where the workspace holds it and it is labelled, else
 * those of the configured level. A check that several modes demand is judged by the one with the gravest consequence.
 */
export function getForcedChecks(resource: Resource, workspace: Workspace, settings: Settings): readonly ForcedCheck[] {
  const namespace = settings.isLevelForced ? undefined : getEffectiveNamespace(resource);
  const found = namespace === undefined ? undefined : workspace.find('namespace', namespace)[0]?.value;
  const labels = found && getPolicyLabels(found);
  if (!labels) {
    const checks = getActiveChecks(settings.podSecurityLevel, settings.kubernetesMinor);
    return checks.map((check) => ({ check, severity: undefined, consequence: '' }));
  }
  const policy = resolveNamespacePolicy(labels);
  const forced = new Map<string, ForcedCheck>();
  for (const mode of PSS_MODES) {
    const { level, version } = policy[mode];
    const name = `${level}:${version.text}`;
    // `latest` is the version of the cluster that the pods are for, which the settings name.
    const minor = version.isLatest ? settings.kubernetesMinor : version.minor;
    for (const check of getActiveChecks(level, minor)) {
      if (forced.has(check.id)) continue;
      forced.set(check.id, { check, ...toConsequence(mode, name, namespace ?? '', resource.kind) });
    }
  }
  return [...forced.values()];
}

/** The labels of a Namespace that chooses a level; undefined where it chooses none, or where some are not known here. */
function getPolicyLabels({ labels, unknownLabels }: NamespaceFact): Readonly<Record<string, string>> | undefined {
  if (unknownLabels.some((key) => PSS_LABEL_KEYS.includes(key))) return undefined;
  return PSS_MODES.some((mode) => labels[PSS_LABELS[mode].level] !== undefined) ? labels : undefined;
}

function toConsequence(mode: PssMode, policy: string, namespace: string, kind: string): Omit<ForcedCheck, 'check'> {
  const place = `namespace "${namespace}"`;
  if (mode === 'audit') {
    return {
      severity: 'warning',
      consequence: ` The labels of ${place} audit ${policy}: the pod runs, and the audit log notes it.`,
    };
  }
  if (mode === 'warn') {
    return {
      severity: 'warning',
      consequence: ` The labels of ${place} warn of ${policy}: the pod runs, and kubectl prints a warning.`,
    };
  }
  const outcome =
    kind === 'Pod' ? 'the API server will reject this Pod' : `the ${kind} is accepted, but its pods will be rejected`;
  return { severity: 'error', consequence: ` The labels of ${place} enforce ${policy}: ${outcome}.` };
}

/** True when a check passes the pod whatever it says, or may do so for all that is known here. */
export function isExempt(pod: PodTemplate, check: PssActiveCheck): boolean {
  if (check.exemptsWindows && isWindowsPod(pod) !== false) return true;
  return check.relaxedByUserNamespace && hasUserNamespace(pod) !== false;
}

/** True when a pod is judged by a check and not exempt from it: a rule of the check's own then speaks of the fault. */
export function isJudgedBy(pod: PodTemplate, id: PssCheckId, { workspace, settings }: Judge): boolean {
  return getForcedChecks(pod.resource, workspace, settings).some(
    ({ check }) => check.id === id && !isExempt(pod, check),
  );
}
