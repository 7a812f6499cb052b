import type { Span } from '../../text/span';
import { MAX_DEPTH } from '../limits';
import { getPair, type MappingNode, type Node, type Pair, type ScalarNode } from '../node';
import { BlockTree } from './blocks';
import { applyFunction, isTransparent } from './functions';
import type { HclNode } from './grammar';
import { addModulePolicy } from './module-inputs';
import { rememberParts } from './named-parts';
import { toPolicyNode } from './policy-document';
import { getContent, readHereDocument, readTemplate, toPlaceholder } from './template';
import { type HclValues, isAddress, NO_VALUES, toUnknown } from './values';

/** References that lead to each other in a circle end here. */
const MAX_STEPS = 8;

/** Turns a syntax tree of HCL into our own nodes. */
export class Converter {
  readonly #text: string;
  /** Literal strings of locals and of the defaults of variables, by the expression that names them. */
  readonly #known = new Map<string, string>();
  /** What other files say wins over what this one does. */
  readonly #given: HclValues;
  /** How the placeholders in texts are written, and addresses that have a name. */
  readonly placeholders = new Map<string, string>();

  /** `values`: what other files of the folder define. */
  constructor(text: string, values: HclValues = NO_VALUES) {
    this.#text = text;
    this.#given = values;
    for (const [name, value] of values) if (value !== toUnknown(name)) this.#known.set(name, value);
  }

  toRoot(root: HclNode): Node | undefined {
    const body = childrenOf(root).find(({ type }) => type === 'body' || type === 'object');
    if (!body) return undefined;
    // Once for the values that others name, as often as these name each other, and then for all.
    for (let step = 0; step < MAX_STEPS; step++) {
      const before = this.#known.size;
      this.#collect(this.#toBody(body, spanOf(body), 0));
      if (this.#known.size === before) break;
    }
    return this.#toBody(body, spanOf(body), 0);
  }

  #collect(root: MappingNode): void {
    const locals = getPair(root, 'locals')?.value;
    const names = locals?.type === 'sequence' ? locals.items : [];
    for (const item of names) {
      for (const { key, value } of item?.type === 'mapping' ? item.pairs : []) this.#remember(`local.${key}`, value);
    }
    const variables = getPair(root, 'variable')?.value;
    for (const { key, value } of variables?.type === 'mapping' ? variables.pairs : []) {
      if (value?.type === 'mapping') this.#remember(`var.${key}`, getPair(value, 'default')?.value);
    }
  }

  #remember(name: string, value: Node | undefined): void {
    if (value?.type !== 'scalar' || typeof value.value !== 'string' || /\$\{|%\{/.test(value.text)) return;
    if (!this.#given.has(name)) this.#known.set(name, value.text);
  }

  #toBody(node: HclNode | undefined, span: Span, depth: number): MappingNode {
    if (depth > MAX_DEPTH) throw new RangeError('depth');
    const blocks = new BlockTree();
    const pairs: Pair[] = [];
    for (const child of childrenOf(node)) {
      if (child.type === 'attribute') {
        const [key, , value] = childrenOf(child);
        if (key)
          pairs.push({ key: this.#slice(key), keySpan: spanOf(key), value: value && this.#toNode(value, depth + 1) });
      } else if (child.type === 'block') {
        const [type, ...rest] = childrenOf(child);
        const labels = rest.filter((part) => part.type === 'string_lit' || part.type === 'identifier');
        const inner = this.#toBody(
          rest.find((part) => part.type === 'body'),
          spanOf(child),
          depth + 1,
        );
        const steps = [type, ...labels].flatMap((part) =>
          part ? [{ key: this.#toName(part), span: spanOf(part) }] : [],
        );
        blocks.add(
          steps,
          readBlock(
            steps.map(({ key }) => key),
            inner,
          ),
        );
      }
    }
    return { type: 'mapping', span, isFlow: false, pairs: [...pairs, ...blocks.toPairs()] };
  }

  #toName(node: HclNode): string {
    return node.type === 'string_lit' ? readTemplate(node, this.#text, () => undefined, true).text : this.#slice(node);
  }

  #toNode(node: HclNode, depth: number): Node {
    if (depth > MAX_DEPTH) throw new RangeError('depth');
    const children = childrenOf(node);
    const [first] = children;
    switch (node.type) {
      case 'expression':
      case 'collection_value':
      case 'template_expr':
      case 'literal_value':
        if (first && children.length === 1) return this.#toNode(first, depth + 1);
        break;
      case 'string_lit':
      case 'quoted_template':
        return this.#toText(node);
      case 'heredoc_template':
        return this.#toHereDocument(node);
      case 'tuple': {
        const items = children.filter(({ type }) => type === 'expression');
        const nodes = items.map((item) => this.#toNode(item, depth + 1));
        return { type: 'sequence', span: spanOf(node), isFlow: true, items: nodes };
      }
      case 'object':
        return { type: 'mapping', span: spanOf(node), isFlow: true, pairs: this.#toPairs(children, depth) };
      case 'function_call': {
        const [name, ...rest] = children;
        const given = childrenOf(rest.find(({ type }) => type === 'function_arguments'));
        const [only] = given;
        const called = name && this.#slice(name);
        if (!called || !only || given.length !== 1) break;
        if (isTransparent(called)) return this.#toNode(only, depth + 1);
        const value = this.#toNode(only, depth + 1);
        const text =
          value.type === 'scalar' && typeof value.value === 'string' ? applyFunction(called, value.text) : undefined;
        if (text !== undefined && value.type === 'scalar') return { ...value, text, value: text };
        break;
      }
    }
    return this.#toPlain(node);
  }

  #toPairs(children: readonly HclNode[], depth: number): Pair[] {
    return children.flatMap((child): Pair[] => {
      if (child.type !== 'object_elem') return [];
      const [key, value] = childrenOf(child).filter(({ type }) => type === 'expression');
      if (!key) return [];
      const written = this.#slice(key);
      const node = /^[\w-]+$/.test(written) ? undefined : this.#toNode(key, depth + 1);
      const name = node === undefined ? written : node.type === 'scalar' ? node.text : undefined;
      return [{ key: name, keySpan: spanOf(key), value: value && this.#toNode(value, depth + 1) }];
    });
  }

  #toText(node: HclNode): ScalarNode {
    this.#rememberPlaceholders(node);
    const { text, parts } = readTemplate(node, this.#text, this.#resolve, true);
    const scalar: ScalarNode = { type: 'scalar', span: spanOf(node), text, value: text, style: 'double-quoted' };
    rememberParts(scalar, parts);
    return scalar;
  }

  /** JSON in a here-document has places of its own; any other one is a text like one in quotes. */
  #toHereDocument(node: HclNode): ScalarNode {
    this.#rememberPlaceholders(node);
    const { text, parts } = readTemplate(node, this.#text, this.#resolve, false);
    if (/^\s*[{[]/.test(text)) {
      const scalar: ScalarNode = {
        type: 'scalar',
        span: getContent(node, this.#text, false),
        text,
        value: text,
        style: 'literal',
      };
      // What is not known is written as what stands for it, wherever it comes to be.
      rememberParts(
        scalar,
        parts.filter(({ isKnown }) => isKnown),
      );
      return scalar;
    }
    const value = readHereDocument(node, this.#text, this.#resolve);
    return { type: 'scalar', span: spanOf(node), text: value, value, style: 'literal' };
  }

  #rememberPlaceholders(node: HclNode): void {
    for (const part of childrenOf(node)) {
      if (!part.type.startsWith('template_') || part.type === 'template_literal') continue;
      const written = this.#slice(part);
      this.placeholders.set(toPlaceholder(written), written);
      const value = this.#resolve(written.slice(2, -1).trim());
      if (value !== undefined && isAddress(value)) this.placeholders.set(value, written);
    }
  }

  /** The value of a name, or of one to which a function is applied. */
  readonly #resolve = (expression: string): string | undefined => {
    const known = this.#known.get(expression);
    if (known !== undefined) return known;
    const [, called, argument] = /^(\w+)\(\s*((?:local|var)\.[\w-]+)\s*\)$/.exec(expression) ?? [];
    const value = argument === undefined ? undefined : this.#known.get(argument);
    if (called === undefined || value === undefined) return undefined;
    return isTransparent(called) ? value : applyFunction(called, value);
  };

  #toPlain(node: HclNode): ScalarNode {
    const written = this.#slice(node);
    const span = spanOf(node);
    const known = this.#known.get(written);
    if (known !== undefined) return { type: 'scalar', span, text: known, value: known, style: 'plain' };
    const plain = { true: true, false: false, null: null }[written];
    if (plain !== undefined) return { type: 'scalar', span, text: written, value: plain, style: 'plain' };
    if (/^-?\d+(\.\d+)?$/.test(written)) {
      return { type: 'scalar', span, text: written, value: Number(written), style: 'plain' };
    }
    const template = `\${${written}}`;
    const text = toPlaceholder(template);
    this.placeholders.set(text, template);
    return { type: 'scalar', span, text, value: text, style: 'plain' };
  }

  #slice(node: HclNode): string {
    return this.#text.slice(node.startIndex, node.endIndex);
  }
}

function readBlock([type, kind]: readonly string[], body: MappingNode): MappingNode {
  if (type === 'data' && kind === 'aws_iam_policy_document') return toPolicyNode(body);
  return type === 'module' ? addModulePolicy(body) : body;
}

function childrenOf(node: HclNode | undefined): HclNode[] {
  return (node?.children ?? []).filter((child) => child !== null && child.type !== 'comment') as HclNode[];
}

function spanOf(node: HclNode): Span {
  return { start: node.startIndex, end: node.endIndex };
}
