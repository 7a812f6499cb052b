import type { Direction } from '../kubernetes/network-policy';
import type { LabelSelector } from '../kubernetes/selectors';

/** A NetworkPolicy as plain data, with the API's defaults filled in (networking/v1, SetDefaults_NetworkPolicy). */
export interface PolicyData {
  /** Selects pods of the policy's own namespace. */
  readonly podSelector: LabelSelector;
  readonly ingress: DirectionData;
  readonly egress: DirectionData;
}

/** What a policy says of one direction. */
export interface DirectionData {
  /** Whether the pods are isolated, so that only what some rule admits gets through; undefined: not known here. */
  readonly isIsolating: boolean | undefined;
  /** The rules as written, whether or not the direction is isolated. */
  readonly rules: readonly RuleData[];
  /** False where there may be rules that are not known here. */
  readonly areRulesKnown: boolean;
}

/** One rule: it admits what matches one of the peers and one of the ports. */
export interface RuleData {
  /** None: everyone. */
  readonly peers: readonly PeerData[];
  readonly arePeersKnown: boolean;
  /** None: every port. */
  readonly ports: readonly PortData[];
  readonly arePortsKnown: boolean;
}

/** One item of `from` or `to`. */
export interface PeerData {
  /** Undefined: all pods of the namespaces. */
  readonly podSelector: LabelSelector | undefined;
  /** Undefined: the policy's own namespace. */
  readonly namespaceSelector: LabelSelector | undefined;
  readonly ipBlock: { readonly cidr: string; readonly except: readonly string[] } | undefined;
  /** False for one that is not known here, or that the API server refuses. */
  readonly isKnown: boolean;
}

/** One item of `ports`. */
export interface PortData {
  /** Undefined: not known here. */
  readonly protocol: string | undefined;
  /** A number, or the name of a port of the containers that are connected to; undefined: every port. */
  readonly port: number | string | undefined;
  readonly endPort: number | undefined;
  readonly isKnown: boolean;
}

/** What a policy says of a direction. */
export function getDirection(policy: PolicyData, direction: Direction): DirectionData {
  return direction === 'Ingress' ? policy.ingress : policy.egress;
}

/** True for a rule that admits everyone at every port. */
export function isOpenRule({ peers, arePeersKnown, ports, arePortsKnown }: RuleData): boolean {
  return arePeersKnown && arePortsKnown && peers.length === 0 && ports.length === 0;
}
