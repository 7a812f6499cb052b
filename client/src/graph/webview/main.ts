import { describeNode, toNotes } from '../drawing/labels';
import { drawLegend } from '../drawing/legend';
import { THEME } from '../drawing/palette';
import { findNextFault } from '../drawing/parts';
import { toPicture } from '../drawing/picture';
import { svg } from '../drawing/svg';
import type { FromView, KeptState, ToView, ViewGraph, ViewLocation, ViewNode } from '../messages';
import { showDetails } from './details';
import { find, toDom } from './dom';
import { showNotes } from './notes';
import { createScene } from './scene';
import { createMeasure, readPalette } from './theme';
import './style.css';

/** What the editor gives to the scripts of its views. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromView): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
};

const editor = acquireVsCodeApi();
const details = find<HTMLElement>('details');
const notes = find<HTMLElement>('notes');
const message = find<HTMLElement>('message');
const status = find<HTMLElement>('status');
let graph: ViewGraph | undefined;
let refusal: string | undefined;
let isFirst = true;
/** What had the focus before a reload. It may be drawn only later, when the workspace has been read. */
let wanted = editor.getState()?.focused;
let isOwnFocus = false;

const open = (location: ViewLocation | undefined): void => {
  if (location) editor.postMessage({ type: 'open', location });
};
const keep = (): void => {
  if (graph) editor.setState({ target: graph.target, focused: wanted ?? scene.focused });
};
const tell = (): void => {
  const drawn = graph;
  const nodes = drawn ? (scene.layout?.nodes ?? []) : [];
  editor.postMessage({
    type: 'drawn',
    state: {
      title: drawn?.title ?? '',
      nodes: nodes.map(({ node }) => ({
        id: node.id,
        label: drawn ? describeNode(drawn, node) : '',
        fault: node.faults[0]?.severity,
      })),
      focused: scene.focused,
      notes: drawn ? toNotes(drawn) : [],
      refusal,
    },
  });
};
const select = (node: ViewNode | undefined): void => {
  showDetails(details, node, open);
  keep();
};

const scene = createScene({
  onFocus: (node) => {
    if (!isOwnFocus) wanted = undefined;
    select(node);
  },
  onOpen: ({ location, name }) => {
    open(location);
    if (!location) status.textContent = `No file of the workspace holds ${name}.`;
  },
  onZoom: (scale) => {
    find('zoom').textContent = `${Math.round(scale * 100)} %`;
  },
});

function show(next: ViewGraph): void {
  const before = graph;
  const measure = createMeasure();
  [graph, refusal] = [next, undefined];
  find('title').textContent = next.title;
  showNotes(notes, next, open);
  const isEmpty = next.nodes.length === 0;
  message.hidden = !isEmpty;
  message.textContent = isEmpty ? 'There is nothing to draw.' : '';
  find<SVGSVGElement>('surface').setAttribute('aria-label', `Access graph of ${next.title}`);
  document.body.classList.toggle('empty', isEmpty);
  isOwnFocus = true;
  scene.show(next, measure, wanted);
  isOwnFocus = false;
  if (scene.focused === wanted) wanted = undefined;
  drawKey(next);
  const drawn = scene.layout?.nodes.map(({ node }) => node) ?? [];
  const faulty = findNextFault(drawn, undefined);
  find<HTMLButtonElement>('next').hidden = faulty === undefined;
  // What a namespace holds has no first node but the one with the gravest fault; all else begins with what it is about.
  const first = next.target.kind === 'namespace' ? faulty : next.nodes[0]?.id;
  const current = drawn.find(({ id }) => id === scene.focused) ?? drawn.find(({ id }) => id === first) ?? drawn[0];
  scene.select(current?.id);
  select(current);
  if (isFirst && document.hasFocus()) focusCurrent();
  if (!isFirst && JSON.stringify(before) !== JSON.stringify(next)) status.textContent = 'The graph has changed.';
  isFirst = false;
  tell();
}

/** The editor focuses the page as a whole; keys are for the graph. */
function focusCurrent(): void {
  if (scene.focused === undefined || document.activeElement !== document.body) return;
  isOwnFocus = true;
  scene.focus(scene.focused);
  isOwnFocus = false;
}

function drawKey(next: ViewGraph): void {
  const legend = find<HTMLElement>('legend');
  const { element, width, height } = drawLegend(next, legend.clientWidth - 32, THEME, createMeasure());
  legend.replaceChildren(toDom(svg('svg', { width, height, role: 'img', 'aria-label': 'Legend' }, [element])));
}

function refuse(text: string): void {
  refusal = text;
  graph = undefined;
  scene.clear();
  find('title').textContent = '';
  message.hidden = false;
  message.textContent = text;
  notes.hidden = true;
  document.body.classList.add('empty');
  select(undefined);
  tell();
}

function sendPicture(): void {
  if (!graph || !scene.layout) return;
  editor.postMessage({ type: 'svg', text: toPicture(graph, scene.layout, readPalette(), createMeasure()) });
}

const actions: Readonly<Record<string, () => void>> = {
  'zoom-in': () => scene.zoom(1.25),
  'zoom-out': () => scene.zoom(0.8),
  fit: () => scene.fit(),
  export: sendPicture,
  next: () => {
    const next = findNextFault(scene.layout?.nodes.map(({ node }) => node) ?? [], scene.focused);
    if (next !== undefined) scene.focus(next);
  },
};
for (const [id, act] of Object.entries(actions)) find(id).addEventListener('click', act);

const keys: Readonly<Record<string, string>> = {
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
  '0': 'fit',
  n: 'next',
};
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
  const action = keys[key];
  if (action !== undefined && !ctrlKey && !metaKey && !altKey) actions[action]?.();
});
window.addEventListener('focus', focusCurrent);
new ResizeObserver(() => {
  if (!graph) return;
  scene.resize(createMeasure());
  drawKey(graph);
}).observe(find('window'));
window.addEventListener('message', ({ data }: MessageEvent<ToView>) => {
  if (data.type === 'graph') show(data.graph);
  else if (data.type === 'refusal') refuse(data.text);
  else if (data.type === 'export') sendPicture();
});
editor.postMessage({ type: 'ready' });
