import type { Tree } from '../../syntax/node';
import { Ref } from '../../syntax/ref';
import { readDataReferences } from '../kubernetes/data-references';
import { getPodsAndFragments } from '../kubernetes/pod';
import type { PodRoute } from '../kubernetes/pod-routes';
import type { Resource } from '../kubernetes/resource';
import { isNamesake, readMadeObjects } from '../kubernetes/secret-makers';
import type { DataFact, DataKind } from './data-topics';
import { isKustomization } from './definition-facts';
import type { Fact } from './fact';
import { toObjectKey } from './reference-topics';

/**
 * The Secrets and ConfigMaps of a document, with their keys, and those that are made of what it holds; and the ConfigMaps that
 * its pods take.
 */
export function readDataFacts(tree: Tree, resources: readonly Resource[], podRoutes?: readonly PodRoute[]): Fact[] {
  const facts = resources.flatMap((resource) => [...readObjects(resource), ...readUses(resource, podRoutes)]);
  const root = tree.isReliable ? Ref.root(tree) : undefined;
  return root && isKustomization(root) ? [...facts, ...readGenerators(root)] : facts;
}

const FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Secret', ['data', 'stringData']],
  ['ConfigMap', ['data', 'binaryData']],
]);

/** Types whose keys are filled in by the control plane. */
const FILLED = 'kubernetes.io/service-account-token';

function readObjects(resource: Resource): Fact[] {
  const { kind, group, name, namespace, root } = resource;
  const fields = group === '' ? FIELDS.get(kind) : undefined;
  if (fields && name !== undefined) {
    const refs = fields.map((field) => root.get(field));
    const isKnown = refs.every((ref) => !ref.isUnknown) && root.get('type').string !== FILLED && !hasOpenKeys(refs);
    const keys = isKnown ? refs.flatMap((ref) => ref.keys()) : [];
    // What holds nothing is there to be filled by a program.
    return [toFact({ kind: kind as DataKind, name, namespace, keys: keys.length > 0 ? keys : undefined }, root)];
  }
  const made = readMadeObjects(resource).flatMap((one): Fact[] => {
    const own = one.name.isPresent ? one.name.string : undefined;
    if (!own) return [];
    return [toFact({ kind: one.kind, name: own, namespace: one.namespace, keys: one.keys }, root)];
  });
  if (name !== undefined && isNamesake(resource)) {
    made.push({ topic: 'namesake', key: 'all', value: { name }, path: root.path });
  }
  return made;
}

/** True where what is merged in, or a key that is a template, may bring further keys. */
function hasOpenKeys(refs: readonly Ref[]): boolean {
  return refs.some((ref) => ref.get('\u0000').isUnknown || ref.keys().some((key) => /\{\{|\$\{/.test(key)));
}

function readUses(resource: Resource, podRoutes: readonly PodRoute[] | undefined): Fact[] {
  return getPodsAndFragments(resource, podRoutes)
    .flatMap(readDataReferences)
    .filter(({ kind }) => kind === 'ConfigMap')
    .map(({ kind, name, use, keys, source }): Fact => {
      const value = { namespace: resource.namespace, use, keys: keys.map((key) => key.string ?? '') };
      return { topic: 'data-use', key: toObjectKey({ kind, name }), value, path: source.path };
    });
}

/** kustomize adds the keys of generators that merge to what others of that name hold. */
function readGenerators(root: Ref): Fact[] {
  const kinds = [
    ['Secret', 'secretGenerator'],
    ['ConfigMap', 'configMapGenerator'],
  ] as const;
  const ofAll = toKnown(root.get('namespace'));
  return kinds.flatMap(([kind, field]) =>
    root
      .get(field)
      .items()
      .flatMap((item): Fact[] => {
        const name = toKnown(item.get('name'));
        const namespace = toKnown(item.get('namespace')) ?? ofAll;
        return name ? [toFact({ kind, name, namespace, keys: readGeneratorKeys(item) }, item)] : [];
      }),
  );
}

function readGeneratorKeys(item: Ref): readonly string[] | undefined {
  const isOpen = ['env', 'envs'].some((field) => item.get(field).isWritten) || item.get('behavior').isWritten;
  const literals = item
    .get('literals')
    .items()
    .map((ref) => toKnown(ref)?.split('=')[0]);
  // `key=path`, or a path whose last part is the key.
  const files = item
    .get('files')
    .items()
    .map((ref) => /^(?:(.+?)=.*|(?:.*\/)?([^/]+))$/.exec(toKnown(ref) ?? ''));
  const keys = [...literals, ...files.map((match) => match?.[1] ?? match?.[2])];
  return isOpen || keys.includes(undefined) ? undefined : keys.filter((key) => key !== undefined);
}

function toFact(value: DataFact, { path }: Ref): Fact {
  return { topic: 'data', key: toObjectKey(value), value, path };
}

const toKnown = (ref: Ref) => (ref.isPresent ? ref.string : undefined);
