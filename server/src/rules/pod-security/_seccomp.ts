import type { Verdict } from '../../model/kubernetes/pod-inheritance';
import type { Ref } from '../../syntax/ref';

/** Judges `seccompProfile` of a security context by its type. A profile without a type confines nothing. */
export function judgeSeccomp(securityContext: Ref, allowedTypes: readonly string[]): Verdict {
  const profile = securityContext.get('seccompProfile');
  if (profile.isUnknown) return 'unknown';
  if (!profile.isMapping) return 'unset';
  const type = profile.get('type');
  if (type.isUnknown) return 'unknown';
  return type.string !== undefined && allowedTypes.includes(type.string) ? 'good' : 'bad';
}

/** Where to point for a profile: its type, where one is written. */
export function getSeccompPlace(securityContext: Ref): Ref {
  const profile = securityContext.get('seccompProfile');
  const type = profile.get('type');
  return type.isPresent ? type : profile;
}
