import type { PlainValue } from '../../engine/operation';
import { type LabelSelector, NAME_LABEL } from '../../model/kubernetes/selectors';
import { isSameLand, type Land } from '../../model/network/land';
import type { PortData } from '../../model/network/policy';

/** A selector as it is written. */
export function toPlainSelector({ matchLabels, matchExpressions }: LabelSelector): { [key: string]: PlainValue } {
  return {
    ...(Object.keys(matchLabels).length > 0 ? { matchLabels } : {}),
    ...(matchExpressions.length > 0
      ? {
          matchExpressions: matchExpressions.map(({ key, operator, values }) => ({
            key,
            operator,
            ...(values.length > 0 ? { values } : {}),
          })),
        }
      : {}),
  };
}

/** A peer that means the pods of a selector in `target`, as a policy in `own` has to write it. */
export function toPlainPeer(selector: LabelSelector, target: Land, own: Land): PlainValue {
  const podSelector = toPlainSelector(selector);
  if (isSameLand(target, own) === true || target.namespace === undefined) return { podSelector };
  return { namespaceSelector: { matchLabels: { [NAME_LABEL]: target.namespace } }, podSelector };
}

/** Ports of a rule as they are written. */
export function toPlainPorts(ports: readonly PortData[]): PlainValue[] {
  return ports.map(({ protocol, port, endPort }) => ({
    ...(protocol === undefined ? {} : { protocol }),
    ...(port === undefined ? {} : { port }),
    ...(endPort === undefined ? {} : { endPort }),
  }));
}
