import { reveal, type Size, toFit, type View, zoomAt } from '../drawing/fit';
import type { Layout, PlacedNode } from '../drawing/layout';

/** The window onto a drawing: moved by dragging and by the wheel, zoomed by the wheel with Ctrl. */
export interface Canvas {
  readonly size: Size;
  /** True when a person has moved or zoomed it since it was fitted. */
  readonly isMoved: boolean;
  /** Shows all of the drawing. */
  fit(layout: Layout): void;
  /** Zooms around the middle. */
  zoom(factor: number): void;
  reveal(node: PlacedNode): void;
}

/** Lets a person move what is in `content` about in `surface`. */
export function createCanvas(surface: SVGSVGElement, content: SVGGElement, onZoom: (scale: number) => void): Canvas {
  let view: View = { scale: 1, x: 0, y: 0 };
  let isMoved = false;
  const getSize = (): Size => ({ width: surface.clientWidth, height: surface.clientHeight });
  const show = (next: View, isFitted = false): void => {
    isMoved = !isFitted;
    view = next;
    content.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
    onZoom(view.scale);
  };
  surface.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey)
        show(zoomAt(view, Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY));
      else show({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY });
    },
    { passive: false },
  );
  surface.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('.node'))) return;
    surface.setPointerCapture(event.pointerId);
    const start = { view, x: event.clientX, y: event.clientY };
    const move = (moved: PointerEvent): void =>
      show({ ...view, x: start.view.x + moved.clientX - start.x, y: start.view.y + moved.clientY - start.y });
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
    fit: (layout) => show(toFit(layout, getSize()), true),
    zoom: (factor) => {
      const { width, height } = getSize();
      show(zoomAt(view, factor, width / 2, height / 2));
    },
    reveal: (node) => {
      const next = reveal(view, node, getSize());
      if (next !== view) show(next);
    },
  };
}
