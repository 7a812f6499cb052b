import type { Fix, Operation } from '../../engine/operation';
import type { Report } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { getEffectiveNamespace } from '../../model/kubernetes/resource';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';

/** One amount of a container's `resources`. */
export interface Amount {
  readonly kind: 'limits' | 'requests';
  readonly resource: 'cpu' | 'memory' | 'ephemeral-storage';
}

/** The amount of a container, or the one of its whole pod; an ephemeral container may not have any. */
export function getAmount(container: Container, { kind, resource }: Amount): Ref {
  const ofPod = container.pod.spec.get('resources', kind, resource);
  return ofPod.isAbsent ? container.ref.get('resources', kind, resource) : ofPod;
}

/** Reports an amount that is neither there nor given by a LimitRange of the workspace, with a fix that writes `value` for it. */
export function* findMissingAmount(
  container: Container,
  workspace: Workspace,
  amount: Amount,
  value: string,
  outcome: string,
): Generator<Report> {
  const { kind, resource } = amount;
  if (container.field === 'ephemeralContainers' || !getAmount(container, amount).isAbsent) return;
  const namespace = getEffectiveNamespace(container.pod.resource);
  const ranges = namespace === undefined ? [] : workspace.find('limit-range', namespace);
  if (ranges.some((range) => range.value[kind].includes(resource))) return;
  const name = `${resource === 'cpu' ? 'CPU' : resource} ${kind === 'limits' ? 'limit' : 'request'}`;
  yield {
    at: container.ref.get('resources', kind, resource),
    message: `The ${describeContainer(container)} has no ${name}: ${outcome}.`,
    fixes: [toFix(container, amount, value)],
  };
}

function toFix(container: Container, { kind, resource }: Amount, value: string): Fix {
  const resources = container.ref.get('resources');
  // A limit below the request is refused, so that a request that is written is what the limit starts from.
  const request = kind === 'limits' ? resources.get('requests', resource).scalar?.value : undefined;
  const chosen = typeof request === 'string' || typeof request === 'number' ? request : value;
  const operation: Operation = { op: 'set', at: resources.get(kind, resource), value: chosen };
  return { title: `Set resources.${kind}.${resource}: ${chosen}`, safety: 'unsafe', operations: [operation] };
}
