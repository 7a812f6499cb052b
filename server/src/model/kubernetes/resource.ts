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

/**
 * The objects of a document, in order; `kind: List` (and `DeploymentList` and its like) gives its items.
 * A document that names no apiVersion and kind gives none, nor does one that could not be read reliably.
 */
export function readResources(tree: Tree): Resource[] {
  return tree.isReliable ? readObjects(Ref.root(tree), 0) : [];
}

function readObjects(root: Ref, depth: number): Resource[] {
  const apiVersion = root.get('apiVersion').string;
  const kind = root.get('kind').string;
  if (!apiVersion || !kind) return [];
  const items = root.get('items');
  if (kind.endsWith('List') && items.isSequence && depth < 4) {
    return items.items().flatMap((item) => readObjects(item, depth + 1));
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
