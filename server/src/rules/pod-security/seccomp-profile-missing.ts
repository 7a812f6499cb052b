import type { Fix, Operation } from '../../engine/operation';
import { isExempt } from '../../engine/pod-policy';
import { defineRule } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { findInheritedFaults, type InheritedFault, judgeSeccomp } from '../../model/kubernetes/pod-inheritance';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from './_example';
import { getSeccompPlace } from './_seccomp';
import { toFixesFor } from './_windows';
import { describeContainers, describeOwner, describeWrongType } from './_words';

export default defineRule({
  id: 'seccomp-profile-missing',
  category: 'pod-security',
  title: 'No seccomp profile',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  check: 'seccompProfile_restricted',
  standards: ['pss/restricted/seccompProfile_restricted', 'cis/5.6.2', 'k8s/seccomp'],
  docs: {
    what: 'A container has no seccomp profile, neither its own nor that of its pod, or one that confines nothing.',
    why: 'Seccomp keeps a program to the system calls that programs need. Without a profile all of them are open, also the rarely used ones in which holes of the kernel are found.',
    remedy:
      'Set `seccompProfile.type: RuntimeDefault` in the `securityContext` of the pod; it holds for every container that does not say otherwise. The default profile forbids some forty system calls that ordinary programs do not make.',
    flags: toPlainPod({ podSecurity: 'runAsNonRoot: true' }),
    passes: toHardenedPod(),
  },
  visit: {
    *pod(pod, { check }) {
      if (isExempt(pod, check)) return;
      const { allowedTypes } = check.data;
      for (const fault of findInheritedFaults(pod, (context) => judgeSeccomp(context, allowedTypes))) {
        const context = (fault.container ?? pod).securityContext;
        const at = getSeccompPlace(context);
        const severity = fault.verdict === 'bad' || at.isPresent ? 'error' : 'warning';
        const fixes = toFixesFor(pod, check, toFixes(pod, fault, context.get('seccompProfile')));
        yield { at, severity, message: toMessage(pod, fault, at), fixes };
      }
    },
  },
});

function toMessage(pod: PodTemplate, { verdict, container, concerned }: InheritedFault, at: Ref): string {
  const who = describeOwner(pod, container);
  if (verdict === 'bad') {
    const what = at.scalar ? `seccompProfile.type: ${at.written}` : 'its seccompProfile names no type';
    return `${who} is not confined by seccomp (${what}).`;
  }
  if (at.isPresent) return `${who} ${describeWrongType('seccompProfile', at, 'a mapping with a type')}`;
  if (container) return `${who} has no seccomp profile, neither its own nor one of its pod.`;
  return `${who} sets no seccomp profile for ${describeContainers(concerned)}.`;
}

function toFixes(pod: PodTemplate, { verdict, container, concerned }: InheritedFault, profile: Ref): Fix[] {
  const type = profile.get('type');
  const title = 'Set seccompProfile: RuntimeDefault';
  // A type that is written was chosen: the program may count on it.
  const safety = verdict === 'bad' && type.isPresent ? 'unsafe' : 'safe';
  const own = (at: Ref): Operation =>
    at.isPresent && !at.isMapping
      ? { op: 'set', at, value: { type: 'RuntimeDefault' } }
      : { op: 'set', at: at.get('type'), value: 'RuntimeDefault' };
  const local = profile.get('localhostProfile');
  if (verdict === 'bad' || profile.isPresent) {
    const operations = [own(profile), ...(local.isWritten ? [{ op: 'remove' as const, at: local }] : [])];
    return [{ title, safety, operations }];
  }
  const ofPod = own(pod.securityContext.get('seccompProfile'));
  const ofContainers = concerned.map(({ securityContext }) => own(securityContext.get('seccompProfile')));
  const forPod: Fix = { title: `${title} for the pod`, safety, operations: [ofPod] };
  const forOwn: Fix = { title: `${title} for ${describeContainers(concerned)}`, safety, operations: ofContainers };
  return container && !pod.securityContext.get('seccompProfile').isAbsent ? [forOwn] : [forPod, forOwn];
}
