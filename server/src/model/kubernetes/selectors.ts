import type { Ref } from '../../syntax/ref';
import { readStringMap } from './resource';

/** The label that the API server gives to every namespace: its name. */
export const NAME_LABEL = 'kubernetes.io/metadata.name';

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

/** The labels of an object as far as they are known. */
export interface LabelSet {
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose values are not known. */
  readonly unknown: readonly string[];
  /** False where there may be labels that are not listed. */
  readonly isComplete: boolean;
}

/** Reads the labels of a metadata mapping. */
export function readLabelSet(map: Ref): LabelSet {
  const entries = map.entries();
  return {
    values: readStringMap(map),
    unknown: entries.flatMap(([key, value]) => (value.isUnknown ? [key] : [])),
    isComplete: !map.isUnknown && !entries.some(([key]) => key.includes('{{') || key.includes('${')),
  };
}

/**
 * Whether a selector selects an object with these labels; undefined where the selector is not known or no valid one.
 * Source: apimachinery pkg/labels, Requirement.Matches (`NotIn` and `DoesNotExist` also hold for a key that is not there).
 */
export function isSelected(selector: LabelSelector, labels: Readonly<Record<string, string>>): boolean | undefined {
  return matchSelector(selector, { values: labels, unknown: [], isComplete: true });
}

/** The same of labels that are known in part: undefined where it depends on what is not known. */
export function matchSelector(selector: LabelSelector, labels: LabelSet): boolean | undefined {
  if (!selector.isKnown) return undefined;
  let result: boolean | undefined = true;
  for (const requirement of toRequirements(selector)) {
    const isMet = meets(requirement, labels);
    if (isMet === false) return false;
    if (isMet === undefined) result = undefined;
  }
  return result;
}

/** All that a selector asks for, as expressions. */
export function toRequirements({ matchLabels, matchExpressions }: LabelSelector): LabelRequirement[] {
  const pairs = Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));
  return [...pairs, ...matchExpressions];
}

function meets({ key, operator, values }: LabelRequirement, labels: LabelSet): boolean | undefined {
  const value = Object.hasOwn(labels.values, key) ? labels.values[key] : undefined;
  const isThere = value !== undefined || labels.unknown.includes(key) || (labels.isComplete ? false : undefined);
  const isListed = value !== undefined ? values.includes(value) : isThere === false ? false : undefined;
  if (operator === 'In') return values.length === 0 ? false : isListed;
  if (operator === 'NotIn') return isListed === undefined ? undefined : !isListed;
  if (operator === 'Exists') return isThere;
  if (operator === 'DoesNotExist') return isThere === undefined ? undefined : !isThere;
  return undefined;
}
