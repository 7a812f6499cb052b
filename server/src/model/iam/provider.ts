import { hasPlaceholder } from './placeholder';

/** Whose tokens an identity provider signs: `undecided` where its name alone does not tell. */
export type Issuer = 'kubernetes' | 'other' | 'undecided';

/** Host and path of the provider in an ARN such as `arn:aws:iam::111122223333:oidc-provider/<host>/<path>`. */
export function getProviderOfArn(arn: string): string | undefined {
  return /:oidc-provider\/(.+)$/.exec(arn)?.[1];
}

// Clusters: EKS in all partitions and with its dual-stack name, OpenShift on AWS, AKS and GKE that reach into AWS.
const KUBERNETES =
  /^(oidc[.-]eks\.|rh-oidc|oidc\.[a-z0-9]+\.openshiftapps\.com|container\.googleapis\.com\/|[a-z0-9-]+\.oic\.[a-z0-9-]+\.azure\.com)/i;

// Hosts that sign tokens for pipelines and people. Whatever they call a subject is not ours to judge.
const OTHER_HOSTS = [
  'amazon.com',
  'auth0.com',
  'bitbucket.org',
  'buildkite.com',
  'circleci.com',
  'codefresh.io',
  'doppler.com',
  'env0.com',
  'facebook.com',
  'fly.io',
  'github.com',
  'githubusercontent.com',
  'gitlab.com',
  'google.com',
  'googleapis.com',
  'hashicorp.cloud',
  'microsoftonline.com',
  'okta.com',
  'oktapreview.com',
  'pulumi.com',
  'scalr.io',
  'semaphoreci.com',
  'spacelift.io',
  'terraform.io',
  'vercel.com',
  'windows.net',
];

function isOtherProvider(provider: string): boolean {
  const host = provider.toLowerCase().split(/[/:]/, 1)[0] ?? '';
  if (host.startsWith('cognito-i') || provider.includes('/_services/token')) return true;
  return OTHER_HOSTS.some((known) => host === known || host.endsWith(`.${known}`));
}

/** Whose tokens the provider of this host and path signs. */
export function classifyProvider(provider: string): Issuer {
  if (KUBERNETES.test(provider)) return 'kubernetes';
  return isOtherProvider(provider) ? 'other' : 'undecided';
}

/** True for the issuer of an EKS cluster, whose tokens carry the audience `sts.amazonaws.com` unless an annotation says otherwise. */
export function isEksProvider(provider: string): boolean {
  return /^oidc[.-]eks\./i.test(provider);
}

/** Whether two providers are one: undefined where a placeholder in either leaves it open. Equal texts are equal. */
export function isSameProvider(a: string | undefined, b: string | undefined): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a.toLowerCase() === b.toLowerCase()) return true;
  return hasPlaceholder(a) || hasPlaceholder(b) ? undefined : false;
}
