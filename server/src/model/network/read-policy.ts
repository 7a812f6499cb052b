import type { Ref } from '../../syntax/ref';
import { type Direction, getPeerList, getRuleList, isIsolating } from '../kubernetes/network-policy';
import { readLabelSelector } from '../kubernetes/selectors';
import type { DirectionData, PeerData, PolicyData, PortData, RuleData } from './policy';

/** Reads the spec of a NetworkPolicy. */
export function readPolicy(spec: Ref): PolicyData {
  return {
    podSelector: readLabelSelector(spec.get('podSelector')),
    ingress: readDirection(spec, 'Ingress'),
    egress: readDirection(spec, 'Egress'),
  };
}

function readDirection(spec: Ref, direction: Direction): DirectionData {
  const rules = getRuleList(spec, direction);
  return {
    isIsolating: isIsolating(spec, direction),
    rules: rules.items().map((rule) => readRule(rule, direction)),
    areRulesKnown: isKnownList(rules),
  };
}

/** Reads one rule of a direction. */
export function readRule(rule: Ref, direction: Direction): RuleData {
  const peers = getPeerList(rule, direction);
  const ports = rule.get('ports');
  return {
    peers: peers.items().map(readPeer),
    arePeersKnown: !rule.isUnknown && isKnownList(peers),
    ports: ports.items().map(readPort),
    arePortsKnown: !rule.isUnknown && isKnownList(ports),
  };
}

/** Reads one item of `from` or `to`. The API server refuses one that says nothing, and selectors beside an ipBlock. */
export function readPeer(peer: Ref): PeerData {
  const pods = peer.get('podSelector');
  const namespaces = peer.get('namespaceSelector');
  const block = peer.get('ipBlock');
  const except = block.get('except');
  // A selector of nothing but a key (`podSelector:`) is null, which is none.
  const isSelecting = pods.isPresent || namespaces.isPresent;
  const isBlockKnown =
    block.get('cidr').string !== undefined &&
    !block.get('cidr').isUnknown &&
    isKnownList(except) &&
    except.items().every((item) => !item.isUnknown && item.string !== undefined);
  return {
    podSelector: pods.isPresent ? readLabelSelector(pods) : undefined,
    namespaceSelector: namespaces.isPresent ? readLabelSelector(namespaces) : undefined,
    ipBlock: block.isPresent
      ? { cidr: block.get('cidr').string ?? '', except: except.items().flatMap((item) => item.string ?? []) }
      : undefined,
    isKnown:
      ![peer, pods, namespaces, block].some((ref) => ref.isUnknown) &&
      isSelecting !== block.isPresent &&
      (!block.isPresent || isBlockKnown),
  };
}

/** Reads one item of `ports`. */
export function readPort(ref: Ref): PortData {
  const [port, protocol, endPort] = [ref.get('port'), ref.get('protocol'), ref.get('endPort')];
  const value = port.number ?? port.string;
  return {
    protocol: protocol.isUnknown ? undefined : (protocol.string ?? 'TCP'),
    port: port.isUnknown ? undefined : value,
    endPort: endPort.isUnknown ? undefined : endPort.number,
    isKnown: !ref.isUnknown && !port.isUnknown && !endPort.isUnknown && (port.isAbsent || value !== undefined),
  };
}

function isKnownList(list: Ref): boolean {
  return !list.isUnknown && (list.isAbsent || list.isSequence) && list.items().every((item) => !item.isUnknown);
}
