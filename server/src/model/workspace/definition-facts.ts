import type { Ref } from '../../syntax/ref';
import { getRoleName } from '../iam/role';
import type { TrustPolicy } from '../iam/trust-policy';
import type { Resource } from '../kubernetes/resource';
import { readMadeObjects } from '../kubernetes/secret-makers';
import type { Fact } from './fact';
import { readEksAccounts } from './reference-eks';
import { isClusterWide, type ReferredKind, toObjectKey } from './reference-topics';

type Definition = Extract<Fact, { readonly topic: 'definition' }>;

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
  return [
    ...resources.flatMap((resource) => [...readObject(resource), ...readMaker(resource)]),
    ...policies.flatMap(readIamRole),
    ...(root && isKustomization(root) ? readGenerators(root) : []),
  ];
}

/** True for a kustomization, with its header or with the fields alone by which kustomize makes objects. */
export function isKustomization(root: Ref): boolean {
  const { string: kind } = root.get('kind');
  return kind === 'Kustomization' || (kind === undefined && root.isMapping);
}

function readObject({ kind, group, metadata, namespace }: Resource): Definition[] {
  const known = OBJECTS.get(kind);
  return known?.[0] === group ? toDefinition(known[1], metadata.get('name'), namespace) : [];
}

/** The Secrets and ConfigMaps that operators make of their own objects, and the accounts that eksctl makes. */
function readMaker(resource: Resource): Definition[] {
  if (resource.group === 'eksctl.io') {
    const made = readEksAccounts(resource).filter(({ isMade }) => isMade);
    return made.flatMap((one) => toDefinition('ServiceAccount', one.ref, one.namespace));
  }
  return readMadeObjects(resource).flatMap((made) => toDefinition(made.kind, made.name, made.namespace));
}

function readGenerators(root: Ref): Definition[] {
  const kinds = [
    ['Secret', 'secretGenerator'],
    ['ConfigMap', 'configMapGenerator'],
  ] as const;
  const ofAll = toKnown(root.get('namespace'));
  return kinds.flatMap(([kind, field]) =>
    root
      .get(field)
      .items()
      .flatMap((item) => toDefinition(kind, item.get('name'), toKnown(item.get('namespace')) ?? ofAll)),
  );
}

function readIamRole({ root, roleName, roleArn }: TrustPolicy): Definition[] {
  const name = roleName ?? (roleArn === undefined ? undefined : getRoleName(roleArn));
  if (name === undefined) return [];
  const value = { kind: 'IamRole' as const, name, namespace: undefined };
  return [{ topic: 'definition', key: toObjectKey(value), value, path: root.path }];
}

function toDefinition(kind: ReferredKind, ref: Ref, namespace: string | undefined): Definition[] {
  const name = toKnown(ref);
  if (!name) return [];
  const value = { kind, name, namespace: isClusterWide(kind) ? undefined : namespace };
  return [{ topic: 'definition', key: toObjectKey(value), value, path: ref.path }];
}

const toKnown = (ref: Ref) => (ref.isPresent ? ref.string : undefined);
