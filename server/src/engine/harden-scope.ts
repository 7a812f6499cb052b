import { CONTAINER_FIELDS } from '../model/kubernetes/pod';
import type { DocumentId } from '../model/workspace/fact';
import { Ref, type Step } from '../syntax/ref';
import type { Fix, Operation } from './operation';
import type { FileFinding } from './project';

/** What is to be hardened, as plain data. `path` leads to the container, or to what holds the pod's metadata and spec. */
export type HardenScope =
  | { readonly kind: 'file' }
  | { readonly kind: 'pod' | 'container'; readonly document: DocumentId; readonly path: readonly Step[] };

/**
 * The first fix of a finding that changes nothing outside of a scope. Of a fix that sets the same for several containers one
 * by one, a container takes its own part. Undefined when there is none.
 */
export function chooseFix(finding: Pick<FileFinding, 'fixes' | 'document'>, scope: HardenScope): Fix | undefined {
  for (const fix of finding.fixes) {
    const own = restrict(fix, finding.document, scope);
    if (own) return own;
  }
  return undefined;
}

function restrict(fix: Fix, document: DocumentId, scope: HardenScope): Fix | undefined {
  if (scope.kind === 'file') return fix;
  const within = fix.operations.filter((operation) => isBelow(getPath(operation, document, scope), scope.path));
  if (within.length === fix.operations.length) return fix;
  if (within.length === 0 || scope.kind === 'pod') return undefined;
  const pod = scope.path.slice(0, -CONTAINER_STEPS);
  const isOfContainers = fix.operations.every((operation) => isInContainer(getPath(operation, document, scope), pod));
  return isOfContainers ? { ...fix, operations: within } : undefined;
}

/** `spec`, the list and the index: the steps from a pod to one of its containers. */
const CONTAINER_STEPS = 3;

/** Where an operation works in the scope's document; undefined for one that works elsewhere or writes anew. */
function getPath(operation: Operation, document: DocumentId, scope: { readonly document: DocumentId }) {
  if (operation.op === 'insertDocument' || operation.op === 'removeDocument' || operation.op === 'createFile')
    return undefined;
  const { at } = operation;
  const place = at instanceof Ref ? { document, path: at.path } : at;
  return place.document === scope.document ? place.path : undefined;
}

function isInContainer(path: readonly Step[] | undefined, pod: readonly Step[]): boolean {
  return CONTAINER_FIELDS.some(
    (field) => isBelow(path, [...pod, 'spec', field]) && (path?.length ?? 0) >= pod.length + CONTAINER_STEPS,
  );
}

function isBelow(path: readonly Step[] | undefined, base: readonly Step[]): boolean {
  return path !== undefined && path.length >= base.length && base.every((step, index) => path[index] === step);
}
