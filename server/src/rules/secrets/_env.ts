import type { Fix, Operation } from '../../engine/operation';
import type { Container, PodTemplate } from '../../model/kubernetes/pod';
import { findSecretInFile } from '../../model/kubernetes/secret-text';
import { type FoundSecret, findSecret } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';
import { isToBeReplaced } from './_example-comment';
import { toExternalSecret } from './_external-secret';

/** A variable of a container with a secret for its value. */
export interface SecretVariable {
  readonly container: Container;
  readonly entry: Ref;
  readonly name: string;
  readonly found: FoundSecret;
  /** Key under which the Secret is to hold it. */
  readonly key: string;
}

/** The variables of a pod's containers whose values are secrets. */
export function findSecretVariables(pod: PodTemplate): SecretVariable[] {
  const variables: SecretVariable[] = [];
  const taken = new Map<string, string>();
  for (const container of pod.containers) {
    for (const entry of container.ref.get('env').items()) {
      const [name, value] = [entry.get('name').string, entry.get('value')];
      if (name === undefined || value.string === undefined) continue;
      // A variable may hold options, a connection string, or a file.
      const found = findSecret(name, value.string) ?? findSecretInFile(value.string);
      if (!found || (!found.isKnownFormat && isToBeReplaced(entry))) continue;
      const isTaken = (taken.get(name) ?? value.string) !== value.string;
      const key = isTaken ? `${container.name ?? container.field}.${name}` : name;
      taken.set(name, taken.get(name) ?? value.string);
      variables.push({ container, entry, name, found, key });
    }
  }
  return variables;
}

/** Name of the Secret for what a pod should not say itself. */
export function toSecretName({ resource }: PodTemplate): string {
  return `${resource.name ?? 'app'}-secrets`;
}

/**
 * Two ways out: this variable from a Secret that somebody makes, or all of the pod's from one that the External Secrets Operator
 * makes. The value is not written anywhere else: it goes from the file, and has to be put into the store by hand.
 */
export function toEnvFixes(variable: SecretVariable, all: readonly SecretVariable[], pod: PodTemplate): Fix[] {
  const { namespace, root } = pod.resource;
  const secret = toSecretName(pod);
  const keys = [...new Set(all.map(({ key }) => key))];
  return [
    {
      title: `Read it from key "${variable.key}" of Secret "${secret}"`,
      safety: 'unsafe',
      operations: toOperations(variable, secret),
    },
    {
      title: `Read ${all.length > 1 ? `all ${all.length} secrets of the pod` : 'it'} from Secret "${secret}", and add an ExternalSecret that makes it`,
      safety: 'unsafe',
      operations: [
        ...all.flatMap((other) => toOperations(other, secret)),
        { op: 'insertDocument', after: root, value: toExternalSecret(secret, namespace, keys) },
      ],
    },
  ];
}

function toOperations({ entry, key }: SecretVariable, secret: string): Operation[] {
  return [
    { op: 'set', at: entry.get('valueFrom'), value: { secretKeyRef: { name: secret, key } } },
    { op: 'remove', at: entry.get('value') },
  ];
}
