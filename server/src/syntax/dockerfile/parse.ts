import { type Argument, DockerfileParser, type Instruction } from 'dockerfile-ast';
import { LineIndex } from '../../text/line-index';
import type { Span } from '../../text/span';
import { MAX_DOCUMENT_LENGTH } from '../limits';
import type { Node, Pair, ScalarNode, SyntaxProblem, Tree } from '../node';

const NO_ANCHORS: ReadonlySet<string> = new Set();

/**
 * Reads a Dockerfile into the same tree as YAML: a mapping whose `instructions` are a list of `{ keyword, arguments }`, in
 * source order; keywords in upper case, arguments as written, without flags of Docker's own. Never throws.
 */
export function parseDockerfile(text: string): Tree {
  const problems: SyntaxProblem[] = [];
  const tree = (root: Node | undefined): Tree => {
    const isReliable = problems.length === 0;
    return { text, language: 'dockerfile', root, problems, isReliable, sharedAnchors: NO_ANCHORS };
  };
  const fail = (kind: SyntaxProblem['kind'], message: string): Tree => {
    problems.push({ kind, message: `Not checked: ${message}.`, span: { start: 0, end: 0 } });
    return tree(undefined);
  };
  if (text.length > MAX_DOCUMENT_LENGTH) {
    return fail('budget', `this file is longer than ${MAX_DOCUMENT_LENGTH} characters`);
  }
  try {
    const lines = new LineIndex(text);
    const instructions = DockerfileParser.parse(text).getInstructions();
    const items = instructions.map((instruction) => toInstruction(instruction, lines));
    const whole = { start: 0, end: text.length };
    const list: Node = { type: 'sequence', span: whole, isFlow: false, items };
    return tree({ type: 'mapping', span: whole, isFlow: false, pairs: [toPair('instructions', list)] });
  } catch {
    return fail('syntax', 'this Dockerfile cannot be read');
  }
}

function toInstruction(instruction: Instruction, lines: LineIndex): Node {
  const span = toSpan(instruction.getRange(), lines);
  const keywordSpan = toSpan(instruction.getInstructionRange(), lines);
  const args = instruction.getArguments();
  const first = args[0];
  const last = args.at(-1);
  const argumentsSpan: Span =
    first && last
      ? { start: toSpan(first.getRange(), lines).start, end: toSpan(last.getRange(), lines).end }
      : { start: span.end, end: span.end };
  const list: Node = {
    type: 'sequence',
    span: argumentsSpan,
    isFlow: false,
    items: args.map((argument: Argument) => toScalar(argument.getValue(), toSpan(argument.getRange(), lines))),
  };
  const keyword = toScalar(instruction.getKeyword(), keywordSpan);
  return { type: 'mapping', span, isFlow: false, pairs: [toPair('keyword', keyword), toPair('arguments', list)] };
}

function toScalar(text: string, span: Span): ScalarNode {
  return { type: 'scalar', value: text, text, style: 'plain', span };
}

/** A key that nobody has written: it stands where its value does. */
function toPair(key: string, value: Node): Pair {
  return { key, keySpan: value.span, value };
}

function toSpan(range: ReturnType<Instruction['getRange']>, lines: LineIndex): Span {
  return { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) };
}
