import type { Tree } from '../../syntax/node';
import { Ref } from '../../syntax/ref';

/** One Kubernetes object of a document: the document itself, or an item of its `kind: List`. */
export interface Resource {
  readonly apiVersion: string;
  /** The part of apiVersion before the slash; '' for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly name: string | undefined;
  /** As written; undefined where none is (the API server then uses the request's namespace, usually `default`). */
  readonly namespace: string | undefined;
  readonly root: Ref;
  readonly metadata: Ref;
  readonly spec: Ref;
}

/** What an object is. */
interface ObjectType {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The objects of a document, in order; `kind: List` (and `DeploymentList` and its like) gives its items.
 * A document that names no apiVersion and kind gives none, nor does one that could not be read reliably.
 */
export function readResources(tree: Tree): Resource[] {
  return tree.isReliable ? readObjects(Ref.root(tree), undefined, 0) : [];
}

/** `listed`: what the list makes of an object that does not say itself what it is. */
function readObjects(root: Ref, listed: ObjectType | undefined, depth: number): Resource[] {
  const type = readType(root, listed);
  if (!type) return [];
  const { apiVersion, kind } = type;
  const items = root.get('items');
  if (kind.endsWith('List') && items.isSequence && depth < 4) {
    const itemType = getItemType(type);
    return items.items().flatMap((item) => readObjects(item, itemType, depth + 1));
  }
  const metadata = root.get('metadata');
  const name = metadata.get('name');
  const namespace = metadata.get('namespace');
  return [
    {
      apiVersion,
      group: apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '',
      kind,
      name: name.isUnknown ? undefined : name.string,
      namespace: namespace.isUnknown ? undefined : namespace.string,
      root,
      metadata,
      spec: root.get('spec'),
    },
  ];
}

function readType(root: Ref, listed: ObjectType | undefined): ObjectType | undefined {
  const apiVersion = root.get('apiVersion');
  const kind = root.get('kind');
  if (listed && root.isMapping && apiVersion.isAbsent && kind.isAbsent) return listed;
  return apiVersion.string && kind.string ? { apiVersion: apiVersion.string, kind: kind.string } : undefined;
}

/**
 * What the items of a typed list are: the API server gives a `PodList` whose items do not repeat what they are, and kubectl reads
 * it so. Undefined for a plain `List`.
 */
export function getItemType({ apiVersion, kind }: ObjectType): ObjectType | undefined {
  return kind.endsWith('List') && kind !== 'List' ? { apiVersion, kind: kind.slice(0, -'List'.length) } : undefined;
}

/** The namespace in which an object lands: the one written, else `default`; undefined where it cannot be known. */
export function getEffectiveNamespace(resource: Resource): string | undefined {
  const written = resource.metadata.get('namespace');
  if (written.isUnknown) return undefined;
  return written.string ?? 'default';
}

/** How people name an object: `Deployment "web"`. */
export function describeResource(resource: Pick<Resource, 'kind' | 'name'>): string {
  return resource.name === undefined ? resource.kind : `${resource.kind} "${resource.name}"`;
}

/** The string labels (or annotations) of a metadata mapping; entries that are no known string are left out. */
export function readStringMap(map: Ref): Record<string, string> {
  // Without a prototype: a label may be called "constructor".
  const result: Record<string, string> = Object.create(null);
  for (const [key, value] of map.entries()) {
    if (value.isPresent && value.string !== undefined) result[key] = value.string;
  }
  return result;
}
