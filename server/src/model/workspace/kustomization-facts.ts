import type { Ref } from '../../syntax/ref';
import type { Fact } from './fact';
import { type KustomizationFact, UNKNOWN_NAMESPACE } from './topics';

const WORKLOAD = /Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|Pod|Rollout|[*|.[]/;
const REMOTE = /:\/\/|^git@|^github\.com\/|\?ref=/;

/** What a kustomization does with the files that it builds from, and whether it brings pods that no file shows. */
export function readKustomizationFacts(root: Ref): Fact[] {
  const namespace = root.get('namespace').isUnknown ? UNKNOWN_NAMESPACE : root.get('namespace').string;
  const components = readTexts(root.get('components'));
  const listed = [...['resources', 'bases'].flatMap((key) => readTexts(root.get(key))), ...components];
  const sources = listed.filter((text) => !REMOTE.test(text));
  const patches = readPatches(root);
  const effect = {
    namespace,
    podLabels: readPodLabels(root),
    changesPods:
      components.length > 0 ||
      root.get('transformers').items().length > 0 ||
      patches.some(({ changesPods }) => changesPods),
    bringsPods: root.get('helmCharts').items().length > 0 || sources.length < listed.length,
  } satisfies Omit<KustomizationFact, 'path'>;
  const facts = sources.map(
    (path): Fact => ({ topic: 'kustomization', key: toKey(path), value: { path, ...effect }, path: [] }),
  );
  for (const { path } of patches) {
    if (path !== undefined) facts.push({ topic: 'patch-file', key: toKey(path), value: { path }, path: [] });
  }
  if (effect.bringsPods) {
    facts.push({ topic: 'pod-maker', key: namespace ?? UNKNOWN_NAMESPACE, value: { kind: 'Kustomization' }, path: [] });
  }
  return facts;
}

/** The last name of a path, as URIs have it; `..` for one that ends so. */
const toKey = (path: string) => encodeURIComponent(path.replace(/\/+$/, '').split('/').at(-1) ?? '');

interface Patch {
  readonly path: string | undefined;
  /** True where it may write labels of pods. */
  readonly changesPods: boolean;
}

function readPatches(root: Ref): Patch[] {
  const items = ['patches', 'patchesJson6902'].flatMap((key) => root.get(key).items());
  const merged = readTexts(root.get('patchesStrategicMerge'));
  return [
    ...items.map((item) => {
      const kind = item.get('target', 'kind');
      const patch = toPatch(item.get('path').string, item.get('patch').written);
      const isOfPods = kind.isAbsent || kind.isUnknown || WORKLOAD.test(kind.string ?? '');
      return { ...patch, changesPods: patch.changesPods && isOfPods };
    }),
    ...merged.map((text) => toPatch(text.includes('\n') ? undefined : text, text)),
  ];
}

// What a file holds is not looked at: it may be a list of operations, which nobody else reads.
function toPatch(path: string | undefined, text = ''): Patch {
  return { path, changesPods: path !== undefined || text.includes('labels') };
}

function readPodLabels(root: Ref): string[] {
  const lists = root
    .get('labels')
    .items()
    .filter((item) => item.get('includeSelectors').boolean || item.get('includeTemplates').boolean)
    .map((item) => item.get('pairs'));
  return [root.get('commonLabels'), ...lists].flatMap((map) => map.keys());
}

function readTexts(list: Ref): string[] {
  return list.items().flatMap((item) => (item.isPresent ? (item.string ?? []) : []));
}
