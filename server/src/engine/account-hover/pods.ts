import { describeResource } from '../../model/kubernetes/resource';
import type { Known } from '../../model/workspace/fact';
import type { WorkloadFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import { escapeMarkdown } from '../../text/markdown';
import type { ToLink } from '../place-links';
import type { AccountTarget } from './target';

/** A hover is read, not studied: of more than this the rest are counted. */
export const MAX_NAMED = 12;

/** Says which workloads run as an account. */
export function toPodsText(workspace: Workspace, { name, namespace }: AccountTarget, toLink: ToLink): string {
  const near = workspace
    .find('workload', namespace ?? 'default')
    .filter(({ value }) => value.isNamespaceWritten === (namespace !== undefined));
  const own = near.filter(({ value }) => value.serviceAccount === name);
  const open = near.filter(({ value }) => value.serviceAccount === undefined).length;
  const maybe =
    open > 0
      ? ` ${open === 1 ? 'One workload' : `${open} workloads`} of the namespace may do so too: a template decides.`
      : '';
  if (own.length === 0) return `No workload of the workspace is known to run as it.${maybe}`;
  const names = own
    .slice(0, MAX_NAMED)
    .map((known) => toLink(escapeMarkdown(describeResource(known.value)), toNamePlace(known)));
  const more = own.length > MAX_NAMED ? ` and ${own.length - MAX_NAMED} more` : '';
  return `Pods that run as it: ${names.join(', ')}${more}.${maybe}`;
}

function toNamePlace({ place }: Known<WorkloadFact>) {
  return { document: place.document, path: [...place.path, 'metadata', 'name'] };
}
