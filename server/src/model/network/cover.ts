// Whether all that one part of a policy admits another part admits too, whatever the cluster holds. "No" means: not for sure.
import { DIRECTIONS } from '../kubernetes/network-policy';
import {
  type LabelRequirement,
  type LabelSelector,
  type LabelSet,
  matchSelector,
  NAME_LABEL,
  toRequirements,
} from '../kubernetes/selectors';
import { areOverlapping, type Cidr, containsBlock, halve, parseCidr } from './cidr';
import type { PlacedPolicy } from './evaluate';
import { isSameLand } from './land';
import { type DirectionData, getDirection, type PeerData, type PortData, type RuleData } from './policy';
import { getNamedNamespaces } from './select';

const EVERYTHING: LabelSelector = { matchLabels: {}, matchExpressions: [], isKnown: true };

/** True where every object that the narrow selector selects the wide one selects too. */
export function coversSelector(wide: LabelSelector, narrow: LabelSelector): boolean {
  if (!wide.isKnown || !narrow.isKnown) return false;
  const given = toRequirements(narrow);
  return toRequirements(wide).every((wanted) => given.some((has) => has.key === wanted.key && implies(has, wanted)));
}

/** True where what meets one requirement on a key meets the other. */
function implies(has: LabelRequirement, wanted: LabelRequirement): boolean {
  const isListed = (value: string) => wanted.values.includes(value);
  switch (wanted.operator) {
    case 'In':
      return has.operator === 'In' && has.values.every(isListed);
    case 'NotIn':
      if (has.operator === 'In') return !has.values.some(isListed);
      return (
        has.operator === 'DoesNotExist' ||
        (has.operator === 'NotIn' && wanted.values.every((value) => has.values.includes(value)))
      );
    case 'Exists':
      return has.operator === 'Exists' || has.operator === 'In';
    case 'DoesNotExist':
      return has.operator === 'DoesNotExist';
    default:
      return false;
  }
}

/** True where every end that the narrow peer means the wide one means too; `home`: labels of the namespace of both policies. */
export function coversPeer(wide: PeerData, narrow: PeerData, home: LabelSet): boolean {
  if (!wide.isKnown || !narrow.isKnown) return false;
  if (wide.ipBlock || narrow.ipBlock) {
    return wide.ipBlock !== undefined && narrow.ipBlock !== undefined && coversBlock(wide.ipBlock, narrow.ipBlock);
  }
  return (
    coversNamespaces(wide, narrow, home) &&
    coversSelector(wide.podSelector ?? EVERYTHING, narrow.podSelector ?? EVERYTHING)
  );
}

function coversNamespaces(
  { namespaceSelector: wide }: PeerData,
  { namespaceSelector: narrow }: PeerData,
  home: LabelSet,
): boolean {
  if (!narrow) return !wide || matchSelector(wide, home) === true;
  if (wide) return coversSelector(wide, narrow);
  return getNamedNamespaces(narrow)?.every((name) => name === home.values[NAME_LABEL]) ?? false;
}

type Block = NonNullable<PeerData['ipBlock']>;

function coversBlock(wide: Block, narrow: Block): boolean {
  const [outer, inner] = [parseCidr(wide.cidr), parseCidr(narrow.cidr)];
  const [holes, left] = [wide.except.map(parseCidr), narrow.except.map(parseCidr)];
  if (!outer || !inner || !containsBlock(outer, inner)) return false;
  const out = left.flatMap((block) => block ?? []);
  // What the wide one leaves out the narrow one has to leave out as well, as far as it would have it.
  return holes.every((hole) => {
    if (!hole || !areOverlapping(hole, inner)) return hole !== undefined;
    return isFilled(containsBlock(hole, inner) ? inner : hole, out);
  });
}

/** True where blocks together have every address of one. */
function isFilled(block: Cidr, parts: readonly Cidr[]): boolean {
  const inside = parts.filter((part) => areOverlapping(part, block));
  if (inside.some((part) => containsBlock(part, block))) return true;
  return inside.length > 0 && halve(block).every((half) => isFilled(half, inside));
}

/** True where every port that the narrow item means the wide one means too, at any pod. */
export function coversPort(wide: PortData, narrow: PortData): boolean {
  if (!wide.isKnown || !narrow.isKnown || wide.protocol === undefined || wide.protocol !== narrow.protocol)
    return false;
  if (wide.port === undefined) return true;
  if (typeof wide.port === 'string' || typeof narrow.port !== 'number') return wide.port === narrow.port;
  return wide.port <= narrow.port && (narrow.endPort ?? narrow.port) <= (wide.endPort ?? wide.port);
}

/** True where a rule admits all that another one does. */
export function coversRule(wide: RuleData, narrow: RuleData, home: LabelSet): boolean {
  if (![wide, narrow].every(({ arePeersKnown, arePortsKnown }) => arePeersKnown && arePortsKnown)) return false;
  return (
    coversList(wide.peers, narrow.peers, (one, other) => coversPeer(one, other, home)) &&
    coversList(wide.ports, narrow.ports, coversPort)
  );
}

/** An empty list means all. */
function coversList<T>(wide: readonly T[], narrow: readonly T[], covers: (wide: T, narrow: T) => boolean): boolean {
  if (wide.length === 0) return true;
  return narrow.length > 0 && narrow.every((item) => wide.some((other) => covers(other, item)));
}

/** True where one policy selects every pod that the other does, isolates them as much and admits all that it admits. */
export function coversPolicy(wide: PlacedPolicy, narrow: PlacedPolicy, home: LabelSet): boolean {
  if (isSameLand(wide.land, narrow.land) !== true) return false;
  if (!coversSelector(wide.policy.podSelector, narrow.policy.podSelector)) return false;
  return DIRECTIONS.every((direction) =>
    coversDirection(getDirection(wide.policy, direction), getDirection(narrow.policy, direction), home),
  );
}

function coversDirection(wide: DirectionData, narrow: DirectionData, home: LabelSet): boolean {
  if (narrow.isIsolating === false) return true;
  if (narrow.isIsolating !== true || wide.isIsolating !== true || !narrow.areRulesKnown) return false;
  return narrow.rules.every((rule) => wide.rules.some((wider) => coversRule(wider, rule, home)));
}
