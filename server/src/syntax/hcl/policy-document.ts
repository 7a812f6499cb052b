import type { Span } from '../../text/span';
import { getPair, type MappingNode, type Node, type Pair, type ScalarNode, type SequenceNode } from '../node';

/** Stands for entries that a `dynamic` block makes; read as CloudFormation's functions are: there may be more than is listed. */
const DYNAMIC = 'Fn::Dynamic';

/** The `condition` blocks that a node stands for. */
export interface ConditionBlocks {
  /** The operator that they share; undefined for all of a statement's. */
  readonly operator: string | undefined;
  /** Where the blocks stand: by key, or by operator for all of a statement's. */
  readonly spans: ReadonlyMap<string, readonly Span[]>;
  /** Where the operators are written, for all of a statement's. */
  readonly tests: ReadonlyMap<string, readonly Span[]>;
  /** The blocks as they stand. */
  readonly list: SequenceNode | undefined;
}

const CONDITIONS = new WeakMap<Node, ConditionBlocks>();
const NO_TESTS: ReadonlyMap<string, readonly Span[]> = new Map();
const STATEMENTS = new WeakMap<Node, SequenceNode | undefined>();
const BODIES = new WeakMap<Node, MappingNode>();

/** What a node of a statement that is made of `condition` blocks stands for; undefined for others. */
export function getConditionBlocks(node: Node): ConditionBlocks | undefined {
  return CONDITIONS.get(node);
}

/** True for a list that is made of `statement` blocks. */
export function isStatementBlocks(node: Node): boolean {
  return STATEMENTS.has(node);
}

/** The `statement` blocks, as they stand, of which a list of statements is made. */
export function getStatementBlocks(node: Node): SequenceNode | undefined {
  return STATEMENTS.get(node);
}

/** The `statement` block that a statement stands for. */
export function getStatementBody(node: Node): MappingNode | undefined {
  return BODIES.get(node);
}

/** The policy that an `aws_iam_policy_document` stands for, each part at the place where it is written. */
export function toPolicyNode(body: MappingNode): MappingNode {
  const statements: Node[] = bodiesOf(body, 'statement').map(toStatement);
  for (const { content, span } of dynamicOf(body, 'statement')) {
    const statement = toStatement(content);
    const branches: Node = { type: 'sequence', span, isFlow: false, items: [undefined, statement] };
    statements.push(toMapping([{ key: 'Fn::If', keySpan: span, value: branches }], span));
  }
  const items: Node = { type: 'sequence', span: body.span, isFlow: false, items: statements };
  STATEMENTS.set(items, listOf(body, 'statement'));
  return toMapping([{ key: 'Statement', keySpan: startOf(body.span), value: items }], body.span);
}

function toStatement(body: MappingNode): MappingNode {
  const pairs: Pair[] = [];
  const effect = getPair(body, 'effect');
  pairs.push(effect ? { ...effect, key: 'Effect' } : toDefault('Effect', 'Allow', body.span));
  for (const [name, key] of [
    ['principals', 'Principal'],
    ['not_principals', 'NotPrincipal'],
  ] as const) {
    const principal = toPrincipal(body, name);
    if (principal) pairs.push({ key, keySpan: startOf(principal.span), value: principal });
  }
  for (const [name, key] of [
    ['actions', 'Action'],
    ['not_actions', 'NotAction'],
    ['resources', 'Resource'],
    ['not_resources', 'NotResource'],
  ] as const) {
    const pair = getPair(body, name);
    if (pair) pairs.push({ ...pair, key });
  }
  const condition = toCondition(body);
  if (condition) pairs.push({ key: 'Condition', keySpan: startOf(condition.span), value: condition });
  const statement = toMapping(pairs, body.span);
  BODIES.set(statement, body);
  return statement;
}

function toPrincipal(body: MappingNode, name: string): MappingNode | undefined {
  const pairs = bodiesOf(body, name).flatMap((block): Pair[] => {
    const type = getPair(block, 'type')?.value;
    const identifiers = getPair(block, 'identifiers')?.value;
    return type?.type === 'scalar' ? [{ key: type.text, keySpan: type.span, value: identifiers }] : [];
  });
  return withDynamic(pairs, body, name);
}

/** The `condition` blocks of one operator. */
interface Operator {
  readonly keySpan: Span;
  readonly span: Span;
  readonly pairs: readonly Pair[];
  readonly blocks: Map<string, Span[]>;
  readonly tests: Span[];
}

function toCondition(body: MappingNode): MappingNode | undefined {
  const operators = new Map<
    string,
    { keySpan: Span; pairs: Pair[]; span: Span; blocks: Map<string, Span[]>; tests: Span[] }
  >();
  const list = listOf(body, 'condition');
  for (const block of bodiesOf(body, 'condition')) {
    const [test, variable] = [getPair(block, 'test')?.value, getPair(block, 'variable')?.value];
    if (test?.type !== 'scalar' || variable?.type !== 'scalar') continue;
    const none: Operator = { keySpan: test.span, pairs: [], span: block.span, blocks: new Map(), tests: [] };
    const known = operators.get(test.text) ?? none;
    known.tests.push(test.span);
    known.blocks.set(variable.text, [...(known.blocks.get(variable.text) ?? []), block.span]);
    const pair = { key: variable.text, keySpan: variable.span, value: getPair(block, 'values')?.value };
    const span = { start: known.span.start, end: block.span.end };
    operators.set(test.text, { ...known, pairs: [...known.pairs, pair], span });
  }
  const pairs = [...operators].map(([key, { keySpan, pairs: keys, span, blocks }]): Pair => {
    const value = toMapping(keys, span);
    CONDITIONS.set(value, { operator: key, spans: blocks, tests: NO_TESTS, list });
    return { key, keySpan, value };
  });
  const condition = withDynamic(pairs, body, 'condition');
  const spans = new Map([...operators].map(([key, { blocks }]) => [key, [...blocks.values()].flat()]));
  const tests = new Map([...operators].map(([key, { tests: written }]) => [key, written]));
  if (condition) CONDITIONS.set(condition, { operator: undefined, spans, tests, list });
  return condition;
}

function withDynamic(pairs: readonly Pair[], body: MappingNode, name: string): MappingNode | undefined {
  const dynamic = dynamicOf(body, name).map(({ span }): Pair => ({ key: DYNAMIC, keySpan: span, value: undefined }));
  const all = [...pairs, ...dynamic];
  const ends = all.map(({ keySpan, value }) => value?.span.end ?? keySpan.end);
  return all.length === 0
    ? undefined
    : toMapping(all, { start: all[0]?.keySpan.start ?? body.span.start, end: Math.max(...ends) });
}

function listOf(body: MappingNode, name: string): SequenceNode | undefined {
  const blocks = getPair(body, name)?.value;
  return blocks?.type === 'sequence' ? blocks : undefined;
}

function bodiesOf(body: MappingNode, name: string): MappingNode[] {
  const blocks = listOf(body, name);
  return (blocks?.items ?? []).flatMap((item) => (item?.type === 'mapping' ? [item] : []));
}

function dynamicOf(body: MappingNode, name: string): { content: MappingNode; span: Span }[] {
  const dynamic = getPair(body, 'dynamic')?.value;
  const found = dynamic?.type === 'mapping' ? getPair(dynamic, name)?.value : undefined;
  const blocks = found?.type === 'sequence' ? found.items : [found];
  return blocks.flatMap((block) => {
    if (block?.type !== 'mapping') return [];
    return bodiesOf(block, 'content').map((content) => ({ content, span: block.span }));
  });
}

function toDefault(key: string, text: string, span: Span): Pair {
  const value: ScalarNode = { type: 'scalar', span: startOf(span), text, value: text, style: 'plain' };
  return { key, keySpan: startOf(span), value };
}

/** A place for what is not written. */
function startOf({ start }: Span): Span {
  return { start, end: start };
}

function toMapping(pairs: readonly Pair[], span: Span): MappingNode {
  return { type: 'mapping', span, isFlow: false, pairs };
}
