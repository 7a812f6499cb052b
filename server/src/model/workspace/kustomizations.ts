// Which kustomizations build from a file, near or far. What they do to it holds wherever it is applied through them; that it is
// also applied by itself is not known, so nothing is said that one of the two would make wrong.
import type { LabelSet } from '../kubernetes/selectors';
import type { Known } from './fact';
import type { KustomizationFact } from './topics';
import type { Workspace } from './workspace';

type Kustomization = Known<KustomizationFact>;

/** The kustomizations that build from a file, also through others: once for each path by which they do. */
export function findKustomizations(uri: string, workspace: Workspace): readonly Kustomization[] {
  return workspace.conclude(`kustomizations of ${uri}`, (asked) => {
    const found: Kustomization[] = [];
    const seen = new Set([uri]);
    for (const at of seen) {
      for (const one of findBuilders(at, asked)) {
        found.push(one);
        seen.add(one.uri);
      }
    }
    return found;
  });
}

/** True for a file that a kustomization patches others with: no object by itself. */
export function isPatchFile(uri: string, workspace: Workspace): boolean {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  return workspace.find('patch-file', name).some((known) => resolve(known.uri, known.value.path) === uri);
}

/** The labels of pods of a file, with those that kustomizations may write beside them. */
export function withKustomizedLabels(labels: LabelSet, uri: string, workspace: Workspace): LabelSet {
  const found = findKustomizations(uri, workspace);
  if (found.length === 0) return labels;
  const added = found.flatMap(({ value }) => value.podLabels).filter((key) => !Object.hasOwn(labels.values, key));
  const isComplete = labels.isComplete && !found.some(({ value }) => value.changesPods);
  return { ...labels, unknown: [...labels.unknown, ...new Set(added)], isComplete };
}

/** Those that name a file, or a folder that it is in. Who asks by the names in its own path is asked again for these alone. */
function findBuilders(uri: string, workspace: Workspace): Kustomization[] {
  const names = new Set([...uri.split('/').filter((name) => name !== ''), '.', '..']);
  const known = [...names].flatMap((name) => workspace.find('kustomization', name));
  return known.filter((one) => {
    const target = resolve(one.uri, one.value.path);
    return uri === target || uri.startsWith(`${target}/`);
  });
}

/** The URI of a path that a file writes, without a slash at the end. */
function resolve(from: string, path: string): string {
  const parts = from.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(encodeURIComponent(part));
  }
  return parts.join('/');
}
