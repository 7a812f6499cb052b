import fc from 'fast-check';

/** What a random document says. */
export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** Draws a value from an arbitrary; fast-check's `fc.gen()` gives one. */
export type Draw = fc.GeneratorValue;

/** A YAML text with what it says and the comments in it, each of which is there once. */
export interface RandomYaml {
  readonly text: string;
  readonly value: Plain;
  readonly comments: readonly string[];
}

const KEYS = ['name', 'spec', 'a-b', 'x.y/z', 'on', '80', 'ключ', 'k8s', '日本', 'very long key'];
const SCALARS: readonly (readonly [string, Plain])[] = [
  ['word', 'word'],
  ['two words', 'two words'],
  ["'single''s'", "single's"],
  ['"double # not a comment"', 'double # not a comment'],
  ['"yes"', 'yes'],
  ['yes', true],
  ['false', false],
  ['12', 12],
  ['0777', 511],
  ['1e3', 1000],
  ['null', null],
  ['~', null],
  ['', null],
  ['https://x.example/y#z', 'https://x.example/y#z'],
  ['😀 emoji', '😀 emoji'],
  ['-flag', '-flag'],
];

/** Writes a random document: block and flow, indents of every kind, comments, empty values, block scalars, CRLF, BOM. */
export function drawYaml(draw: Draw): RandomYaml {
  const writer = new Writer(draw);
  const value = writer.drawValue(0);
  const root = isFilled(value) ? value : { only: value };
  const lines: string[] = [];
  if (writer.chance(3)) lines.push(...writer.ownLine(0));
  if (writer.chance(3)) lines.push(`---${writer.trailing()}`);
  lines.push(...writer.block(root, 0));
  if (writer.chance(4)) lines.push(...writer.ownLine(0));
  if (writer.chance(6)) lines.push('...');
  const eol = writer.chance(3) ? '\r\n' : '\n';
  const end = writer.chance(4) ? '' : eol;
  const text = (writer.chance(8) ? '\uFEFF' : '') + lines.join(eol) + end;
  return { text, value: root, comments: writer.comments };
}

function isFilled(value: Plain): value is Plain[] | { [key: string]: Plain } {
  return isCollection(value) && Object.keys(value).length > 0;
}

function isCollection(value: Plain): value is Plain[] | { [key: string]: Plain } {
  return typeof value === 'object' && value !== null;
}

class Writer {
  readonly comments: string[] = [];
  readonly #draw: Draw;
  readonly #source = new Map<Plain[] | { [key: string]: Plain }, Map<string | number, string>>();

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  chance(n: number): boolean {
    return this.#draw(fc.nat, n) === n;
  }

  int(max: number): number {
    return this.#draw(fc.nat, max);
  }

  drawValue(depth: number): Plain {
    const kind = this.int(depth > 3 ? 2 : 8);
    if (kind <= 2) return null;
    const size = this.int(3);
    const sources = new Map<string | number, string>();
    const drawItem = (step: string | number): Plain => {
      if (this.int(1) === 0) {
        const item = this.drawValue(depth + 1);
        if (item !== null) return item;
      }
      const [source, value] = SCALARS[this.int(SCALARS.length - 1)] ?? ['', null];
      sources.set(step, source);
      return value;
    };
    if (kind <= 5) {
      const keys = new Set(Array.from({ length: size }, () => KEYS[this.int(KEYS.length - 1)] ?? 'k'));
      const mapping = Object.fromEntries([...keys].map((key) => [key, drawItem(key)]));
      this.#source.set(mapping, sources);
      return mapping;
    }
    const sequence = Array.from({ length: size }, (_, index) => drawItem(index));
    this.#source.set(sequence, sources);
    return sequence;
  }

  comment(): string {
    const text = `# note ${this.comments.length}`;
    this.comments.push(text);
    return text;
  }

  trailing(): string {
    return this.chance(5) ? ` ${this.comment()}` : '';
  }

  ownLine(column: number): string[] {
    return [`${' '.repeat(column)}${this.comment()}`];
  }

  key(key: string): string {
    if (key === 'on' || key === '80') return `"${key}"`;
    return this.chance(6) ? `'${key}'` : key;
  }

  /** The lines of a collection that has entries. */
  block(value: Plain, column: number): string[] {
    const step = [2, 2, 4, 3][this.int(3)] ?? 2;
    const pad = ' '.repeat(column);
    if (!isFilled(value)) return [];
    const sources = this.#source.get(value);
    const lines: string[] = [];
    const entries: [string | number, Plain][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    for (const [name, item] of entries) {
      const head = Array.isArray(value) ? `${pad}-` : `${pad}${this.key(String(name))}:`;
      const inItem = Array.isArray(value);
      if (lines.length > 0 && this.chance(5)) lines.push(...this.ownLine(column));
      if (lines.length > 0 && this.chance(8)) lines.push('');
      lines.push(...this.entry(head, item, sources?.get(name), column, inItem, step));
    }
    if (this.chance(6)) lines.push(...this.ownLine(column));
    return lines;
  }

  entry(
    head: string,
    item: Plain,
    source: string | undefined,
    column: number,
    inItem: boolean,
    step: number,
  ): string[] {
    if (source !== undefined) {
      const blank = this.chance(8) ? '\t' : ' ';
      if (typeof item === 'string' && this.chance(6)) {
        return [
          `${head} ${['>-', '|-', '>-2', '|2-'][this.int(3)]}${this.trailing()}`,
          `${' '.repeat(column + 2)}${item}`,
        ];
      }
      return [`${head}${source === '' ? '' : blank}${source}${this.trailing()}`];
    }
    if (isFilled(item) && this.chance(6)) return this.flowLines(head, item, column + 2);
    if (!isFilled(item) || this.chance(4)) return [`${head} ${this.flow(item)}${this.trailing()}`];
    const isCompact = inItem && this.chance(1);
    if (isCompact) {
      const gap = 1 + this.int(1);
      const [first = '', ...rest] = this.block(item, column + 1 + gap);
      return [`${head}${' '.repeat(gap)}${first.trimStart()}`, ...rest];
    }
    const offset = Array.isArray(item) && !inItem && this.chance(1) ? 0 : step;
    const lines = [`${head}${this.trailing()}`];
    if (this.chance(6)) lines.push(...this.ownLine(column + Math.max(offset, 1)));
    return [...lines, ...this.block(item, column + offset)];
  }

  /** A flow collection with an entry on each line. */
  flowLines(head: string, value: Plain[] | { [key: string]: Plain }, column: number): string[] {
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    const pad = ' '.repeat(column);
    const items = this.flowItems(value);
    const isEnded = this.chance(3);
    const lines = items.flatMap((item, index) => {
      const comma = index < items.length - 1 || isEnded ? ',' : '';
      const note = this.chance(8) ? this.ownLine(column) : [];
      return [...note, `${pad}${item}${comma}${this.trailing()}`];
    });
    return [`${head} ${open}${this.trailing()}`, ...lines, `${pad}${close}${this.trailing()}`];
  }

  flow(value: Plain): string {
    if (!isCollection(value)) return 'null';
    const items = this.flowItems(value).join(', ');
    const pad = this.chance(2) ? ' ' : '';
    if (!Array.isArray(value)) return `{${pad}${items}${pad}}`;
    return `[${items}${items !== '' && this.chance(6) ? ',' : ''}]`;
  }

  flowItems(value: Plain[] | { [key: string]: Plain }): string[] {
    const sources = this.#source.get(value);
    if (Array.isArray(value)) return value.map((item, index) => this.flowItem(item, sources?.get(index)) || 'null');
    return Object.entries(value).map(([key, item]) => `${this.key(key)}: ${this.flowItem(item, sources?.get(key))}`);
  }

  flowItem(item: Plain, source: string | undefined): string {
    return source ?? this.flow(item);
  }
}
