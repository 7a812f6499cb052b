import type { Ref } from '../../syntax/ref';
import type { Container, PodTemplate } from './pod';

/** How a security context answers one question. `unset` leaves it to the pod, or to the runtime. */
export type Verdict = 'good' | 'bad' | 'unset' | 'unknown';

/** Where a setting that containers inherit from their pod is at fault: at the pod, or at one container. */
export interface InheritedFault {
  readonly verdict: 'bad' | 'unset';
  /** Undefined for a fault of the pod itself. */
  readonly container: Container | undefined;
  /** The containers that the fault concerns. */
  readonly concerned: readonly Container[];
}

/**
 * Judges a setting that stands at the pod or at a container, where the container's own wins. As the API server does, a bad
 * pod-level value is a fault even where every container overrides it. What is set nowhere is one fault of the pod; where some
 * containers set it and others do not, each of the others is at fault. Nothing is said where the answer is not known.
 */
export function findInheritedFaults(pod: PodTemplate, judge: (securityContext: Ref) => Verdict): InheritedFault[] {
  const ofPod = judge(pod.securityContext);
  const verdicts = pod.containers.map((container) => ({ container, verdict: judge(container.securityContext) }));
  const unset = verdicts.filter(({ verdict }) => verdict === 'unset').map(({ container }) => container);
  const faults: InheritedFault[] = [];
  if (ofPod === 'bad') faults.push({ verdict: 'bad', container: undefined, concerned: unset });
  const whole = pod.containers.filter(({ isFragment }) => !isFragment);
  if (ofPod === 'unset' && unset.length > 0 && unset.length === whole.length) {
    return [{ verdict: 'unset', container: undefined, concerned: unset }];
  }
  for (const { container, verdict } of verdicts) {
    if (verdict === 'bad' || (verdict === 'unset' && ofPod === 'unset')) {
      faults.push({ verdict, container, concerned: [container] });
    }
  }
  return faults;
}

/** The first security context that sets a field for a container: its own, else the pod's. */
export function getEffective(container: Container, field: string): Ref {
  const own = container.securityContext.get(field);
  return own.isAbsent ? container.pod.securityContext.get(field) : own;
}

/** True when the container is known to run as a user that is named by number and is not root. */
export function hasNonRootUser(container: Container): boolean {
  const user = getEffective(container, 'runAsUser');
  return user.isPresent && (user.number ?? 0) > 0;
}

/**
 * True when the pod is for Windows nodes (`spec.os.name`), undefined where that is not known. A fragment that does not say so
 * is not: only what it says is judged, and the API server refuses those fields in a pod for Windows.
 */
export function isWindowsPod(pod: PodTemplate): boolean | undefined {
  const name = pod.spec.get('os', 'name');
  if (pod.isFragment && !name.isWritten) return false;
  return name.isUnknown ? undefined : name.string === 'windows';
}

/** True when the pod runs on Windows by all that it says: by its os, or by the label of the nodes that it selects. */
export function isMeantForWindows(pod: PodTemplate): boolean {
  const selector = pod.spec.get('nodeSelector');
  const labels = ['kubernetes.io/os', 'beta.kubernetes.io/os'].map((key) => selector.get(key));
  const written = pod.isFragment ? labels.filter((label) => label.isWritten) : labels;
  return isWindowsPod(pod) !== false || written.some((label) => label.isUnknown || label.string === 'windows');
}

/** True when the pod, or what is here of it, asks for a user namespace (`hostUsers: false`); undefined where it is not known. */
export function hasUserNamespace(pod: PodTemplate): boolean | undefined {
  const hostUsers = pod.spec.get('hostUsers');
  if (pod.isFragment && !hostUsers.isWritten) return false;
  return hostUsers.isUnknown ? undefined : hostUsers.boolean === false;
}

/** The security contexts of a pod: its own, then those of its containers, each with who it belongs to. */
export function getSecurityContexts(pod: PodTemplate): { readonly ref: Ref; readonly container?: Container }[] {
  const own = pod.containers.map((container) => ({ ref: container.securityContext, container }));
  return [{ ref: pod.securityContext }, ...own];
}

/** Judges `runAsNonRoot` of a security context. What is no boolean counts as unset: it keeps nobody from being root. */
export function judgeRunAsNonRoot(securityContext: Ref): Verdict {
  const field = securityContext.get('runAsNonRoot');
  if (field.isUnknown) return 'unknown';
  if (field.boolean === undefined) return 'unset';
  return field.boolean ? 'good' : 'bad';
}

/** Judges `seccompProfile` of a security context by its type. A profile without a type confines nothing. */
export function judgeSeccomp(securityContext: Ref, allowedTypes: readonly string[]): Verdict {
  const profile = securityContext.get('seccompProfile');
  if (profile.isUnknown) return 'unknown';
  if (!profile.isMapping) return 'unset';
  const type = profile.get('type');
  if (type.isUnknown) return 'unknown';
  return type.string !== undefined && allowedTypes.includes(type.string) ? 'good' : 'bad';
}
