import type { Report } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';

/** Reports a `procMount` other than the allowed ones. */
export function* findUnmaskedProc(container: Container, allowed: readonly string[]): Generator<Report> {
  const at = container.securityContext.get('procMount');
  if (!at.isPresent || at.string === undefined || allowed.includes(at.string)) return;
  yield {
    at,
    message: `The ${describeContainer(container)} sees /proc without the usual masks (procMount: ${at.written}).`,
    fixes: [{ title: 'Remove procMount', safety: 'unsafe', operations: [{ op: 'remove', at, upTo: 1 }] }],
  };
}
