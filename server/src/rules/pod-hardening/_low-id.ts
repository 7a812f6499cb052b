import type { Report } from '../../engine/rule';
import type { PodTemplate } from '../../model/kubernetes/pod';
import { getSecurityContexts } from '../../model/kubernetes/pod-inheritance';
import { describeOwner } from '../pod-security/_words';

/** Ids below this one are given to people and services of ordinary hosts. */
export const LOWEST_FREE_ID = 10_000;

/** Reports ids, other than that of root, that a user or group of the node may have as well. */
export function* findLowIds(pod: PodTemplate, field: 'runAsUser' | 'runAsGroup', what: string): Generator<Report> {
  for (const { ref, container } of getSecurityContexts(pod)) {
    const at = ref.get(field);
    const id = at.number;
    if (id === undefined || id <= 0 || id >= LOWEST_FREE_ID) continue;
    const value = LOWEST_FREE_ID + 1;
    yield {
      at,
      message: `${describeOwner(pod, container)} runs as ${what} ${at.written}, an id that a ${what} of its node may have as well.`,
      fixes: [{ title: `Set ${field}: ${value}`, safety: 'unsafe', operations: [{ op: 'set', at, value }] }],
    };
  }
}
