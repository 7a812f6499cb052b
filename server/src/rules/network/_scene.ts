import type { Operation } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import { isNetworkPolicy } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import type { LabelSelector } from '../../model/kubernetes/selectors';
import { isSameLand, type Land } from '../../model/network/land';
import type { NearLabel } from '../../model/network/near-label';
import type { PolicyData } from '../../model/network/policy';
import { readPolicy } from '../../model/network/read-policy';
import { type Selection, selectPods } from '../../model/network/select';
import { findPods, getLand, type KnownPod } from '../../model/network/view';
import { type Absence, getPodAbsence as judgePods } from '../../model/workspace/absence';
import { findKustomizations, isPatchFile } from '../../model/workspace/kustomizations';
import { UNKNOWN_NAMESPACE } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';

/** A NetworkPolicy among the pods of its namespace. */
export interface Scene {
  readonly land: Land;
  readonly policy: PolicyData;
  /** The pods that it selects. */
  readonly selection: Selection;
  readonly workspace: Workspace;
}

/** The scene of a NetworkPolicy; undefined for other objects, for a patch, and where its namespace is filled in later. */
export function getScene(resource: Resource, { workspace, uri }: RuleContext): Scene | undefined {
  if (!isNetworkPolicy(resource) || resource.metadata.get('namespace').isUnknown) return undefined;
  if (isPatchFile(uri, workspace)) return undefined;
  const land = getLand(resource.namespace, uri, workspace);
  const policy = readPolicy(resource.spec);
  return { land, policy, selection: selectPods(policy.podSelector, land, workspace), workspace };
}

/** How a namespace is spoken of. */
export function describeLand({ namespace }: Land): string {
  return namespace === undefined ? 'its namespace' : `namespace "${namespace}"`;
}

/** `"a"`, `"a" and "b"`, `"a", "b" and 3 more`. */
export function listNames(names: readonly (string | undefined)[]): string {
  const known = [...new Set(names.flatMap((name) => (name === undefined ? [] : `"${name}"`)))];
  const rest = known.length - 2;
  if (rest > 0) return `${known.slice(0, 2).join(', ')} and ${rest} more`;
  return known.join(' and ');
}

/** The pods that land in the same namespace for sure. */
export function findNeighbours(land: Land, workspace: Workspace): readonly KnownPod[] {
  return workspace.conclude(`neighbours of ${land.namespace ?? `? ${land.folder}`}`, (asked) =>
    findPods(land, asked).filter((pod) => isSameLand(land, pod.land)),
  );
}

/**
 * What it means that a selector finds no pod in a namespace. By themselves the files show all of its pods where they hold some,
 * and no custom resource there whose controller may make others, nor a chart or what else a kustomization brings.
 */
export function getPodAbsence(land: Land, { workspace, settings, uri: own }: RuleContext): Absence {
  const { namespace } = land;
  const isMade = [namespace ?? UNKNOWN_NAMESPACE, UNKNOWN_NAMESPACE].some((key) =>
    workspace
      .find('pod-maker', key)
      .some(({ uri }) => key === namespace || (land.folder !== '' && uri.startsWith(land.folder))),
  );
  const isOpen = isMade || findKustomizations(own, workspace).some(({ value }) => value.bringsPods);
  const isKnown = namespace !== undefined && findNeighbours(land, workspace).length > 0;
  const absence = judgePods(namespace, isKnown && !isOpen, { settings });
  // Nobody's word makes the labels known that a controller chooses.
  return absence === 'certain' && isOpen ? 'open' : absence;
}

/** Changes the label of a selector to the one that was most likely meant. */
export function toLabelOperation(selector: Ref, { key, right }: NearLabel<unknown>): Operation {
  const at = selector.get('matchLabels', key);
  return right.key === key ? { op: 'set', at, value: right.value } : { op: 'rename', at, key: right.key };
}

/** `app=db`, for titles and messages. */
export const describeLabel = ({ key, value }: { key: string; value: string }): string => `${key}=${value}`;

/** A selector in words, as kubectl writes it. */
export function describeSelector({ matchLabels, matchExpressions }: LabelSelector): string {
  const labels = Object.entries(matchLabels).map(([key, value]) => describeLabel({ key, value }));
  const expressions = matchExpressions.map(({ key, operator, values }) => {
    if (operator === 'Exists') return key;
    if (operator === 'DoesNotExist') return `!${key}`;
    return `${key} ${operator === 'In' ? 'in' : 'not in'} (${values.join(', ')})`;
  });
  return [...labels, ...expressions].join(', ');
}
