import type { ImageUser } from '../dockerfile/image-user';

/** What a Dockerfile builds. Key: always `all`; where it lies says what it may be called. */
export interface DockerfileFact {
  readonly user: ImageUser;
}

/**
 * What becomes of an image named in manifests before they reach a cluster. Key: the image's name without tag and digest.
 * `built`: Skaffold builds it from a Dockerfile (its path is from the folder of the file that says so) and writes a tag of
 * its own. `replaced`: kustomize puts another tag or digest there.
 */
export type ImageSourceFact =
  | { readonly kind: 'built'; readonly dockerfile: string }
  | { readonly kind: 'replaced'; readonly tag: string | undefined; readonly digest: string | undefined };

/** Topics of images, with the shapes of their facts. */
export interface ImageTopics {
  readonly dockerfile: DockerfileFact;
  readonly 'image-source': ImageSourceFact;
}
