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
