// Who images start as, as their Dockerfiles say. Sources: the Dockerfiles of the official images (docker-library on GitHub)
// and of distroless (GoogleContainerTools/distroless, base/base.bzl and common/variables.bzl).

/** Images of Docker's official set whose Dockerfiles name no user, so that they start as root. */
export const ROOT_IMAGES: ReadonlySet<string> = new Set([
  'scratch',
  'alpine',
  'amazonlinux',
  'busybox',
  'debian',
  'eclipse-temurin',
  'fedora',
  'golang',
  'httpd',
  'nginx',
  'node',
  'openjdk',
  'php',
  'python',
  'ruby',
  'rust',
  'ubuntu',
]);

/** Ids of users that images bring along, by the image's name and the user's. */
export const IMAGE_USERS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  node: { node: 1000 },
  nginx: { nginx: 101 },
};

/** Users with the same id in every image of a family, by what its names start with. */
export const FAMILY_USERS: readonly { readonly prefix: string; readonly users: Readonly<Record<string, number>> }[] = [
  { prefix: 'gcr.io/distroless/', users: { nonroot: 65532, nobody: 65534 } },
];
