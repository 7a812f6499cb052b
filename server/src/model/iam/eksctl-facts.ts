import type { Ref } from '../../syntax/ref';
import type { Resource } from '../kubernetes/resource';
import type { Fact } from '../workspace/fact';
import type { TrustPolicyFact } from '../workspace/topics';
import { hasPlaceholder } from './placeholder';
import { hasWildcard, type Subject, toSubject } from './subject';

/**
 * What an eksctl ClusterConfig says: the ServiceAccounts that eksctl makes with a role, the trust policies of the roles that it
 * makes for them (each admits just its account), and who gets a role by EKS Pod Identity.
 */
export function readEksctlFacts({ group, kind, root }: Resource): Fact[] {
  if (group !== 'eksctl.io' || kind !== 'ClusterConfig') return [];
  const iam = root.get('iam');
  const accounts = iam.get('serviceAccounts').items();
  const associations = iam.get('podIdentityAssociations').items();
  const oidc = iam.get('withOIDC');
  const cluster: Fact[] =
    oidc.boolean === true ? [{ topic: 'cluster-with-oidc', key: 'all', value: true, path: oidc.path }] : [];
  return [...cluster, ...accounts.flatMap((one) => readAccount(one, root)), ...associations.flatMap(readAssociation)];
}

function readAccount(account: Ref, root: Ref): Fact[] {
  const metadata = account.get('metadata');
  const subject = toKnownSubject(metadata.get('namespace'), metadata.get('name'));
  if (!subject) return [];
  const { path } = account;
  const attached = account.get('attachRoleARN');
  const facts: Fact[] = [];
  // With roleOnly the account comes from elsewhere; a pattern is no account.
  if (account.get('roleOnly').boolean !== true && !hasWildcard(subject.name) && !hasWildcard(subject.namespace)) {
    const roleArn = attached.isPresent ? attached.string : undefined;
    const value = {
      ...subject,
      isNamespaceWritten: true,
      roleArn,
      isRoleAbsent: false,
      audience: undefined,
      automount: 'unset',
    } as const;
    facts.push({ topic: 'service-account', key: subject.namespace, value, path });
  }
  if (attached.isWritten) return facts;
  facts.push({ topic: 'trust-policy', key: 'all', value: toPolicy(account, subject, root), path });
  return facts;
}

/** The policy that eksctl writes: subject and audience of its cluster, by StringLike where there is a pattern. */
function toPolicy(account: Ref, subject: Subject, root: Ref): TrustPolicyFact {
  const region = root.get('metadata', 'region');
  const host = `oidc.eks.${region.isPresent ? region.string : '${REGION}'}.amazonaws.com/id/\${CLUSTER}`;
  const text = toSubject(subject);
  const name = account.get('roleName');
  const condition = (operator: string, claim: string, value: string, path: Ref['path']) => ({
    operator,
    key: `${host}:${claim}`,
    provider: host,
    claim,
    values: [value],
    path,
    isList: false,
  });
  return {
    roleName: name.isPresent ? name.string : undefined,
    roleArn: undefined,
    isDerived: true,
    statements: [
      {
        path: account.path,
        effect: 'Allow',
        providers: [host],
        isAnyone: false,
        isPrincipalKnown: true,
        isActionKnown: true,
        areConditionsKnown: true,
        actions: ['sts:AssumeRoleWithWebIdentity'],
        conditions: [
          condition(
            hasWildcard(text) ? 'StringLike' : 'StringEquals',
            'sub',
            text,
            account.get('metadata', 'name').path,
          ),
          condition('StringEquals', 'aud', 'sts.amazonaws.com', account.path),
        ],
      },
    ],
  };
}

function readAssociation(association: Ref): Fact[] {
  const name = association.get('serviceAccountName');
  const subject = toKnownSubject(association.get('namespace'), name);
  if (!subject) return [];
  return [{ topic: 'pod-identity', key: toSubject(subject), value: subject, path: name.path }];
}

/** eksctl takes the namespace `default` where none is written. */
function toKnownSubject(namespace: Ref, name: Ref): Subject | undefined {
  if (!name.isPresent || name.string === undefined || namespace.isUnknown) return undefined;
  const subject = { namespace: namespace.string ?? 'default', name: name.string };
  return hasPlaceholder(subject.namespace) || hasPlaceholder(subject.name) ? undefined : subject;
}
