import { PSS_NEWEST_MINOR } from '../../standards/pss';

const VERSION = /^v?1\.(0|[1-9][0-9]{0,3})$/;

/**
 * The minor N of `1.N`, `v1.N` or `latest`; undefined for anything else. A minor newer than the newest one known is kept:
 * it is judged as that one.
 */
export function parseKubernetesVersion(text: string): number | undefined {
  if (text === 'latest') return PSS_NEWEST_MINOR;
  const minor = VERSION.exec(text)?.[1];
  return minor === undefined ? undefined : Number(minor);
}
