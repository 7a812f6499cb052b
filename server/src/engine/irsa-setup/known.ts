import { getLiteral, hasPlaceholder } from '../../model/iam/placeholder';
import { classifyProvider } from '../../model/iam/provider';
import { ROLE_ARN } from '../../model/iam/role';
import type { Known, Place } from '../../model/workspace/fact';
import type { TrustPolicyFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { Tree } from '../../syntax/node';
import type { Project } from '../project';

/** Stands where the number of the AWS account is not known. */
export const ACCOUNT_PLACEHOLDER = 'ACCOUNT_ID';

/** Stands where the identity provider of the cluster is not known. */
export const PROVIDER_PLACEHOLDER = 'oidc.eks.REGION.amazonaws.com/id/CLUSTER_ID';

/** How a trust policy of the workspace says whose tokens it trusts. */
export interface WrittenTrust {
  readonly uri: string;
  readonly place: Place;
  readonly tree: Tree;
  /** The principal as written, placeholders included. */
  readonly federated: string;
  /** What stands before `:sub` in the key; undefined where a tool makes the key. */
  readonly provider: string | undefined;
}

/** What the trust policies and annotations of a workspace agree on. */
export interface KnownAws {
  readonly partition: string;
  /** Twelve digits; undefined where there are none, or several. */
  readonly accountId: string | undefined;
  /** Host and path of the cluster's provider, written out; undefined likewise. */
  readonly provider: string | undefined;
}

/** Every statement of the workspace that trusts tokens of Kubernetes and is written as a policy. */
export function listWrittenTrusts(project: Project, policies: readonly Known<TrustPolicyFact>[]): WrittenTrust[] {
  return policies.flatMap(({ value, place, uri }) => {
    if (value.isDerived) return [];
    return value.statements.flatMap((statement): WrittenTrust[] => {
      const found = project.locate({ document: place.document, path: statement.path });
      const principal = found?.ref.get('Principal', 'Federated');
      const federated = principal && getLiteral(principal.isSequence ? principal.get(0) : principal);
      const [only] = statement.providers;
      if (!found || federated === undefined || statement.effect !== 'Allow' || statement.providers.length !== 1)
        return [];
      if (only !== undefined && classifyProvider(only) === 'other') return [];
      const isModule = place.path[0] === 'module';
      const provider = statement.conditions.find(({ claim }) => claim === 'sub')?.provider;
      return [{ uri, place, tree: found.ref.tree, federated, provider: isModule ? undefined : provider }];
    });
  });
}

/** What can be taken from the policies and from the annotations of the ServiceAccounts. */
export function getKnownAws(workspace: Workspace, trusts: readonly WrittenTrust[]): KnownAws {
  const roles = [
    ...workspace.all('service-account').map(({ value }) => value.roleArn),
    ...workspace.all('trust-policy').map(({ value }) => value.roleArn),
  ];
  const arns = [
    ...trusts.map(({ federated }) => federated),
    ...roles.filter((arn) => arn !== undefined && ROLE_ARN.test(arn)),
  ];
  const parts = arns.flatMap((arn) => {
    const [, partition, accountId] = /^arn:(aws[\w-]*):iam::(\d{12}):/.exec(arn ?? '') ?? [];
    return partition === undefined || accountId === undefined ? [] : [{ partition, accountId }];
  });
  const providers = trusts.flatMap(({ provider }) => {
    const isKnown = provider !== undefined && !hasPlaceholder(provider) && classifyProvider(provider) === 'kubernetes';
    return isKnown ? [provider] : [];
  });
  return {
    partition: getOnly(parts.map(({ partition }) => partition)) ?? 'aws',
    accountId: getOnly(parts.map(({ accountId }) => accountId)),
    provider: getOnly(providers),
  };
}

/** The value that all are equal to; undefined where there are several, or none. */
export function getOnly<T>(values: readonly T[]): T | undefined {
  const [only, ...others] = new Set(values);
  return others.length === 0 ? only : undefined;
}

/** The ARN of the cluster's provider, with placeholders for what is not known. */
export function toProviderArn({ partition, accountId, provider }: KnownAws): string {
  return `arn:${partition}:iam::${accountId ?? ACCOUNT_PLACEHOLDER}:oidc-provider/${provider ?? PROVIDER_PLACEHOLDER}`;
}

/** The ARN of a role, with a placeholder for an account that is not known. */
export function toRoleArn({ partition, accountId }: KnownAws, roleName: string): string {
  return `arn:${partition}:iam::${accountId ?? ACCOUNT_PLACEHOLDER}:role/${roleName}`;
}
