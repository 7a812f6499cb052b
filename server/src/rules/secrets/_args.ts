import { isSecretName } from '../../model/kubernetes/secret-names';
import { findSecretInText, toNamedSecret } from '../../model/kubernetes/secret-text';
import { isRandomLooking } from '../../model/kubernetes/secret-values';
import type { FoundSecret } from '../../model/kubernetes/secrets';
import type { Ref } from '../../syntax/ref';

/** A secret in one word of a command line. */
export interface SecretArgument {
  /** The word that holds it. */
  readonly at: Ref;
  readonly found: FoundSecret;
  /** The word before it, where that is the option that it belongs to. */
  readonly option?: Ref;
}

/** The secrets among the words of a command. */
export function findSecretArguments(words: readonly Ref[]): SecretArgument[] {
  return words.flatMap((at, index): SecretArgument[] => {
    // What a script takes from its variables says nothing of what else is in it.
    const text = at.string;
    if (text === undefined) return [];
    const inside = findSecretInText(text);
    if (inside) return [{ at, found: inside }];
    const option = words[index - 1];
    const name = /^--?([A-Za-z][\w.-]{0,60})$/.exec(option?.string ?? '')?.[1];
    if (!option || name === undefined || text.startsWith('-') || !isSecretName(name) || !isRandomLooking(text))
      return [];
    return [{ at, option, found: toNamedSecret(name, 0, text.length) }];
  });
}
