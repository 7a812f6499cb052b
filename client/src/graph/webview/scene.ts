import { drawGraph } from '../drawing/draw';
import { chooseFlow } from '../drawing/fit';
import { describeNode } from '../drawing/labels';
import type { Layout } from '../drawing/layout';
import { type Layouts, toLayouts } from '../drawing/layouts';
import { type Direction, findNext } from '../drawing/move';
import { THEME } from '../drawing/palette';
import type { Measure } from '../drawing/text';
import type { ViewGraph, ViewNode } from '../messages';
import { createCanvas } from './canvas';
import { find, toDom } from './dom';

/** What the scene tells of. */
export interface SceneEvents {
  onFocus(node: ViewNode): void;
  onOpen(node: ViewNode): void;
  onZoom(scale: number): void;
}

/** A graph on the screen. */
export interface Scene {
  readonly layout: Layout | undefined;
  readonly focused: string | undefined;
  /** Draws a graph in place of the one before; what had the focus keeps it, and the view stays where it is if it can. */
  show(graph: ViewGraph, measure: Measure, wanted: string | undefined): void;
  /** Lets the graph lie as its window has room for now. */
  resize(measure: Measure): void;
  clear(): void;
  /** Gives the focus to a node, of the page too. */
  focus(id: string): void;
  /** Marks a node as the one that the page's focus goes to. */
  select(id: string | undefined): void;
  fit(): void;
  zoom(factor: number): void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** Makes the scene of the page. */
export function createScene({ onFocus, onOpen, onZoom }: SceneEvents): Scene {
  const surface = find<SVGSVGElement>('surface');
  const content = find<SVGGElement>('content');
  const canvas = createCanvas(find('window'), surface, content, onZoom);
  let layouts: Layouts | undefined;
  let layout: Layout | undefined;
  let focused: string | undefined;

  const getElement = (id: string) =>
    [...content.querySelectorAll<SVGElement>('.node')].find((element) => element.dataset.id === id);
  const findPlaced = (own: Layout, id: string | undefined) => own.nodes.find(({ node }) => node.id === id);
  const getPlaced = (id: string | undefined) => layout && findPlaced(layout, id);
  const mark = (): void => {
    for (const element of content.querySelectorAll<SVGElement>('.edge, .word')) {
      const { from, to } = element.dataset;
      element.classList.toggle('near', focused !== undefined && (from === focused || to === focused));
    }
    for (const element of content.querySelectorAll<SVGElement>('.node')) {
      element.classList.toggle('current', element.dataset.id === focused);
    }
  };

  content.addEventListener('focusin', ({ target }) => {
    const id = target instanceof SVGElement ? target.dataset.id : undefined;
    const placed = getPlaced(id);
    if (!placed) return;
    focused = placed.node.id;
    mark();
    canvas.reveal(placed);
    onFocus(placed.node);
  });
  content.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Element) target.closest<SVGElement>('.node')?.focus();
  });
  content.addEventListener('click', ({ target }) => {
    const element = target instanceof Element ? target.closest<SVGElement>('.node') : null;
    const placed = getPlaced(element?.dataset.id);
    if (placed) onOpen(placed.node);
  });
  content.addEventListener('keydown', (event) => {
    const placed = getPlaced(focused);
    if (!placed || !layout || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = ARROWS[event.key];
    const ends = { Home: layout.nodes[0], End: layout.nodes.at(-1) };
    const next = direction
      ? findNext(layout, placed.node.id, direction)
      : ends[event.key as keyof typeof ends]?.node.id;
    if (next !== undefined) getElement(next)?.focus();
    else if (event.key === 'Enter' || event.key === ' ') onOpen(placed.node);
    else if (!direction) return;
    event.preventDefault();
  });

  const draw = (drawn: Layout, measure: Measure): void => {
    content.replaceChildren(...drawGraph(drawn, THEME, measure).map(toDom));
    for (const element of content.querySelectorAll<SVGElement>('.edges, .words')) element.ariaHidden = 'true';
  };
  const place = ({ graph, flows }: Layouts, measure: Measure, wanted: string | undefined, isNew: boolean): void => {
    const hadFocus = content.contains(document.activeElement);
    const before = layout;
    layout = flows[chooseFlow(flows, canvas.size)];
    const isRedrawn = isNew || before?.flow !== layout.flow;
    if (isRedrawn) draw(layout, measure);
    for (const { node } of layout.nodes) {
      const element = getElement(node.id);
      element?.setAttribute('tabindex', '0');
      element?.setAttribute('role', node.location ? 'button' : 'img');
      element?.setAttribute('aria-label', describeNode(graph, node));
    }
    focused = getPlaced(wanted)?.node.id;
    mark();
    // A person who has moved the picture wants to look at that part of it.
    const current = getPlaced(focused);
    if (canvas.isMoved) canvas.keep(layout, before && findPlaced(before, focused), current);
    else canvas.start(layout);
    if (current && !canvas.isMoved) canvas.reveal(current);
    if (hadFocus && isRedrawn) getElement(focused ?? layout.nodes[0]?.node.id ?? '')?.focus();
  };

  return {
    get layout() {
      return layout;
    },
    get focused() {
      return focused;
    },
    show(graph, measure, wanted) {
      const before = layouts;
      layouts = toLayouts(graph, measure, before);
      // What is drawn stays where nothing of it is new.
      const isNew = !before || layouts.flows.right.edges !== before.flows.right.edges;
      const isThere = graph.nodes.some(({ id }) => id === wanted);
      place(layouts, measure, isThere ? wanted : focused, isNew);
    },
    resize(measure) {
      if (layouts) place(layouts, measure, focused, false);
    },
    clear() {
      layout = undefined;
      layouts = undefined;
      focused = undefined;
      content.replaceChildren();
    },
    focus: (id) => getElement(id)?.focus(),
    select(id) {
      const placed = getPlaced(id);
      focused = placed?.node.id;
      mark();
      if (placed) canvas.reveal(placed);
    },
    fit: () => layout && canvas.fit(layout),
    zoom: (factor) => canvas.zoom(factor, getPlaced(focused)),
  };
}
