import { describe, expect, test } from 'vitest';
import { toCard } from '../../../client/src/graph/drawing/card';
import { drawGraph } from '../../../client/src/graph/drawing/draw';
import { countFaults, describeNode } from '../../../client/src/graph/drawing/labels';
import { layOut } from '../../../client/src/graph/drawing/layout';
import { resolvePalette, THEME } from '../../../client/src/graph/drawing/palette';
import { toPicture } from '../../../client/src/graph/drawing/picture';
import { svg, toMarkup } from '../../../client/src/graph/drawing/svg';
import { estimateWidth, fitText, wrapText } from '../../../client/src/graph/drawing/text';
import type { ViewFault, ViewGraph } from '../../../client/src/graph/messages';
import { SHOP_VIEW, toGraph, toNode } from './sample';
import { parseXml } from './xml';

const SOLID = resolvePalette(THEME, (value) => (value === THEME.fonts ? 'sans-serif' : 'rgb(1, 2, 3)'));
const LOCATION = { uri: 'file:///x', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
const fault = (severity: ViewFault['severity']): ViewFault => ({
  rule: 'r',
  severity,
  message: 'm',
  location: LOCATION,
});
const picture = (graph: ViewGraph) => toPicture(graph, layOut(graph, 'right', estimateWidth), SOLID, estimateWidth);

describe('the picture', () => {
  test('is well-formed, says everything, and needs nothing from outside', () => {
    const text = picture({ ...SHOP_VIEW, notes: ['Something is not known here, and this says what it is.'] });
    const root = parseXml(text);
    expect(root.tag).toBe('svg');
    const shown = root.texts.join('\n');
    for (const { name } of SHOP_VIEW.nodes) expect(shown).toContain(name.length < 30 ? name : '…');
    for (const { word } of SHOP_VIEW.edges) expect(shown).toContain(word);
    expect(shown).toContain('Access: Namespace "shop"');
    expect(shown).toContain('Something is not known here');
    expect(text).not.toMatch(/var\(|url\(|href|<script|style=|data-|class=/);
  });

  test('marks faults by a sign of their own beside the colour', () => {
    const signs = (['error', 'warning', 'info'] as const).map((severity) => {
      const text = picture(toGraph([toNode('a', { faults: [fault(severity)] })], []));
      return parseXml(text).paths;
    });
    const plain = parseXml(picture(toGraph([toNode('a')], []))).paths;
    const own = signs.map((paths) => paths.filter((path) => !plain.includes(path)));
    for (const paths of own) expect(paths.length).toBeGreaterThan(0);
    expect(new Set(own.map((paths) => paths.join())).size).toBe(3);
  });

  test('tells a refused step and an unknown one from a given one by more than colour', () => {
    const edge = (verdict: 'given' | 'refused' | 'unknown') => {
      const graph = toGraph([toNode('a'), toNode('b')], [['a', 'b']]);
      return picture({ ...graph, edges: graph.edges.map((one) => ({ ...one, verdict })) });
    };
    expect(edge('given')).not.toContain('stroke-dasharray');
    expect(edge('refused')).toContain('✕ grants');
    expect(edge('unknown')).toContain('? grants');
  });

  test('keeps names of all kinds in their place', () => {
    const nasty = '<script>&"\u0000\u{1F600}漢字';
    const text = picture(toGraph([toNode(nasty)], []));
    expect(parseXml(text).texts.join()).toContain('<script>&"\u{1F600}漢字');
  });
});

describe('a card', () => {
  test('says what a role grants in rows, and how much more there is', () => {
    const lines = Array.from({ length: 9 }, (_, index) => `read things of kind ${index}`);
    const { rows } = toCard(toNode('a', { lines }), estimateWidth);
    expect(rows).toEqual([...lines.slice(0, 3), 'and 6 more']);
  });

  test('is no wider than its text, nor than is good', () => {
    const width = (name: string) => toCard(toNode(name), estimateWidth).width;
    expect(width('a'.repeat(25))).toBeGreaterThan(width('a'));
    expect(width('a'.repeat(250))).toBe(width('a'.repeat(300)));
  });
});

test('a name gives way in its middle, a sentence at its end', () => {
  const name = fitText('report-writer-of-the-month', 100, 'name', estimateWidth);
  expect(name).toMatch(/^report-?….*th$/);
  expect(estimateWidth(name, 'name')).toBeLessThanOrEqual(100);
  const rows = wrapText('read nearly everything of a namespace, but not Secrets and Roles', 120, 2, estimateWidth);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatch(/^read nearly/);
  expect(rows[1]).toMatch(/…$/);
  for (const row of rows) expect(estimateWidth(row, 'small')).toBeLessThanOrEqual(120);
});

test('a node is told in words with its faults and its steps', () => {
  const [first] = SHOP_VIEW.nodes.filter(({ kind }) => kind === 'Role');
  if (!first) throw new Error('there is no Role');
  const text = describeNode(SHOP_VIEW, first);
  expect(text).toMatch(/^Role in shop: deployer\. \d (error|warning|hint)/);
  expect(text).toContain('read pods and services');
  expect(text).toContain('RoleBinding deployers grants it');
  expect(countFaults([fault('error'), fault('info'), fault('error')])).toBe('2 errors, 1 hint');
});

test('the live drawing takes its colours from the theme, and each node is a group of its id', () => {
  const markup = drawGraph(layOut(SHOP_VIEW, 'down', estimateWidth), THEME, estimateWidth)
    .map(toMarkup)
    .join('');
  expect(markup).toContain('var(--vscode-foreground)');
  expect(markup).not.toMatch(/#[0-9a-f]{3,6}"|rgb\(/i);
  expect(markup.match(/data-id="/g)).toHaveLength(SHOP_VIEW.nodes.length);
});

test('markup escapes what it must', () => {
  expect(toMarkup(svg('a', { b: '"<&' }, ['>', undefined]))).toBe('<a b="&quot;&lt;&amp;">&gt;</a>');
});
