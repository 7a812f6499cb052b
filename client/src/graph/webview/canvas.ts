import { isInSight, reveal, type Size, toFit, toStart, type View, zoomAt } from '../drawing/fit';
import type { Layout, PlacedNode } from '../drawing/layout';

/** The window onto a drawing: scrolled as any page is, dragged, and zoomed by the wheel with Ctrl. */
export interface Canvas {
  readonly size: Size;
  /** True when a person has moved or zoomed it since the drawing was shown. */
  readonly isMoved: boolean;
  /** Shows a drawing so that it can be read: all of it, or as much as has room. */
  start(layout: Layout): void;
  /** Shows all of the drawing, however small. */
  fit(layout: Layout): void;
  /** Shows another drawing without a jump: what was at one place is at the other now. */
  keep(layout: Layout, before: PlacedNode | undefined, after: PlacedNode | undefined): void;
  /** Zooms around a node that is in sight, else around the middle. */
  zoom(factor: number, node: PlacedNode | undefined): void;
  reveal(node: PlacedNode): void;
}

/** Lets a person look at what is in `content` of `surface` through `frame`, which scrolls. */
export function createCanvas(
  frame: HTMLElement,
  surface: SVGSVGElement,
  content: SVGGElement,
  onZoom: (scale: number) => void,
): Canvas {
  let drawing: Size = { width: 0, height: 0 };
  let scale = 1;
  /** Room on the left and above, where the drawing is smaller than its window. */
  let spare = { x: 0, y: 0 };
  let scrolled = { left: 0, top: 0 };
  let isMoved = false;
  const getSize = (): Size => ({ width: frame.clientWidth, height: frame.clientHeight });
  const getView = (): View => ({ scale, x: spare.x - frame.scrollLeft, y: spare.y - frame.scrollTop });
  const show = (view: View, isStart = false): void => {
    scale = view.scale;
    const window = getSize();
    const [width, height] = [drawing.width * scale, drawing.height * scale];
    spare = { x: Math.max(0, (window.width - width) / 2), y: Math.max(0, (window.height - height) / 2) };
    surface.setAttribute('width', String(Math.max(width, window.width)));
    surface.setAttribute('height', String(Math.max(height, window.height)));
    content.setAttribute('transform', `translate(${spare.x} ${spare.y}) scale(${scale})`);
    frame.scrollTo({ left: spare.x - view.x, top: spare.y - view.y, behavior: 'instant' });
    scrolled = { left: frame.scrollLeft, top: frame.scrollTop };
    isMoved = !isStart;
    onZoom(scale);
  };
  frame.addEventListener('scroll', () => {
    if (Math.abs(frame.scrollLeft - scrolled.left) + Math.abs(frame.scrollTop - scrolled.top) > 1) isMoved = true;
  });
  frame.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = frame.getBoundingClientRect();
      show(zoomAt(getView(), Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top));
    },
    { passive: false },
  );
  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('.node'))) return;
    surface.setPointerCapture(event.pointerId);
    const start = { left: frame.scrollLeft + event.clientX, top: frame.scrollTop + event.clientY };
    const move = (moved: PointerEvent): void =>
      frame.scrollTo({ left: start.left - moved.clientX, top: start.top - moved.clientY, behavior: 'instant' });
    surface.addEventListener('pointermove', move);
    surface.addEventListener('lostpointercapture', () => surface.removeEventListener('pointermove', move), {
      once: true,
    });
  });
  return {
    get size() {
      return getSize();
    },
    get isMoved() {
      return isMoved;
    },
    start: (layout) => {
      drawing = layout;
      show(toStart(layout, getSize()), true);
    },
    fit: (layout) => {
      drawing = layout;
      show(toFit(layout, getSize()));
    },
    keep: (layout, before, after) => {
      const view = getView();
      drawing = layout;
      const [dx, dy] = before && after ? [before.x - after.x, before.y - after.y] : [0, 0];
      show({ scale, x: view.x + dx * scale, y: view.y + dy * scale });
    },
    zoom: (factor, node) => {
      const { width, height } = getSize();
      const view = getView();
      const seen = node && isInSight(view, node, { width, height }) ? node : undefined;
      const x = seen ? (seen.x + seen.width / 2) * scale + view.x : width / 2;
      const y = seen ? (seen.y + seen.height / 2) * scale + view.y : height / 2;
      const next = zoomAt(view, factor, x, y);
      show(seen ? reveal(next, seen, { width, height }) : next);
    },
    reveal: (node) => {
      const view = getView();
      const next = reveal(view, node, getSize());
      if (next !== view) show(next, !isMoved);
    },
  };
}
