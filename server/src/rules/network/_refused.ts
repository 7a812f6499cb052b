import type { Fix, Operation, PlainValue } from '../../engine/operation';
import { DIRECTIONS } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { getAllPeers, getTrafficRules, PROTOCOLS } from './_policies';

/** A value that the API server refuses. Source: kubernetes/kubernetes pkg/apis/networking/validation. */
export interface Refused {
  readonly at: Ref;
  /** What it is, after `has`. */
  readonly what: string;
  readonly fixes: readonly Fix[];
}

/** What the API server refuses in a NetworkPolicy, but for what rules of their own are about: blocks, ranges, expressions. */
export function* findRefused(resource: Resource): Iterable<Refused> {
  yield* judgeTypes(resource.spec.get('policyTypes'));
  for (const { peer, direction } of getAllPeers(resource)) yield* judgePeer(peer, direction === 'Ingress');
  for (const { ref } of getTrafficRules(resource)) {
    for (const port of ref.get('ports').items()) {
      yield* judgeProtocol(port.get('protocol'));
      yield* judgePort(port.get('port'));
    }
  }
}

const change = (at: Ref, value: PlainValue): Fix => toFix(`Change it to ${value}`, [{ op: 'set', at, value }]);

const toFix = (title: string, operations: readonly Operation[]): Fix => ({ title, safety: 'unsafe', operations });

function* judgeTypes(types: Ref): Iterable<Refused> {
  for (const at of types.items()) {
    const text = at.string;
    if (at.isUnknown || text === undefined || DIRECTIONS.some((direction) => direction === text)) continue;
    const right = DIRECTIONS.find((direction) => direction.toLowerCase() === text.toLowerCase());
    const fixes = right === undefined ? [toFix('Remove it', [{ op: 'remove', at }])] : [change(at, right)];
    yield { at, what: `"${text}" in policyTypes, which is neither Ingress nor Egress`, fixes };
  }
}

function* judgePeer(peer: Ref, isIngress: boolean): Iterable<Refused> {
  const [pods, namespaces, block] = [peer.get('podSelector'), peer.get('namespaceSelector'), peer.get('ipBlock')];
  if ([peer, pods, namespaces, block].some((ref) => ref.isUnknown)) return;
  const title = `${isIngress ? 'Admit' : 'Allow'} only pods of the same namespace`;
  if (!pods.isPresent && !namespaces.isPresent && !block.isPresent) {
    // What is written under another key has a rule of its own.
    if (peer.keys().some((key) => !['podSelector', 'namespaceSelector', 'ipBlock'].includes(key))) return;
    yield { at: peer, what: 'a peer that names nobody', fixes: [toFix(title, [toOnlyPods(peer)])] };
  } else if (block.isPresent && (pods.isPresent || namespaces.isPresent)) {
    const fix = toFix('Remove the ipBlock', [{ op: 'remove', at: block }]);
    yield { at: block, what: 'an ipBlock beside a selector in one peer', fixes: [fix] };
  }
}

const toOnlyPods = (at: Ref): Operation => ({ op: 'set', at, value: { podSelector: {} } });

function* judgeProtocol(at: Ref): Iterable<Refused> {
  const text = at.string;
  if (at.isUnknown || text === undefined || PROTOCOLS.includes(text)) return;
  const right = PROTOCOLS.find((protocol) => protocol === text.toUpperCase());
  const fixes = right === undefined ? [] : [change(at, right)];
  yield { at, what: `the protocol "${text}", which is none of ${PROTOCOLS.join(', ')}`, fixes };
}

function* judgePort(at: Ref): Iterable<Refused> {
  if (at.isUnknown || !at.isPresent || isPortValue(at)) return;
  const { string: text, number } = at;
  if (number !== undefined) {
    yield { at, what: `the port ${number}, which is not between 1 and 65535`, fixes: [] };
  } else if (text !== undefined && /^\d+$/.test(text)) {
    yield { at, what: `the port "${text}" in quotes, which makes it a name`, fixes: [change(at, Number(text))] };
  } else if (text !== undefined) {
    yield { at, what: `the port "${text}", which cannot be the name of a port`, fixes: [] };
  }
}

/** True for a number from 1 to 65535, and for what can be the name of a container's port. */
export function isPortValue(at: Ref): boolean {
  const { string: text, number } = at;
  if (number !== undefined) return Number.isInteger(number) && number >= 1 && number <= 65535;
  if (text === undefined || text.length > 15 || !/[a-z]/.test(text)) return false;
  return /^[a-z0-9](-?[a-z0-9])*$/.test(text);
}
