import type { Ref } from '../../syntax/ref';
import { getRoleName } from '../iam/role';
import type { TrustPolicy } from '../iam/trust-policy';
import type { Resource } from '../kubernetes/resource';
import { readMadeObjects } from '../kubernetes/secret-makers';
import type { Fact } from './fact';
import { toHoldingFacts } from './holding-facts';
import { readEksAccounts } from './reference-eks';
import { isClusterWide, type ReferredKind, toObjectKey } from './reference-topics';

type Definition = Extract<Fact, { readonly topic: 'definition' }>;

/** An object that a document defines, by the route of its name. */
interface Defined {
  readonly kind: ReferredKind;
  readonly ref: Ref;
  readonly namespace: string | undefined;
}

const RBAC = 'rbac.authorization.k8s.io';

/** Group of each kind that is defined by an object of its own. */
const OBJECTS: ReadonlyMap<string, readonly [group: string, kind: ReferredKind]> = new Map([
  ['ServiceAccount', ['', 'ServiceAccount']],
  ['Secret', ['', 'Secret']],
  ['ConfigMap', ['', 'ConfigMap']],
  ['PersistentVolumeClaim', ['', 'PersistentVolumeClaim']],
  ['Namespace', ['', 'Namespace']],
  ['Role', [RBAC, 'Role']],
  ['ClusterRole', [RBAC, 'ClusterRole']],
  ['NetworkPolicy', ['networking.k8s.io', 'NetworkPolicy']],
]);

/** What a document defines. `root` is that of the document, undefined where it could not be read. */
export function readDefinitions(
  root: Ref | undefined,
  resources: readonly Resource[],
  policies: readonly TrustPolicy[],
): Definition[] {
  return [...readDefined(root, resources).flatMap(toDefinition), ...policies.flatMap(readIamRole)];
}

/** What kinds of objects a document defines, of which namespaces. */
export function readHoldings(root: Ref | undefined, resources: readonly Resource[]): Fact[] {
  const written = readDefined(root, resources).filter(({ ref }) => ref.isPresent || ref.isUnknown);
  const made = written.map(({ kind, ref, namespace }) => {
    return { kind, namespace: isClusterWide(kind) ? undefined : namespace, isNamed: Boolean(toKnown(ref)) };
  });
  return toHoldingFacts(made);
}

function readDefined(root: Ref | undefined, resources: readonly Resource[]): Defined[] {
  return [
    ...resources.flatMap((resource) => [...readObject(resource), ...readMaker(resource)]),
    ...(root && isKustomization(root) ? readGenerators(root) : []),
  ];
}

/** True for a kustomization, with its header or with the fields alone by which kustomize makes objects. */
export function isKustomization(root: Ref): boolean {
  const { string: kind } = root.get('kind');
  return kind === 'Kustomization' || (kind === undefined && root.isMapping);
}

function readObject({ kind, group, metadata, namespace }: Resource): Defined[] {
  const known = OBJECTS.get(kind);
  return known?.[0] === group ? [{ kind: known[1], ref: metadata.get('name'), namespace }] : [];
}

/** The Secrets and ConfigMaps that operators make of their own objects, and the accounts that eksctl makes. */
function readMaker(resource: Resource): Defined[] {
  if (resource.group === 'eksctl.io') {
    const made = readEksAccounts(resource).filter(({ isMade }) => isMade);
    return made.map((one) => ({ kind: 'ServiceAccount', ref: one.ref, namespace: one.namespace }));
  }
  return readMadeObjects(resource).map(({ kind, name, namespace }) => ({ kind, ref: name, namespace }));
}

function readGenerators(root: Ref): Defined[] {
  const kinds = [
    ['Secret', 'secretGenerator'],
    ['ConfigMap', 'configMapGenerator'],
  ] as const;
  const ofAll = toKnown(root.get('namespace'));
  return kinds.flatMap(([kind, field]) =>
    root
      .get(field)
      .items()
      .map((item) => ({ kind, ref: item.get('name'), namespace: toKnown(item.get('namespace')) ?? ofAll })),
  );
}

function readIamRole({ root, roleName, roleArn }: TrustPolicy): Definition[] {
  const name = roleName ?? (roleArn === undefined ? undefined : getRoleName(roleArn));
  if (name === undefined) return [];
  const value = { kind: 'IamRole' as const, name, namespace: undefined };
  return [{ topic: 'definition', key: toObjectKey(value), value, path: root.path }];
}

function toDefinition({ kind, ref, namespace }: Defined): Definition[] {
  const name = toKnown(ref);
  if (!name) return [];
  const value = { kind, name, namespace: isClusterWide(kind) ? undefined : namespace };
  return [{ topic: 'definition', key: toObjectKey(value), value, path: ref.path }];
}

const toKnown = (ref: Ref) => (ref.isPresent ? ref.string : undefined);
