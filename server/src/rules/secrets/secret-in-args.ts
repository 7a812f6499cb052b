import { defineRule, type Report } from '../../engine/rule';
import { type Container, describeContainer } from '../../model/kubernetes/pod';
import { findSecretInText } from '../../model/kubernetes/secret-text';
import type { Ref } from '../../syntax/ref';
import { toHardenedPod, toPlainPod } from '../pod-security/_example';
import { toArgumentFixes } from './_arg-fix';
import { findSecretArguments, type SecretArgument } from './_args';
import { atName, BY_VALUE, ROTATE, toSeverity } from './_words';

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const HOOKS = ['postStart', 'preStop'];

export default defineRule({
  id: 'secret-in-args',
  category: 'secrets',
  title: 'Secret on a command line',
  severity: 'error',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['nsa/secrets', 'k8s/secrets-good-practices'],
  docs: {
    what: 'A command, an argument, a probe or a hook of a container contains a password, key or token.',
    why: 'Beside everyone who can see the file or the pod, every process in the container, and every user of the node, can read a command line in the list of processes; tools write it to their logs.',
    remedy: `${ROTATE} Let the program read the secret from a file that is mounted from a Secret, or from an environment variable with \`secretKeyRef\`. The fix puts \`$(NAME)\` into the argument, which the kubelet fills in from such a variable: the text is out of the manifest, though still in the list of processes. Make the Secret before you roll out. Probes and hooks know no \`$(NAME)\`; have them call a script that reads the variable.

${BY_VALUE}`,
    flags: toPlainPod({ container: 'args:\n  - serve\n  - --db-password=tR7#kq9Lw2vX' }),
    passes: toHardenedPod({ container: 'args:\n  - serve\n  - --db-password=$(DB_PASSWORD)' }),
  },
  visit: {
    *container(container) {
      const { ref } = container;
      for (const field of ['command', 'args']) {
        for (const argument of findSecretArguments(ref.get(field).items())) {
          const fixes = toArgumentFixes(argument, container);
          yield { ...toReport(argument, field === 'args' ? 'An argument of' : 'The command of', container), fixes };
        }
      }
      const handlers = [...PROBES.map((probe) => ref.get(probe)), ...HOOKS.map((hook) => ref.get('lifecycle', hook))];
      for (const handler of handlers) {
        for (const argument of findSecretArguments(handler.get('exec', 'command').items())) {
          yield toReport(argument, `The ${handler.step} of`, container);
        }
        for (const header of handler.get('httpGet', 'httpHeaders').items())
          yield* judgeHeader(header, handler, container);
      }
    },
  },
});

function* judgeHeader(header: Ref, handler: Ref, container: Container): Iterable<Report> {
  const value = header.get('value');
  const [name, text] = [header.get('name').string ?? '', value.string];
  const found = text === undefined ? undefined : findSecretInText(`${name}: ${text}`);
  if (!found) return;
  yield {
    ...atName(header.get('name'), value),
    severity: toSeverity(found),
    message: `The header "${name}" of ${handler.step} of ${describeContainer(container)} holds ${found.label} in plain text.`,
  };
}

/** Points at the text before the secret: the option or the name that it belongs to. */
function toReport({ at, option, found }: SecretArgument, where: string, container: Container): Report {
  const message = `${where} ${describeContainer(container)} holds ${found.label} in plain text.`;
  const severity = toSeverity(found);
  if (option) return { ...atName(option, at), severity, message };
  const { start } = at.anchor;
  const [written, text] = [at.written ?? '', at.string ?? ''];
  const from = /^["']/.test(written) ? 1 : 0;
  // Where the text is not written as it is read, with escapes or over several lines, its first sign is enough.
  const isVerbatim = !at.isShared && written.startsWith(text.slice(0, found.start), from);
  const length = isVerbatim ? from + found.start : 0;
  return { at, span: { start, end: start + Math.max(1, length) }, severity, message };
}
