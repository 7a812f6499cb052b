import type { Report } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { NAME_LABEL } from '../../model/kubernetes/selectors';
import type { LonePeer, SplitPeer } from './_and-or';
import { toPlainSelector } from './_plain';
import { describePolicy } from './_policies';
import { describeSelector, listNames } from './_scene';

/** More namespaces than these are no choice that a list helps with. */
const MAX_FIXES = 3;

/** Says that two items of a list are "or". */
export function toSplitReport({ direction, before, item, merged }: SplitPeer, resource: Resource): Report {
  const { podSelector, namespaceSelector } = merged;
  const key = item.get('podSelector').isPresent ? 'podSelector' : 'namespaceSelector';
  return {
    at: item.get(key),
    message: `${describePolicy(resource)} ${direction === 'Ingress' ? 'admits' : 'allows'} every pod of namespaces with ${describeSelector(namespaceSelector) || 'any label'}, or pods with ${describeSelector(podSelector)} of its own namespace, which has none: two list items are "or". Pods with both seem to be meant.`,
    fixes: [
      {
        title: 'Make it one peer: these pods of those namespaces',
        safety: 'unsafe',
        operations: [
          { op: 'set', at: before.get(key), value: toPlainSelector(merged[key]) },
          { op: 'remove', at: item },
        ],
      },
    ],
  };
}

/** Says that the pods of a peer are not in the policy's own namespace, of which `own` speaks. */
export function toLoneReport(
  { direction, item, podSelector, homes }: LonePeer,
  resource: Resource,
  own: string,
): Report {
  const where = `${homes.length > 1 ? 'namespaces' : 'namespace'} ${listNames(homes.map(({ namespace }) => namespace))}`;
  return {
    at: item.get('podSelector'),
    message: `${describePolicy(resource)} ${direction === 'Ingress' ? 'admits' : 'allows connections to'} pods with ${describeSelector(podSelector)} of ${own}, which has none: such pods are in ${where}. Without a namespaceSelector beside it, a podSelector looks in the policy's own namespace only.`,
    related: homes.flatMap(({ namespace, pod }) => {
      if (!pod) return [];
      return [
        {
          place: pod.known.place,
          message: `${describeResource(pod.known.value)} of namespace "${namespace}" has these labels.`,
        },
      ];
    }),
    fixes: homes.slice(0, MAX_FIXES).map(({ namespace }) => ({
      title: `Select these pods in namespace "${namespace}"`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at: item.get('namespaceSelector'), value: { matchLabels: { [NAME_LABEL]: namespace } } },
      ],
    })),
  };
}
