import type { Fix } from '../../engine/operation';
import type { Container } from '../../model/kubernetes/pod';
import type { SecretArgument } from './_args';
import { toSecretName } from './_env';

/**
 * Puts `$(NAME)` in the place of the secret, which the kubelet replaces by the variable of that name, and takes the variable
 * from a Secret. None for a script over several lines, whose text would have to be written anew.
 */
export function toArgumentFixes({ at, found }: SecretArgument, container: Container): Fix[] {
  const text = at.string;
  const { start, end } = found;
  if (text === undefined || end === undefined || text.includes('\n') || at.isShared || !at.isPresent) return [];
  const name = toFreeName(toVariableName(found.name), container);
  const secret = toSecretName(container.pod);
  return [
    {
      title: `Read it from the variable ${name} and Secret "${secret}"`,
      safety: 'unsafe',
      operations: [
        { op: 'set', at, value: `${text.slice(0, start)}$(${name})${text.slice(end)}` },
        {
          op: 'append',
          at: container.ref.get('env'),
          value: { name, valueFrom: { secretKeyRef: { name: secret, key: name } } },
        },
      ],
    },
  ];
}

function toVariableName(name: string | undefined): string {
  const words = (name ?? 'SECRET').replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_');
  return words.replace(/^_+|_+$/g, '').toUpperCase() || 'SECRET';
}

function toFreeName(name: string, { ref }: Container): string {
  const taken = new Set(
    ref
      .get('env')
      .items()
      .map((entry) => entry.get('name').string),
  );
  if (!taken.has(name)) return name;
  let n = 2;
  while (taken.has(`${name}_${n}`)) n++;
  return `${name}_${n}`;
}
