import type { Known } from './fact';
import type { DockerfileFact } from './image-topics';
import type { Workspace } from './workspace';

/** Registries from which everybody pulls images of others: a name there does not tell that the image is built here. */
const PUBLIC_REGISTRIES: ReadonlySet<string> = new Set([
  'cgr.dev',
  'docker.elastic.co',
  'docker.io',
  'gcr.io',
  'ghcr.io',
  'index.docker.io',
  'k8s.gcr.io',
  'lscr.io',
  'mcr.microsoft.com',
  'nvcr.io',
  'public.ecr.aws',
  'quay.io',
  'registry.access.redhat.com',
  'registry.gitlab.com',
  'registry.k8s.io',
  'registry.redhat.io',
]);

/**
 * The Dockerfile of the workspace that builds an image (its name without tag and digest), undefined where that is not certain:
 * the one that Skaffold's configuration names; else, for an image of a registry of one's own, the only one that lies alone in a
 * folder of the image's name (`web/Dockerfile`) or has it in its own (`Dockerfile.web`, `web.Dockerfile`).
 */
export function findDockerfile(image: string, workspace: Workspace): Known<DockerfileFact> | undefined {
  const all = workspace.all('dockerfile');
  const built = workspace
    .find('image-source', image)
    .flatMap(({ value, uri }) => (value.kind === 'built' ? [resolvePath(uri, value.dockerfile)] : []));
  const [first] = built;
  if (first !== undefined) {
    return built.every((uri) => uri === first) ? all.find(({ uri }) => decode(uri) === first) : undefined;
  }
  const parts = image.split('/');
  const [registry = ''] = parts;
  if (parts.length < 2 || !/[.:]|^localhost$/.test(registry) || PUBLIC_REGISTRIES.has(registry)) return undefined;
  const name = parts.at(-1) ?? '';
  const candidates = all.filter(({ uri }) => getImageName(uri, all) === name);
  return candidates.length === 1 ? candidates[0] : undefined;
}

/** The name of an image that a Dockerfile's place tells of. */
function getImageName(uri: string, all: readonly { readonly uri: string }[]): string | undefined {
  const [file = '', folder = ''] = decode(uri).split('/').reverse();
  const own =
    /^(?:dockerfile|containerfile)\.(.+)$/i.exec(file)?.[1] ?? /^(.+)\.(?:docker|container)file$/i.exec(file)?.[1];
  if (own !== undefined) return own;
  const base = uri.slice(0, uri.lastIndexOf('/') + 1);
  const isAlone = all.every(
    (other) => other.uri === uri || other.uri.slice(0, other.uri.lastIndexOf('/') + 1) !== base,
  );
  return isAlone ? folder : undefined;
}

/** The address to which a path leads from the folder of a file, decoded. */
function resolvePath(uri: string, path: string): string {
  const parts = decode(uri).split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.' && step !== '') parts.push(step);
  }
  return parts.join('/');
}

function decode(uri: string): string {
  try {
    return decodeURIComponent(uri);
  } catch {
    return uri;
  }
}
