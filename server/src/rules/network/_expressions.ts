import { isNetworkPolicy } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import type { LabelSelector } from '../../model/kubernetes/selectors';
import type { Ref } from '../../syntax/ref';
import { getAllPeers } from './_policies';

/** The entries of `matchExpressions` in every selector of a NetworkPolicy; none for other objects. */
export function getExpressions(resource: Resource): Ref[] {
  if (!isNetworkPolicy(resource)) return [];
  const peers = getAllPeers(resource).flatMap(({ peer }) => [peer.get('podSelector'), peer.get('namespaceSelector')]);
  return [resource.spec.get('podSelector'), ...peers].flatMap((selector) => selector.get('matchExpressions').items());
}

/**
 * What is wrong with an operator and its values, and the operator that fits; undefined where all is well.
 * Source: apimachinery pkg/apis/meta/v1/validation, ValidateLabelSelectorRequirement.
 */
export function judgeExpression(operator: string, isValued: boolean): { wrong: string; right: string } | undefined {
  const right = toFitting(/not|!/i.test(operator), isValued);
  if (operator === 'In' || operator === 'NotIn') {
    return isValued ? undefined : { wrong: `with ${operator} and no values`, right };
  }
  if (operator === 'Exists' || operator === 'DoesNotExist') {
    return isValued ? { wrong: `with ${operator} and values, which it cannot have`, right } : undefined;
  }
  return { wrong: operator === '' ? 'without an operator' : `with the operator "${operator}", which is none`, right };
}

/** True for a selector that the API server refuses for one of its expressions. */
export function isRefusedSelector({ matchExpressions }: LabelSelector): boolean {
  return matchExpressions.some(({ operator, values }) => judgeExpression(operator, values.length > 0) !== undefined);
}

function toFitting(isNegative: boolean, isValued: boolean): string {
  if (isValued) return isNegative ? 'NotIn' : 'In';
  return isNegative ? 'DoesNotExist' : 'Exists';
}
