import type { RuleContext } from '../../engine/rule';
import { hasPlaceholder } from '../../model/iam/placeholder';
import { toSubject } from '../../model/iam/subject';
import type { Container, PodTemplate } from '../../model/kubernetes/pod';
import type { Known } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import type { Ref } from '../../syntax/ref';
import { findAccounts, readPodAccount } from '../service-account/_account';

/** The annotated ServiceAccount of a pod, with its role; undefined where it has none, or nothing tells. */
export function findRoleOfPod(
  pod: PodTemplate,
  context: RuleContext,
): { readonly account: Known<ServiceAccountFact>; readonly roleArn: string } | undefined {
  const named = readPodAccount(pod);
  if (!named) return undefined;
  for (const account of findAccounts(named, context)) {
    const { roleArn } = account.value;
    if (roleArn) return { account, roleArn };
  }
  return undefined;
}

/** True where EKS Pod Identity gives the pod its role, so that the variables of the webhook do not count. */
export function hasPodIdentity(pod: PodTemplate, { workspace }: RuleContext): boolean {
  const account = readPodAccount(pod);
  if (!account || account.namespace === undefined) return false;
  return workspace.find('pod-identity', toSubject({ namespace: account.namespace, name: account.name })).length > 0;
}

/** The entries of a container's environment by name; the last of a name counts. */
export function readEnv({ ref }: Container): ReadonlyMap<string, Ref> {
  const entries = ref
    .get('env')
    .items()
    .flatMap((entry) => {
      const name = entry.get('name').string;
      return name === undefined || entry.get('$patch').isWritten ? [] : [[name, entry] as const];
    });
  return new Map(entries);
}

/** The text of a variable that is written here; undefined for one that is read from elsewhere or filled in later. */
export function getEnvText(entry: Ref | undefined): string | undefined {
  const value = entry?.get('value');
  if (!value?.isPresent || value.string === undefined) return undefined;
  return hasPlaceholder(value.string) || value.string.includes('$(') ? undefined : value.string;
}

/** The place of the role in an account's document. */
export function toRolePlace({ place }: Known<ServiceAccountFact>) {
  return { ...place, path: [...place.path, 'metadata', 'annotations', 'eks.amazonaws.com/role-arn'] };
}

/** What only programs that call AWS are told. */
const OF_AWS = /^AWS_(REGION|DEFAULT_REGION|STS_REGIONAL_ENDPOINTS|ROLE_SESSION_NAME)$/;

/** By which a container brings credentials of its own. */
const CREDENTIALS =
  /^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|PROFILE|SHARED_CREDENTIALS_FILE|CONFIG_FILE|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE|CONTAINER_\w+)$/;

/** The variable by which a pod shows that it calls AWS; undefined where it brings credentials, or where some variables are not known. */
export function getAwsVariable(pod: PodTemplate): string | undefined {
  const names = pod.containers.flatMap((container) => [...readEnv(container).keys()]);
  const name = names.find((one) => OF_AWS.test(one));
  if (name === undefined || names.some((one) => CREDENTIALS.test(one))) return undefined;
  const isOpen = pod.containers.some(({ ref }) => !ref.get('envFrom').isAbsent || ref.get('env').isUnknown);
  return isOpen ? undefined : name;
}
