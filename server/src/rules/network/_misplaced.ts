import type { Fix, Operation, PlainValue } from '../../engine/operation';
import type { Direction } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import { getAllPeers, getTrafficRules } from './_policies';

/** A field that the API does not have where it is written. */
export interface Misplaced {
  readonly at: Ref;
  readonly name: string;
  /** Where it stands. */
  readonly where: string;
  /** What is left of the policy where the field is dropped. */
  readonly effect: string;
  readonly fixes: readonly Fix[];
}

/** The fields of a NetworkPolicy that stand where the API has none of that name. */
export function* findMisplaced(resource: Resource): Iterable<Misplaced> {
  const { spec } = resource;
  yield* judgeSelector(spec.get('podSelector'), 'the policy is about every pod of its namespace');
  for (const { ref, direction } of getTrafficRules(resource)) yield* judgeRule(ref, direction);
  for (const { peer } of getAllPeers(resource)) {
    yield* judgePeer(peer);
    yield* judgeSelector(peer.get('podSelector'), 'every pod there is meant');
    yield* judgeSelector(peer.get('namespaceSelector'), 'every namespace is meant');
  }
}

function* judgeRule(rule: Ref, direction: Direction): Iterable<Misplaced> {
  const [wrong, right] = direction === 'Ingress' ? ['to', 'from'] : ['from', 'to'];
  const at = rule.get(wrong);
  if (!at.isWritten || at.isUnknown) return;
  const rename: Fix = {
    title: `Rename it to ${right}`,
    safety: 'unsafe',
    operations: [{ op: 'rename', at, key: right }],
  };
  const effect = direction === 'Ingress' ? 'everyone is admitted' : 'every destination is allowed';
  yield {
    at,
    name: wrong,
    where: `an ${direction.toLowerCase()} rule`,
    effect: rule.get(right).isWritten ? `only what "${right}" says is left` : effect,
    fixes: rule.get(right).isWritten ? [] : [rename],
  };
}

const SELECTOR_FIELDS = ['matchLabels', 'matchExpressions'];

/** Labels right in a selector, as a Service writes them. */
function* judgeSelector(selector: Ref, effect: string): Iterable<Misplaced> {
  if (!selector.isMapping || selector.get('\u0000').isUnknown) return;
  const labels = selector.entries().filter(([key]) => !SELECTOR_FIELDS.includes(key));
  const [first] = labels;
  if (!first || first[1].isUnknown) return;
  const isRest = selector.keys().length > labels.length;
  const values = labels.map(([key, value]) => [key, value.string] as const);
  const isPlain = values.every(([, value]) => value !== undefined) && selector.get('matchLabels').isAbsent;
  const operations: Operation[] = [
    { op: 'set', at: selector.get('matchLabels'), value: toMapping(values) },
    ...labels.map(([, at]): Operation => ({ op: 'remove', at })),
  ];
  yield {
    at: first[1],
    name: first[0],
    where: String(selector.step),
    effect: isRest ? 'it asks for less than is written' : effect,
    fixes: isPlain ? [{ title: 'Move it into matchLabels', safety: 'unsafe', operations }] : [],
  };
}

const toMapping = (values: readonly (readonly [string, string | undefined])[]): PlainValue =>
  Object.fromEntries(values.map(([key, value]) => [key, value ?? '']));

/** `matchLabels` right in a peer. */
function* judgePeer(peer: Ref): Iterable<Misplaced> {
  for (const name of SELECTOR_FIELDS) {
    const at = peer.get(name);
    if (!at.isPresent) continue;
    yield { at, name, where: 'a peer', effect: 'the peer says less than is written', fixes: [] };
  }
}
