import type { Fix } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import type { Volume } from '../../model/kubernetes/pod-volumes';
import type { Known } from '../../model/workspace/fact';
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
const PROJECTED_SOURCES = [
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
      operations: [
        { op: 'set', at: ref.get('projected'), value: { sources: PROJECTED_SOURCES } },
        { op: 'remove', at: secret },
      ],
    },
  ];
}
