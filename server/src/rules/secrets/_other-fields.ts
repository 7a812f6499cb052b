import { getPodsAndFragments } from '../../model/kubernetes/pod';
import { type Resource, readResources } from '../../model/kubernetes/resource';
import { findSecretInFile, findSecretInText } from '../../model/kubernetes/secret-text';
import { type FoundSecret, findByFormat, findSecret } from '../../model/kubernetes/secrets';
import type { Node } from '../../syntax/node';
import type { Ref, Step } from '../../syntax/ref';

/** A secret somewhere in a document. */
export interface OtherSecret {
  readonly path: readonly Step[];
  /** The name that it goes by: its key, or the `name` beside its `value`. */
  readonly name: string | undefined;
  readonly found: FoundSecret;
  readonly resource: Resource | undefined;
}

/** The secrets of a document in places that no other rule reads: custom resources, kustomizations, values of Helm. */
export function findOtherSecrets(root: Ref, uri: string): OtherSecret[] {
  const resources = readResources(root.tree);
  const roots = resources.length > 0 ? resources.filter(isJudged) : [];
  if (resources.length === 0 && !isWithoutHeader(uri)) return [];
  if (root.get('sops').isWritten) return [];
  if (resources.length === 0) return [...walk(root.node, [], undefined, new Set(), undefined)];
  return roots.flatMap((resource) => {
    const { node, path } = resource.root;
    return [...walk(node, path, undefined, toReadElsewhere(resource), resource)];
  });
}

/** True for a kustomization or the values of a chart, which are known by the names of their files. */
function isWithoutHeader(uri: string): boolean {
  return /\/(?:kustomization|(?:[\w-]+[-.])?values(?:[-.][\w-]+)*)\.ya?ml$/i.test(uri);
}

// Their schemas and descriptions are full of examples; sealed values are no secrets; the others name keys of stores.
const OTHER_GROUPS: ReadonlySet<string> = new Set([
  'apiextensions.k8s.io',
  'bitnami.com',
  'external-secrets.io',
  'secrets-store.csi.x-k8s.io',
]);

function isJudged({ kind, group, root }: Resource): boolean {
  if (group === '' && (kind === 'Secret' || kind === 'ConfigMap')) return false;
  return !OTHER_GROUPS.has(group) && !root.get('sops').isWritten;
}

const CONTAINER_FIELDS = ['env', 'command', 'args', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle'];

/** The routes of a resource that other rules of secrets read. */
function toReadElsewhere(resource: Resource): ReadonlySet<string> {
  const pods = getPodsAndFragments(resource);
  const metadata = [resource.metadata, ...pods.map((pod) => pod.metadata)];
  const containers = pods.flatMap((pod) => pod.containers);
  return new Set([
    ...metadata.map((ref) => toKey([...ref.path, 'annotations'])),
    ...containers.flatMap(({ ref }) => CONTAINER_FIELDS.map((field) => toKey([...ref.path, field]))),
  ]);
}

function* walk(
  node: Node | undefined,
  path: readonly Step[],
  name: string | undefined,
  elsewhere: ReadonlySet<string>,
  resource: Resource | undefined,
): Iterable<OtherSecret> {
  if (node?.type === 'scalar') {
    const found = typeof node.value === 'string' ? judge(name, node.value) : undefined;
    if (found) yield { path, name, found, resource };
  } else if (node?.type === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      yield* walk(item, [...path, index], undefined, elsewhere, resource);
    }
  } else if (node?.type === 'mapping') {
    const named = node.pairs.find(({ key }) => key === 'name')?.value;
    for (const { key, value } of node.pairs) {
      const inner = key === undefined ? undefined : [...path, key];
      if (inner === undefined || elsewhere.has(toKey(inner))) continue;
      const own = key === 'value' && named?.type === 'scalar' ? named.text : key;
      yield* walk(value, inner, own, elsewhere, resource);
    }
  }
}

const MIN_LENGTH = 8;

function judge(name: string | undefined, text: string): FoundSecret | undefined {
  if (text.length < MIN_LENGTH) return undefined;
  if (text.trimEnd().includes('\n')) return findSecretInFile(text);
  // An item of a list: an argument, or `name=value`.
  if (name === undefined) return findSecretInText(text);
  // These name a key, a header or a variable in which the secret is, not the secret.
  return /(?:key|secret|token|password)_?(?:key|ref|field|name)s?$/i.test(name)
    ? findByFormat(text)
    : (findSecret(name, text) ?? findSecretInText(text));
}

function toKey(path: readonly Step[]): string {
  return path.join('\u0000');
}
