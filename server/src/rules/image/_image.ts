/** The parts of an image reference. */
export interface ImageReference {
  /** Registry and path, as written. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

const REFERENCE = /^([^\s@]+?)(?::([\w][\w.-]{0,127}))?(?:@([a-z0-9+._-]+:[0-9a-fA-F]{32,}))?$/;

/** Reads `registry:5000/path/name:tag@digest`; undefined for what is no image reference. */
export function readImage(text: string | undefined): ImageReference | undefined {
  const match = REFERENCE.exec(text?.trim() ?? '');
  const [, name, tag, digest] = match ?? [];
  if (name === undefined) return undefined;
  return { name, tag, digest };
}

/**
 * An image's name with its registry: `nginx` is `docker.io/library/nginx`, `team/web` is `docker.io/team/web`. A first part is
 * a registry when it has a dot or a port, or is `localhost` (distribution/reference, normalize.go).
 */
export function toFullName(name: string): string {
  const [first = '', ...rest] = name.split('/');
  if (rest.length > 0 && (/[.:]/.test(first) || first === 'localhost')) return name;
  return rest.length > 0 ? `docker.io/${name}` : `docker.io/library/${name}`;
}
