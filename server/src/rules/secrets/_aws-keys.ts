import type { Fix, Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { Container, PodTemplate } from '../../model/kubernetes/pod';
import type { Known } from '../../model/workspace/fact';
import { toObjectKey } from '../../model/workspace/reference-topics';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import type { Ref } from '../../syntax/ref';
import { findAccounts, type PodAccount } from '../service-account/_account';
import { findData } from './_references';

/** The variables by which the SDKs of AWS take a key of a user, one that never expires. */
const KEYS: ReadonlySet<string> = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);

/** Keys of AWS that a container gets from a Secret. */
export interface AwsKeys {
  readonly container: Container;
  readonly secret: string;
  /** The name of the Secret, or of the variable, that is pointed at. */
  readonly at: Ref;
  /** The variables; none where the Secret is read as a whole. */
  readonly entries: readonly Ref[];
}

/** The AWS keys of a pod's containers, once for each container. Keys of other stores that speak S3 are none. */
export function findAwsKeys(pod: PodTemplate, { workspace }: RuleContext): AwsKeys[] {
  return pod.containers.flatMap((container): AwsKeys[] => {
    if (isForOtherStore(container)) return [];
    const entries = container.ref
      .get('env')
      .items()
      .filter((entry) => KEYS.has(entry.get('name').string ?? ''));
    const first = entries.find((entry) => entry.get('valueFrom', 'secretKeyRef', 'name').isPresent);
    const name = first?.get('valueFrom', 'secretKeyRef', 'name').string;
    if (first && name !== undefined) return [{ container, secret: name, at: first.get('name'), entries }];
    for (const source of container.ref.get('envFrom').items()) {
      const at = source.get('secretRef', 'name');
      const secret = at.isPresent ? at.string : undefined;
      if (!secret || source.get('prefix').isWritten) continue;
      const held = findData({ kind: 'Secret', name: secret }, pod.resource.namespace, workspace);
      if (held.some(({ value }) => value.keys?.includes('AWS_SECRET_ACCESS_KEY')))
        return [{ container, secret, at, entries: [] }];
    }
    return [];
  });
}

const OTHER_STORES =
  /endpoint|minio|s3:https?:|backblaze|b2-s3|cloudflarestorage|digitaloceanspaces|wasabi|localstack|garage|ceph|scaleway|storj|\bovh\b|hetzner/i;

function isForOtherStore({ ref }: Container): boolean {
  const span = ref.node?.span;
  return span !== undefined && OTHER_STORES.test(ref.tree.text.slice(span.start, span.end));
}

/** A ServiceAccount of the workspace that gets a role by IRSA: that the cluster has it. */
export function findRoleHolder({ workspace }: RuleContext): Known<ServiceAccountFact> | undefined {
  return workspace.conclude('a service account with a role', (facts) =>
    facts.all('service-account').find(({ value }) => value.roleArn !== undefined),
  );
}

/** Takes the variables out and gives the pod's account a role, whose number and policy are for people to fill in. */
export function toRoleFixes({ entries }: AwsKeys, account: PodAccount, pod: PodTemplate, context: RuleContext): Fix[] {
  const { name, namespace, root } = pod.resource;
  const held = findAccounts(account, context);
  const [own] = held;
  const remove = entries.map((at): Operation => ({ op: 'remove', at, upTo: 1 }));
  if (remove.length === 0) return [];
  if (account.name !== 'default' && own && held.length === 1) {
    const at = { ...own.place, path: [...own.place.path, 'metadata', 'annotations', ROLE_ARN] };
    return [
      {
        title: `Take the keys out, and give ServiceAccount "${account.name}" a role`,
        safety: 'unsafe',
        operations: [...remove, { op: 'set', at, value: toRoleArn(account.name) }],
      },
    ];
  }
  const isTaken =
    context.workspace.find('definition', toObjectKey({ kind: 'ServiceAccount', name: name ?? '' })).length > 0;
  if (account.name !== 'default' || !name || isTaken) return [];
  const annotations = { [ROLE_ARN]: toRoleArn(name) };
  const metadata = namespace === undefined ? { name, annotations } : { name, namespace, annotations };
  return [
    {
      title: `Take the keys out, and give it a ServiceAccount "${name}" with a role`,
      safety: 'unsafe',
      operations: [
        ...remove,
        { op: 'set', at: pod.spec.get('serviceAccountName'), value: name },
        { op: 'insertDocument', after: root, value: { apiVersion: 'v1', kind: 'ServiceAccount', metadata } },
      ],
    },
  ];
}

const ROLE_ARN = 'eks.amazonaws.com/role-arn';

/** The account's number is left to whoever fills in the file. */
function toRoleArn(name: string): string {
  return `arn:aws:iam::\${AWS_ACCOUNT_ID}:role/${name}`;
}
