import { Composer, type Document, Lexer, Parser } from 'yaml';
import { MAX_DEPTH } from '../limits';

/** A collection with its key can take two places of the parser's stack. */
const MAX_STACK = 2 * MAX_DEPTH;

/**
 * Runs the parser over one document. Throws a RangeError as soon as the nesting is too deep, before the parser has built
 * what is below.
 */
export function composeDocument(text: string): Document {
  // uniqueKeys makes the composer quadratic, so duplicates are found elsewhere. Failsafe leaves every scalar a string: their
  // types are the API server's to decide (resolveScalar), not the library's.
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    schema: 'failsafe',
    keepSourceTokens: false,
    logLevel: 'silent',
    strict: false,
  });
  const [document] = composer.compose(parse(text), true, text.length);
  if (!document) throw new Error('the parser gave no document');
  return document;
}

/** After so many faults a text is no YAML, and reading on would only find more of them. */
const MAX_FAULTS = 100;

function* parse(text: string) {
  const parser = new Parser();
  let faults = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error') faults++;
      yield token;
    }
    if (faults > MAX_FAULTS) break;
    if (parser.stack.length > MAX_STACK) throw new RangeError('nested too deeply');
  }
  yield* parser.end();
}
