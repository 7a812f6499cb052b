import type { Answer } from './three';

/**
 * Where an object lands: in the namespace that it names; or else wherever the files of its folder are sent, by kubectl, kustomize,
 * Flux or Argo CD.
 */
export interface Land {
  /** Undefined where it is chosen outside of the file. */
  readonly namespace: string | undefined;
  /** URI of the folder, with a slash at its end. */
  readonly folder: string;
}

/** Whether two objects land in the same namespace. Objects of one folder that leave it open are sent to the same. */
export function isSameLand(a: Land, b: Land): Answer {
  if (a.namespace !== undefined && b.namespace !== undefined) return a.namespace === b.namespace;
  if (a.namespace === undefined && b.namespace === undefined && a.folder === b.folder) return true;
  return undefined;
}

/** The folder of a file, by URI. */
export function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
