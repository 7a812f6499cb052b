import type { Tree } from '../../syntax/node';
import { Ref } from '../../syntax/ref';
import { getRoleName } from '../iam/role';
import { parseSubject } from '../iam/subject';
import type { TrustPolicy } from '../iam/trust-policy';
import { getPodsAndFragments } from '../kubernetes/pod';
import type { PodRoute } from '../kubernetes/pod-routes';
import { readBinding } from '../kubernetes/rbac-bindings';
import type { Resource } from '../kubernetes/resource';
import { readDefinitions } from './definition-facts';
import type { Fact } from './fact';
import { readEksAccounts } from './reference-eks';
import { readPodIdentityAccounts } from './reference-pod-identity';
import { readPodReferences, toSecrets } from './reference-pods';
import { isClusterWide, type ReferenceFact, type ReferredKind, toObjectKey } from './reference-topics';

/** A fact of a reference or a definition. */
export type NameFact = Extract<Fact, { readonly topic: 'reference' | 'definition' }>;

/** The names by which the objects and trust policies of a document refer to others, and those of what it defines. */
export function readNameFacts(
  tree: Tree,
  resources: readonly Resource[],
  policies: readonly TrustPolicy[],
  podRoutes?: readonly PodRoute[],
): NameFact[] {
  const root = tree.isReliable ? Ref.root(tree) : undefined;
  return [
    ...readDefinitions(root, resources, policies),
    ...resources.flatMap((resource) => readReferences(resource, podRoutes)),
    ...policies.flatMap(readSubjects),
    ...readPodIdentityAccounts(root, resources, policies).flatMap(({ ref, namespace }) =>
      toReference('ServiceAccount', ref, namespace),
    ),
  ];
}

const ROLE_ARN = 'eks.amazonaws.com/role-arn';
const TOKEN_ACCOUNT = 'kubernetes.io/service-account.name';

function readReferences(resource: Resource, podRoutes: readonly PodRoute[] | undefined): NameFact[] {
  const { kind, group, namespace, metadata, root, spec } = resource;
  const toFacts = (found: readonly { kind: ReferredKind; ref: Ref }[]) =>
    found.flatMap((one) => toReference(one.kind, one.ref, namespace));
  const pods = getPodsAndFragments(resource, podRoutes);
  const facts = toFacts([{ kind: 'Namespace', ref: metadata.get('namespace') }]);
  if (pods.length > 0) facts.push(...toFacts(pods.flatMap(readPodReferences)));
  // Operators and controllers of all kinds name the account that they act as in this field.
  else facts.push(...toFacts([{ kind: 'ServiceAccount', ref: spec.get('serviceAccountName') }]));
  if (group === '' && kind === 'ServiceAccount') {
    const secrets = [...root.get('secrets').items(), ...root.get('imagePullSecrets').items()];
    facts.push(...toFacts(toSecrets(secrets)), ...readRoleArn(metadata.get('annotations', ROLE_ARN)));
  }
  if (group === '' && kind === 'Secret') {
    facts.push(...toFacts([{ kind: 'ServiceAccount', ref: metadata.get('annotations', TOKEN_ACCOUNT) }]));
  }
  if (kind === 'Ingress') {
    const secrets = spec.get('tls').items();
    facts.push(...toFacts(secrets.map((item) => ({ kind: 'Secret' as const, ref: item.get('secretName') }))));
  }
  for (const { ref, namespace: home, isMade } of readEksAccounts(resource)) {
    if (!isMade) facts.push(...toReference('ServiceAccount', ref, home));
  }
  facts.push(...readBindingReferences(resource));
  return facts;
}

function readBindingReferences(resource: Resource): NameFact[] {
  const binding = readBinding(resource);
  if (!binding) return [];
  const { namespace, root } = resource;
  const { roleKind } = binding;
  const facts: NameFact[] = [];
  if (roleKind === 'Role' || roleKind === 'ClusterRole') {
    facts.push(...toReference(roleKind, root.get('roleRef', 'name'), namespace));
  }
  for (const { ref, kind, name } of binding.subjects) {
    const own = ref.get('namespace');
    if (kind === 'ServiceAccount') {
      const home = own.isPresent ? own.string : own.isAbsent ? namespace : undefined;
      facts.push(...toReference('ServiceAccount', ref.get('name'), home), ...toReference('Namespace', own, undefined));
    } else if (kind === 'User' && name !== undefined) {
      facts.push(...toSubjectReference(ref.get('name'), name));
    }
  }
  return facts;
}

function readSubjects({ statements }: TrustPolicy): NameFact[] {
  return statements.flatMap(({ conditions }) =>
    conditions
      .filter(({ claim }) => claim === 'sub')
      .flatMap(({ values }) => values.flatMap((ref) => toSubjectReference(ref, ref.string ?? ''))),
  );
}

function toSubjectReference(ref: Ref, text: string): NameFact[] {
  const subject = parseSubject(text);
  return subject ? [toFact(ref, { kind: 'ServiceAccount', ...subject, form: 'subject' })] : [];
}

function readRoleArn(ref: Ref): NameFact[] {
  const name = getRoleName(ref.string ?? '');
  return name === undefined ? [] : [toFact(ref, { kind: 'IamRole', name, namespace: undefined, form: 'arn' })];
}

function toReference(kind: ReferredKind, ref: Ref, namespace: string | undefined): NameFact[] {
  const name = ref.isPresent ? ref.string : undefined;
  if (!name) return [];
  return [toFact(ref, { kind, name, namespace: isClusterWide(kind) ? undefined : namespace, form: 'name' })];
}

function toFact(ref: Ref, value: ReferenceFact): NameFact {
  return { topic: 'reference', key: toObjectKey(value), value, path: ref.path };
}
