import type { Fix, Operation, PlainValue, Target } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import type { Volume } from '../../model/kubernetes/pod-volumes';
import type { Resource } from '../../model/kubernetes/resource';
import type { Known, Place } from '../../model/workspace/fact';
import { toObjectKey } from '../../model/workspace/reference-topics';
import type { TokenSecretFact } from '../../model/workspace/topics';
import type { Ref } from '../../syntax/ref';
import { readPodAccount } from './_account';

/** A Secret that holds a token, as a pod uses it. */
export interface LegacyToken {
  /** Its account, where that is known. */
  readonly account: string | undefined;
  /** Undefined where only its name and its mount say what it is. */
  readonly known: Known<TokenSecretFact> | undefined;
}

/** The token Secret of the workspace that a pod means by a name. */
export function findTokenSecret(name: Ref, pod: PodTemplate, context: RuleContext): LegacyToken | undefined {
  const written = name.isPresent ? name.string : undefined;
  const { namespace } = pod.resource;
  if (written === undefined || pod.resource.metadata.get('namespace').isUnknown) return undefined;
  const known = context.workspace.find('token-secret', namespace ?? 'default');
  const found = known.find(({ value }) => value.name === written);
  return found && { account: found.value.account, known: found };
}

// Five letters of the alphabet in which the control plane named them, until Kubernetes 1.24.
const GENERATED = /^(.+)-token-[bcdfghjklmnpqrstvwxz2456789]{5}$/;

/** What the name of a Secret says that the control plane once made: `default-token-x7k2p`. */
export function readGeneratedName(name: Ref): LegacyToken | undefined {
  const account = name.isPresent ? GENERATED.exec(name.string ?? '')?.[1] : undefined;
  return account === undefined ? undefined : { account, known: undefined };
}

/** The volume that gives a pod what such a Secret holds, under the same names, with a token that expires and is renewed. */
const PROJECTED_SOURCES: readonly PlainValue[] = [
  { serviceAccountToken: { path: 'token', expirationSeconds: 3600 } },
  { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
];

/** Puts such a volume in the place of the Secret, where the token is one of the pod's own account. */
export function toProjectedFixes({ ref }: Volume, pod: PodTemplate, { account }: LegacyToken): Fix[] {
  const secret = ref.get('secret');
  if (!secret.isMapping || secret.get('items').isWritten || account !== readPodAccount(pod)?.name) return [];
  return [
    {
      title: 'Mount a projected token that expires',
      safety: 'unsafe',
      operations: toProjected((...steps) => ref.get(...steps)),
    },
  ];
}

/**
 * Takes a token Secret away. Where objects here use it, only together with what makes them do without: a volume of a pod that runs
 * as the token's account becomes a projected one, and an account stops listing it. Nothing where it is used in another way, or may be.
 */
export function toRemovalFixes(
  { name, namespace, root }: Resource,
  account: string | undefined,
  { workspace }: RuleContext,
): Fix[] {
  if (name === undefined) return [];
  const uses = workspace
    .find('reference', toObjectKey({ kind: 'Secret', name }))
    .filter(({ value }) => [value.namespace, undefined].includes(namespace) || value.namespace === undefined);
  const volumes = workspace
    .find('secret-volume', name)
    .filter(({ value }) => value.namespace === namespace && value.account === account);
  const parts = uses.map(({ place, value }) =>
    value.namespace === namespace ? toDoWithout(place, volumes) : undefined,
  );
  if (parts.includes(undefined)) return [];
  const isMounted = uses.some(({ place }) => !isListed(place));
  const title = isMounted
    ? `Mount projected tokens in place of Secret "${name}", and remove it`
    : `Remove Secret "${name}"${uses.length > 0 ? ', which its account lists' : ''}`;
  const operations = parts.flatMap((part) => part ?? []);
  return [{ title, safety: 'unsafe', operations: [...operations, { op: 'removeDocument', at: root }] }];
}

/** True for an entry of the list that a ServiceAccount may have. */
function isListed({ path }: Place): boolean {
  return path.at(-3) === 'secrets' && path.at(-1) === 'name';
}

function toDoWithout(use: Place, volumes: readonly Known<unknown>[]): readonly Operation[] | undefined {
  const { document, path } = use;
  if (isListed(use)) return [{ op: 'remove', at: { document, path: path.slice(0, -1) }, upTo: 1 }];
  const volume = path.slice(0, -2);
  const isWhole = volumes.some(({ place }) => place.document === document && place.path.join() === volume.join());
  return isWhole ? toProjected((...steps) => ({ document, path: [...volume, ...steps] })) : undefined;
}

function toProjected(at: (...steps: string[]) => Target): Operation[] {
  return [
    { op: 'set', at: at('projected'), value: { sources: PROJECTED_SOURCES } },
    { op: 'remove', at: at('secret') },
  ];
}
