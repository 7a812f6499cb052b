import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { isNamePlaceholder } from '../../model/iam/placeholder';
import { getPodTemplates } from '../../model/kubernetes/pod';
import type { PodRoute } from '../../model/kubernetes/pod-routes';
import type { Resource } from '../../model/kubernetes/resource';
import type { Ref } from '../../syntax/ref';
import type { Span } from '../../text/span';

/** A ServiceAccount that is named at a place: by its own object, or by pods. */
export interface AccountTarget {
  readonly span: Span;
  readonly name: string;
  /** As written; undefined where none is written. */
  readonly namespace: string | undefined;
  /** The object, where the place is in it. */
  readonly object: Resource | undefined;
}

/** The account meant at an offset of a document; undefined where none is, or where a template decides which. */
export function findAccountTarget(
  resources: readonly Resource[],
  offset: number,
  podRoutes: readonly PodRoute[] | undefined,
): AccountTarget | undefined {
  for (const resource of resources) {
    const { kind, group, root, metadata, namespace } = resource;
    const isObject = kind === 'ServiceAccount' && group === '';
    const places = isObject
      ? [metadata.get('name'), root.get('kind'), metadata.get('annotations', ROLE_ARN_ANNOTATION)]
      : getPodTemplates(resource, podRoutes).flatMap(({ spec }) => [
          spec.get('serviceAccountName'),
          spec.get('serviceAccount'),
        ]);
    const at = places.find((place) => isAround(place, offset));
    if (!at) continue;
    const named = isObject ? metadata.get('name') : at;
    const name = named.isPresent ? named.string : undefined;
    if (name === undefined || isNamePlaceholder(name) || metadata.get('namespace').isUnknown) return undefined;
    return { span: at.anchor, name, namespace, object: isObject ? resource : undefined };
  }
  return undefined;
}

function isAround({ isWritten, anchor, keySpan, step }: Ref, offset: number): boolean {
  if (!isWritten) return false;
  const start = step === ROLE_ARN_ANNOTATION ? (keySpan?.start ?? anchor.start) : anchor.start;
  return start <= offset && offset <= anchor.end;
}
