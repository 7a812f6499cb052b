import type { Ref } from '../../syntax/ref';
import { readStringMap } from './resource';

/** One entry of `matchExpressions`. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** A label selector of the API as plain data. Empty selects everything. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly LabelRequirement[];
  /** False when a part of it is not known here, so that what it selects is not known either. */
  readonly isKnown: boolean;
}

/** Reads a label selector; one that is not there is empty. */
export function readLabelSelector(ref: Ref): LabelSelector {
  const labels = ref.get('matchLabels');
  const expressions = ref.get('matchExpressions');
  const requirements = expressions.items();
  const parts = [
    ref,
    labels,
    ...labels.entries().map(([, value]) => value),
    expressions,
    ...requirements.flatMap((item) => [
      item,
      item.get('key'),
      item.get('operator'),
      item.get('values'),
      ...item.get('values').items(),
    ]),
  ];
  return {
    matchLabels: readStringMap(labels),
    matchExpressions: requirements.map((item) => ({
      key: item.get('key').string ?? '',
      operator: item.get('operator').string ?? '',
      values: item
        .get('values')
        .items()
        .flatMap((value) => value.string ?? []),
    })),
    isKnown: parts.every((part) => !part.isUnknown),
  };
}

/** True when the selector asks for nothing, so that it selects every object. */
export function isEmptySelector({ matchLabels, matchExpressions, isKnown }: LabelSelector): boolean {
  return isKnown && Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}

/**
 * Whether a selector selects an object with these labels; undefined where the selector is not known or no valid one.
 * Source: apimachinery pkg/labels, Requirement.Matches (`NotIn` and `DoesNotExist` also hold for a key that is not there).
 */
export function isSelected(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean | undefined {
  if (!selector.isKnown) return undefined;
  for (const [key, value] of Object.entries(selector.matchLabels)) if (labels[key] !== value) return false;
  let isValid = true;
  for (const { key, operator, values } of selector.matchExpressions) {
    const value = labels[key];
    const isListed = value !== undefined && values.includes(value);
    if (operator === 'In' ? !isListed : operator === 'Exists' ? value === undefined : false) return false;
    if (operator === 'NotIn' ? isListed : operator === 'DoesNotExist' ? value !== undefined : false) return false;
    if (!['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(operator)) isValid = false;
  }
  return isValid ? true : undefined;
}
