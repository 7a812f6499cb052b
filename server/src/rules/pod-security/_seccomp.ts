import type { Ref } from '../../syntax/ref';

/** Where to point for a profile: its type, where one is written. */
export function getSeccompPlace(securityContext: Ref): Ref {
  const profile = securityContext.get('seccompProfile');
  const type = profile.get('type');
  return type.isPresent ? type : profile;
}
