import type { Fix, PlainValue } from '../../engine/operation';
import type { Direction } from '../../model/kubernetes/network-policy';
import type { Ref } from '../../syntax/ref';
import type { NamespaceDefault } from './_default-deny';
import { DNS_PEER } from './_policies';
import { DENIAL_REVEALS } from './_reveals';

/**
 * The policies that a namespace lacks, each in the file of `root` and in a new one beside it; where both directions lack, the half that breaks least is
 * offered last.
 */
export function toDefaultDenyFixes(namespace: string, root: Ref, { lacking, taken }: NamespaceDefault): Fix[] {
  const choices: readonly (readonly Direction[])[] = lacking.length > 1 ? [lacking, ['Ingress']] : [lacking];
  return choices.flatMap((directions): Fix[] => {
    const isEgress = directions.includes('Egress');
    const policies = [toDenyPolicy(namespace, directions, taken), ...(isEgress ? [toDnsPolicy(namespace, taken)] : [])];
    const words = directions.map((word) => word.toLowerCase()).join(' and ');
    const what = `Deny ${words} by default in namespace "${namespace}"${isEgress ? ' and allow DNS' : ''}`;
    const isFileName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace);
    // A file of JSON is one object, and in a folder of such files the new one is JSON too.
    const isJson = root.tree.language === 'json';
    const name = `${namespace}-default-deny.${isJson ? 'json' : 'yaml'}`;
    // The other direction is still to be said.
    const rest = {
      reveals: DENIAL_REVEALS,
      ...(directions.length < lacking.length && { isLessening: true as const }),
    };
    const inNewFile: Fix = {
      ...rest,
      title: `${what}, in the new file ${name}`,
      safety: 'unsafe',
      operations: [{ op: 'createFile', name, documents: policies }],
    };
    const inThisFile: Fix = {
      ...rest,
      title: `${what}, in this file`,
      safety: 'unsafe',
      operations: policies.map((value) => ({ op: 'insertDocument', after: root, value })),
    };
    if (!isFileName) return [inThisFile];
    return isJson && root.path.length === 0 ? [inNewFile] : [inThisFile, inNewFile];
  });
}

/** A policy that denies the directions by default. */
function toDenyPolicy(namespace: string, directions: readonly Direction[], taken: ReadonlySet<string>): PlainValue {
  const base = directions.length > 1 ? 'default-deny' : `default-deny-${directions[0]?.toLowerCase()}`;
  return toPolicy(toFreeName(base, taken), namespace, { podSelector: {}, policyTypes: directions });
}

/** A policy that lets every pod ask the cluster's DNS, over both protocols: answers that do not fit into UDP come by TCP. */
export function toDnsPolicy(namespace: string, taken: ReadonlySet<string>): PlainValue {
  return toPolicy(toFreeName('allow-dns', taken), namespace, {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [DNS_PEER],
        ports: [
          { protocol: 'UDP', port: 53 },
          { protocol: 'TCP', port: 53 },
        ],
      },
    ],
  });
}

function toPolicy(name: string, namespace: string, spec: PlainValue): PlainValue {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

/** A name that no policy of the namespace has: `base`, or with the first free number behind it. */
export function toFreeName(base: string, taken: ReadonlySet<string>): string {
  if (!taken.has(base)) return base;
  let n = 2;
  while (taken.has(`${base}-${n}`)) n++;
  return `${base}-${n}`;
}
