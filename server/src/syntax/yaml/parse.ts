import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Pair as YamlPair } from 'yaml';
import type { Span } from '../../text/span';
import { MAX_DEPTH, MAX_DOCUMENT_LENGTH } from '../limits';
import type { MappingNode, Node, Pair, ScalarNode, ScalarStyle, SyntaxProblem, Tree } from '../node';
import { composeDocument } from './compose';
import { resolveScalar } from './scalar';

/** More problems of one document than this are not listed: nobody reads them. */
const MAX_PROBLEMS = 500;
const MAX_MESSAGE = 300;

const STYLES: Readonly<Record<string, ScalarStyle>> = {
  QUOTE_DOUBLE: 'double-quoted',
  QUOTE_SINGLE: 'single-quoted',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

const NO_ANCHORS: ReadonlySet<string> = new Set();

/** Reads one slice of `splitDocuments`. Never throws: whatever goes wrong is one of the tree's problems. */
export function parseYaml(text: string): Tree {
  const failed = (kind: SyntaxProblem['kind'], message: string): Tree => ({
    text,
    language: 'yaml',
    root: undefined,
    problems: [{ kind, message, span: { start: 0, end: firstLineEnd(text) } }],
    isReliable: false,
    sharedAnchors: NO_ANCHORS,
  });
  if (text.length > MAX_DOCUMENT_LENGTH) {
    return failed('budget', `Not checked: this document is longer than ${MAX_DOCUMENT_LENGTH} characters.`);
  }
  try {
    // The parser counts a BOM as a column of the first line, so it is not shown one.
    const skipped = text.startsWith('\uFEFF') ? 1 : 0;
    const document = composeDocument(skipped > 0 ? text.slice(skipped) : text);
    return new Converter(text, document, skipped).toTree();
  } catch (error) {
    // A nesting that overflows the stack of the parser lands here.
    const detail = error instanceof RangeError ? 'it is nested too deeply' : String(error);
    return failed('budget', `Not checked: this document could not be read, because ${detail}.`);
  }
}

/** A message that quotes the text does not quote all of it. */
function shorten(text: string): string {
  return text.length > MAX_MESSAGE ? `${text.slice(0, MAX_MESSAGE)}…` : text;
}

function clampSpan({ start, end }: Span, length: number): Span {
  const from = Math.min(start, length);
  return { start: from, end: Math.max(from, Math.min(end, length)) };
}

function firstLineEnd(text: string): number {
  const end = text.search(/[\r\n]/);
  return end === -1 ? text.length : end;
}

class Converter {
  readonly #text: string;
  readonly #document: Document;
  /** How many code units of the text are before the parser's first. */
  readonly #skipped: number;
  readonly #anchors = new Map<string, Node>();
  readonly #shared = new Set<string>();
  readonly #problems: SyntaxProblem[] = [];
  #isTemplate = false;
  #isBroken = false;

  constructor(text: string, document: Document, skipped: number) {
    this.#text = text;
    this.#skipped = skipped;
    this.#document = document;
  }

  toTree(): Tree {
    const root = this.#toNode(this.#document.contents, 0);
    const errors = this.#document.errors.slice(0, MAX_PROBLEMS).map(({ message, pos }): SyntaxProblem => {
      return {
        kind: 'syntax',
        message: `Not checked: ${shorten(message)}.`.replace(/\.\.$/, '.'),
        // What is missing at the end of the text is reported past it.
        span: clampSpan(this.#spanOf(pos), this.#text.length),
      };
    });
    if (this.#isTemplate || (errors.length > 0 && this.#text.includes('{{'))) {
      const at = Math.max(0, this.#text.indexOf('{{'));
      const message = 'Not checked: this document is a template ({{ … }}), and what it renders to is not known here.';
      errors.length = 0;
      errors.push({ kind: 'template', message, span: { start: at, end: Math.min(this.#text.length, at + 2) } });
    }
    const isReliable = errors.length === 0;
    return {
      text: this.#text,
      language: 'yaml',
      root,
      problems: isReliable ? this.#problems : errors,
      isReliable: isReliable && !this.#isBroken,
      sharedAnchors: this.#shared,
    };
  }

  #toNode(node: unknown, depth: number): Node | undefined {
    if (depth > MAX_DEPTH) throw new RangeError('depth');
    if (isScalar(node)) return this.#register(node.anchor, this.#toScalar(node));
    if (isMap(node)) return this.#register(node.anchor, this.#toMapping(node, depth));
    if (isSeq(node)) {
      const items = node.items.map((item) =>
        isPair(item) ? this.#pairItem(item, depth) : this.#toNode(item, depth + 1),
      );
      return this.#register(node.anchor, {
        type: 'sequence',
        span: this.#spanOf(node.range),
        isFlow: node.flow === true,
        items: items.map((item) => (item?.type === 'scalar' && isEmpty(item) ? undefined : item)),
      });
    }
    if (isAlias(node)) {
      // An anchor is registered once its node is complete, so an alias inside its own target finds none.
      const target = this.#anchors.get(node.source);
      const span = this.#spanOf(node.range);
      if (target) this.#shared.add(node.source);
      else
        this.#addProblem({
          kind: 'syntax',
          message: `Not checked: the alias *${node.source} names no anchor before it.`,
          span,
        });
      return { type: 'alias', span, name: node.source, target };
    }
    return undefined;
  }

  #addProblem(problem: SyntaxProblem): void {
    if (problem.kind === 'syntax') this.#isBroken = true;
    if (this.#problems.length < MAX_PROBLEMS) this.#problems.push(problem);
  }

  #register<T extends Node>(anchor: string | undefined, node: T): T {
    if (!anchor) return node;
    const anchored = { ...node, anchor };
    this.#anchors.set(anchor, anchored);
    return anchored;
  }

  #pairItem(pair: YamlPair, depth: number): MappingNode {
    const converted = this.#toPair(pair, depth);
    const end = converted.value?.span.end ?? converted.keySpan.end;
    return { type: 'mapping', span: { start: converted.keySpan.start, end }, isFlow: true, pairs: [converted] };
  }

  #toMapping(node: { items: YamlPair[]; range?: unknown; flow?: boolean | undefined }, depth: number): MappingNode {
    const seen = new Set<string>();
    const pairs = node.items.map((item) => {
      const pair = this.#toPair(item, depth);
      if (pair.key !== undefined && pair.key !== '<<') {
        if (seen.has(pair.key)) {
          const message = `The key "${shorten(pair.key)}" is written twice here; only the last one counts.`;
          this.#addProblem({ kind: 'duplicate-key', message, span: pair.keySpan });
        }
        seen.add(pair.key);
      }
      return pair;
    });
    const span = this.#spanOf(node.range);
    if (node.flow && this.#text.startsWith('{{', span.start)) this.#isTemplate = true;
    return { type: 'mapping', span, isFlow: node.flow === true, pairs };
  }

  #toPair(item: YamlPair, depth: number): Pair {
    const key = isScalar(item.key) ? this.#toScalar(item.key) : undefined;
    const keySpan = key?.span ?? this.#spanOf((item.key as { range?: unknown } | null)?.range);
    const value = this.#toNode(item.value, depth + 1);
    return { key: key?.text, keySpan, value: value?.type === 'scalar' && isEmpty(value) ? undefined : value };
  }

  #toScalar(node: {
    value: unknown;
    range?: unknown;
    type?: string | undefined;
    source?: string | undefined;
  }): ScalarNode {
    const style = STYLES[node.type ?? ''] ?? 'plain';
    const text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    return { type: 'scalar', span: this.#spanOf(node.range), text, style, value: resolveScalar(text, style) };
  }

  #spanOf(range: unknown): Span {
    if (!Array.isArray(range)) return { start: 0, end: 0 };
    const [start, end] = range as [number, number];
    return { start: start + this.#skipped, end: end + this.#skipped };
  }
}

/** True for the scalar of no characters that the parser puts where nothing is written. */
function isEmpty(node: ScalarNode): boolean {
  return node.style === 'plain' && node.span.start === node.span.end && node.anchor === undefined;
}
