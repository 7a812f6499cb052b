import type { PodTemplate } from '../../model/kubernetes/pod';
import { getMounts, getVolumes, type Volume } from '../../model/kubernetes/pod-volumes';
import type { Ref } from '../../syntax/ref';

/** Where the token for the API server stands in every container that has one. */
export const DEFAULT_TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Where the EKS webhook puts the token for AWS. */
export const AWS_TOKEN_PATH = '/var/run/secrets/eks.amazonaws.com/serviceaccount';

/** The longest life of a token that the API server takes: 2^32 seconds (pkg/apis/core/validation). */
export const MAX_TOKEN_SECONDS = 2 ** 32;

/** A `serviceAccountToken` among the sources of a projected volume. */
export interface ProjectedToken {
  readonly volume: Volume;
  readonly projected: Ref;
  /** The mapping below `serviceAccountToken`. */
  readonly token: Ref;
}

/** The tokens that a pod's projected volumes hold. */
export function getProjectedTokens(pod: PodTemplate): ProjectedToken[] {
  return getVolumes(pod).flatMap((volume) => {
    const projected = volume.ref.get('projected');
    return projected
      .get('sources')
      .items()
      .map((source) => source.get('serviceAccountToken'))
      .filter((token) => token.isMapping)
      .map((token) => ({ volume, projected, token }));
  });
}

/** The paths at which containers see a volume, without the slash at the end. */
export function getMountPaths(pod: PodTemplate, volume: Volume): string[] {
  return getMounts(pod, volume).flatMap(({ ref }) => {
    const path = ref.get('mountPath');
    return path.isPresent && path.string !== undefined ? [path.string.replace(/\/+$/, '')] : [];
  });
}
