import type { Ref } from '../../syntax/ref';
import { type Span, shiftSpan } from '../../text/span';
import { toSuggestion } from './nearest';

/** What is wrong in a configuration file; the span is in units of the file's text. */
export interface ConfigurationProblem {
  readonly message: string;
  readonly span: Span;
}

/** Reads values of one kind from a configuration file and notes what is wrong; what is wrong reads as undefined. */
export class ConfigurationReader {
  readonly #start: number;
  readonly problems: ConfigurationProblem[] = [];

  /** `start`: offset of the document in the file. */
  constructor(start: number) {
    this.#start = start;
  }

  /** Notes a problem at the value (or, with `atKey`, at the key) of a route. */
  note(at: Ref, message: string, atKey = false): undefined {
    this.problems.push({ message, span: shiftSpan((atKey ? at.keySpan : undefined) ?? at.anchor, this.#start) });
    return undefined;
  }

  /** The place of a value in the file. */
  toSpan(at: Ref): Span {
    return shiftSpan(at.anchor, this.#start);
  }

  /** True for a mapping; every key that is not one of `keys` is a problem. */
  isMapping(at: Ref, keys: readonly string[], what: string): boolean {
    if (!at.isWritten || at.isAbsent) return false;
    if (!at.isMapping) {
      this.note(at, `${what} must be a mapping with ${toList(keys, 'or')}.`);
      return false;
    }
    for (const [key, value] of at.entries()) {
      if (keys.includes(key)) continue;
      const hint = toSuggestion(key, keys) || ` What may stand here: ${toList(keys, 'and')}.`;
      this.note(value, `${what} has no setting "${key}".${hint}`, true);
    }
    return true;
  }

  /** One of several words. */
  word<W extends string>(at: Ref, words: readonly W[], what: string): W | undefined {
    if (at.isAbsent) return undefined;
    // The decoded text, not the value: a plain `off` is false to YAML 1.1.
    const text = at.scalar?.text;
    if (text !== undefined && (words as readonly string[]).includes(text)) return text as W;
    if (text === undefined) return this.note(at, `${what} must be ${toList(words, 'or')}.`);
    return this.note(at, `${what} must be ${toList(words, 'or')}, not "${text}".${toSuggestion(text, words)}`);
  }

  /** A list of texts, each of which `getProblem` may refuse. */
  texts(
    at: Ref,
    what: string,
    getProblem: (text: string) => string | undefined = () => undefined,
  ): string[] | undefined {
    if (at.isAbsent) return undefined;
    if (!at.isSequence) return this.note(at, `${what} must be a list, one "- " line for each.`);
    return at.items().flatMap((item) => {
      const text = item.isAbsent ? undefined : item.scalar?.text;
      const problem = text === undefined ? `${what} must be a list of texts.` : getProblem(text);
      if (problem !== undefined) this.note(item, problem);
      return problem === undefined && text !== undefined ? [text] : [];
    });
  }
}

function toList(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
