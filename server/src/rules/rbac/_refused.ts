import type { Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { isTypo } from '../../model/iam/near';
import type { BindingSubject } from '../../model/kubernetes/rbac-bindings';
import { RBAC_GROUP } from '../../model/kubernetes/rbac-roles';

/** The kinds that a subject may have, in the API server's spelling. */
export type SubjectKind = 'User' | 'Group' | 'ServiceAccount';

const KINDS: readonly SubjectKind[] = ['User', 'Group', 'ServiceAccount'];
/** What people write for them, in lower case. */
const WORDS: ReadonlyMap<string, SubjectKind> = new Map([
  ['sa', 'ServiceAccount'],
  ['account', 'ServiceAccount'],
  ['svcaccount', 'ServiceAccount'],
]);
/** Groups that the API server itself puts people and accounts in begin so. */
const SYSTEM_GROUPS = /^system:(authenticated|unauthenticated|masters|nodes|serviceaccounts(:|$))/;

/** Rules that look at who a subject is, and may see it once its kind is one. */
export const SUBJECT_RULES: readonly string[] = [
  'admin-bound-cluster-wide',
  'anonymous-subject-bound',
  'authenticated-subject-bound',
  'cluster-admin-bound',
  'default-service-account-bound',
  'privileged-service-account',
  'service-account-group-bound',
  'subject-api-group-wrong',
  'subject-in-other-namespace',
  'subject-namespace-ignored',
  'subject-namespace-missing',
  'subject-not-found',
  'system-masters-bound',
  'token-automounted',
  'user-names-service-account',
];

/** True for a kind that the API server takes as that of a subject. */
export function isSubjectKind(kind: string): kind is SubjectKind {
  return KINDS.some((known) => known === kind);
}

/** The kind that is meant where none is written, or one that is none; undefined where nothing says it. */
export function findMeantKind(
  { kind = '', name = '', ref }: BindingSubject,
  context: RuleContext,
): SubjectKind | undefined {
  const word = kind.toLowerCase().replace(/[^a-z]/g, '');
  const singular = word.replace(/s$/, '');
  const near = KINDS.find((known) => singular === known.toLowerCase() || isTypo(singular, known.toLowerCase()));
  if (near) return near;
  const group = ref.get('apiGroup');
  if (SYSTEM_GROUPS.test(name)) return 'Group';
  const { string: namespace } = ref.get('namespace');
  const isAccount = namespace !== undefined && !group.string && (kind === '' || isHere(name, namespace, context));
  return isAccount ? 'ServiceAccount' : WORDS.get(singular);
}

/** True where the workspace holds that account. */
export function isHere(name: string, namespace: string, { workspace }: RuleContext): boolean {
  const accounts = workspace.find('service-account', namespace);
  return accounts.some(({ value }) => value.isNamespaceWritten && value.name === name);
}

/** Gives a subject a kind, and takes away an API group that this kind is not in. */
export function toKindOperations({ ref }: BindingSubject, kind: SubjectKind): Operation[] {
  const group = ref.get('apiGroup');
  const isWrong = group.isWritten && !group.isUnknown && group.string !== (kind === 'ServiceAccount' ? '' : RBAC_GROUP);
  return [{ op: 'set', at: ref.get('kind'), value: kind }, ...(isWrong ? [{ op: 'remove', at: group } as const] : [])];
}
