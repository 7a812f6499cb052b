import type { Fix, Operation } from '../../engine/operation';
import type { Report } from '../../engine/rule';
import type { Container, PodTemplate } from '../../model/kubernetes/pod';
import type { Ref } from '../../syntax/ref';
import { SECURE_VALUES } from './_fields';
import { toPlainValue } from './_plain';
import { toTmpOperations } from './_tmp';

/** Reports a setting of containers that stands at the pod; the fix moves it to every container that does not say its own. */
export function toContainerReport(pod: PodTemplate, at: Ref): Report {
  const field = at.step ?? '';
  // A container that says something of its own keeps it.
  const silent = pod.containers.filter(({ securityContext }) => !securityContext.get(field).isWritten);
  const targets = silent.map(({ securityContext }) => securityContext.get(field));
  const title = targets.length > 0 ? `Move ${field} to every container` : `Remove ${field} from the pod`;
  return toReport(
    at,
    `${field} stands at the pod, but only the securityContext of a container has it: the API server drops it.`,
    isInsecure(at)
      ? toRemoval(at)
      : toMove(
          at,
          targets,
          title,
          silent.flatMap((one) => toTmp(at, one)),
        ),
  );
}

/** Reports a setting that stands beside the security context that it belongs into: that of a container, or of the pod. */
export function toBareReport(at: Ref, securityContext: Ref, container?: Container): Report {
  const field = at.step ?? '';
  const message = `${field} stands beside the securityContext that it belongs into: the API server drops it.`;
  const move = () =>
    toMove(
      at,
      [securityContext.get(field)],
      `Move ${field} into the securityContext`,
      container ? toTmp(at, container) : [],
    );
  return toReport(at, message, isInsecure(at) ? toRemoval(at) : move());
}

/** True for a value that gives something away: where it stands it has no effect, and it should not begin to have one. */
function isInsecure(at: Ref): boolean {
  const secure = SECURE_VALUES[String(at.step)];
  return secure !== undefined && at.boolean === !secure;
}

function toRemoval(at: Ref): Fix {
  const title = `Remove ${at.step}, which has no effect here`;
  return { title, safety: 'safe', operations: [{ op: 'remove', at, upTo: 1 }] };
}

/** What a root filesystem that becomes read-only needs beside it. */
function toTmp(at: Ref, container: Container): Operation[] {
  return at.step === 'readOnlyRootFilesystem' && at.boolean === true ? toTmpOperations(container) : [];
}

/** Reports a setting at its key. */
export function toReport(at: Ref, message: string, fix: Fix | undefined): Report {
  const { keySpan } = at;
  return { at, message, fixes: fix ? [fix] : [], ...(keySpan && { span: keySpan }) };
}

/** Moves a setting to where it counts; undefined where that would lose something. A target that is written stays. */
export function toMove(
  from: Ref,
  targets: readonly Ref[],
  title: string,
  extra: readonly Operation[] = [],
): Fix | undefined {
  const value = toPlainValue(from);
  if (value === undefined) return undefined;
  const free = targets.filter((target) => !target.isWritten);
  const operations: Operation[] = [
    { op: 'remove', at: from, upTo: 1 },
    ...free.map((at): Operation => ({ op: 'set', at, value })),
    ...extra,
  ];
  return { title, safety: 'unsafe', operations };
}

/** The entries of a mapping that are among `fields`. */
export function getWritten(context: Ref, fields: Readonly<Record<string, unknown>>): Ref[] {
  return context.keys().flatMap((key) => (Object.hasOwn(fields, key) ? [context.get(key)] : []));
}
