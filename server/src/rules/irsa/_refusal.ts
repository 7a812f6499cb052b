import type { Fix, Operation } from '../../engine/operation';
import type { Refusal } from '../../model/iam/join';
import { getFileName, getRoleName } from '../../model/iam/role';
import { type Subject, toSubject } from '../../model/iam/subject';
import {
  isAccountAdmitted,
  listSubjects,
  type NamedSubject,
  type RoleAccount,
  withSubject,
} from '../../model/iam/subjects';
import type { Resource } from '../../model/kubernetes/resource';
import type { Place } from '../../model/workspace/fact';
import type { TrustPolicyFact, TrustStatementFact } from '../../model/workspace/topics';
import { REFUSED } from './_near-account';
import { findRefusedAudience, toRefusedAudienceFixes } from './_refusal-audience';
import { STS_AUDIENCE } from './_statement';

/** The action by which pods take on roles. */
const WEB_IDENTITY = 'sts:AssumeRoleWithWebIdentity';

/** Says which policy refuses the account, whom it names instead, and what comes of it. */
export function describeRefusal(account: RoleAccount, refusal: Refusal): string {
  const { policy, basis, near } = refusal;
  const role = `role "${getRoleName(account.roleArn ?? '') ?? account.roleArn}"`;
  const file = `"${getFileName(policy.uri)}"`;
  const texts = [...new Set(listSubjects(policy.value).map(({ text }) => text))];
  const named = near
    ? `"${near.text}"`
    : `${texts
        .slice(0, 3)
        .map((text) => `"${text}"`)
        .join(', ')}${texts.length > 3 ? ', …' : ''}`;
  const isNamed = texts.includes(toSubject(account));
  const audience = isNamed ? findRefusedAudience(account, policy) : undefined;
  const instead = audience
    ? `names it, but asks for tokens for "${audience.wanted}", and its own are for "${audience.own}"`
    : isNamed
      ? `names it, but ${getObstacle(account, policy.value)}`
      : texts.length === 0
        ? 'does not admit it'
        : `names ${named}, not "${toSubject(account)}"`;
  const which = {
    configuration: `The trust policy that the configuration gives ${role}, in ${file},`,
    role: `The trust policy of ${role} in ${file}`,
    file: `The trust policy in ${file}, called after ${role},`,
    sibling: `The trust policy in ${file}, by which another ServiceAccount has ${role},`,
    subject: `No trust policy here admits this ServiceAccount for ${role}: the nearest, in ${file},`,
  };
  return `${which[basis]} ${instead}. Pods of "${account.name}" will fail with ${REFUSED}.`;
}

/** Why a policy refuses an account that it names. */
function getObstacle(account: RoleAccount, policy: TrustPolicyFact): string {
  const naming = policy.statements.filter(({ effect }) => effect !== 'Deny');
  // Without a provider it is not known of which cluster the audience is: that of EKS is what most are.
  const asked = { ...account, audience: account.audience ?? STS_AUDIENCE };
  const isAdmittedWith = (changes: Partial<TrustStatementFact>) =>
    isAccountAdmitted({ ...policy, statements: naming.map((one) => ({ ...one, ...changes })) }, asked) !== 'no';
  if (isAdmittedWith({})) return 'another statement denies it';
  if (isAdmittedWith({ actions: [WEB_IDENTITY] })) return `does not allow ${WEB_IDENTITY}`;
  if (isAdmittedWith({ providers: [undefined], isPrincipalKnown: false }))
    return 'the keys of its conditions do not belong to its principal';
  return 'the other conditions never hold';
}

/** The place in the policy's file to look at: the subject that was meant, else the first one, else the policy. */
export function toRefusalPlace({ policy, near }: Refusal): { readonly place: Place; readonly message: string } {
  const at = near ?? listSubjects(policy.value)[0];
  const { document, path } = policy.place;
  if (at) return { place: { document, path: at.path }, message: `Admits "${at.text}"` };
  return { place: { document, path: policy.value.statements[0]?.path ?? path }, message: 'The trust policy' };
}

/** What would let the account in, each tried on the policy before it is offered: change a subject there, add one, or follow the policy. */
export function toRefusalFixes(account: RoleAccount, refusal: Refusal, resource: Resource): Fix[] {
  const { policy, near } = refusal;
  const audience = findRefusedAudience(account, policy);
  if (audience) return toRefusedAudienceFixes(audience, policy, resource);
  const file = getFileName(policy.uri);
  const subjects = listSubjects(policy.value);
  const fixes: Fix[] = [];
  const own = getOwnSubject(account, near);
  const admits = (at: NamedSubject, isReplaced: boolean) =>
    own !== undefined &&
    isAccountAdmitted(withSubject(policy.value, at, toSubject(own), isReplaced), {
      ...account,
      ...own,
      isNamespaceWritten: true,
    }) !== 'no';
  const canEdit = policy.value.isDerived !== true;
  if (own && near && canEdit && admits(near, true)) {
    const place = { document: policy.place.document, path: near.path };
    fixes.push({
      title: `Change "${near.text}" to "${toSubject(own)}" in ${file}`,
      safety: 'unsafe',
      operations: [{ op: 'set', at: place, value: toSubject(own) }],
    });
  }
  const open = canEdit ? subjects.find((at) => admits(at, false)) : undefined;
  if (own && open) {
    const title = `Add "${toSubject(own)}" to the trust policy in ${file}`;
    fixes.push({ title, safety: 'unsafe', operations: [toAddition(refusal, open, toSubject(own))] });
  }
  const [only, ...others] = subjects;
  if (only?.subject && others.length === 0 && near) fixes.push(...toAccountFix(account, only.subject, resource));
  return fixes;
}

/** The account's subject; where nobody has written its namespace, in the namespace that the near subject names. */
function getOwnSubject(account: RoleAccount, near: NamedSubject | undefined): Subject | undefined {
  if (account.isNamespaceWritten) return { namespace: account.namespace, name: account.name };
  return near?.subject && { namespace: near.subject.namespace, name: account.name };
}

function toAddition({ policy }: Refusal, at: NamedSubject, subject: string): Operation {
  const condition = policy.value.statements[at.statement]?.conditions[at.condition];
  const place = { document: policy.place.document, path: condition?.path ?? at.path };
  if (condition?.isList) return { op: 'append', at: place, value: subject };
  return { op: 'set', at: place, value: [at.text, subject] };
}

function toAccountFix(account: RoleAccount, subject: Subject, { metadata }: Resource): Fix[] {
  const operations: Operation[] = [];
  const changes: string[] = [];
  if (account.isNamespaceWritten && account.namespace !== subject.namespace) {
    operations.push({ op: 'set', at: metadata.get('namespace'), value: subject.namespace });
    changes.push(`move it to namespace "${subject.namespace}"`);
  }
  if (account.name !== subject.name) {
    operations.push({ op: 'set', at: metadata.get('name'), value: subject.name });
    changes.push(`call it "${subject.name}"`);
  }
  const title = `Follow the policy: ${changes.join(' and ')}`;
  return operations.length === 0 ? [] : [{ title, safety: 'unsafe', operations }];
}
