import type { Flow, Layout } from './layout';

/** How a drawing lies in its window: each point is scaled, then moved. */
export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** The size of a window, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * How small and large a drawing can be shown: smaller than `read` names are hard to read, than `see` only shapes are to be seen;
 * larger than `fit` is of no use.
 */
export const SCALES = { least: 0.05, see: 0.5, read: 0.6, most: 3, fit: 1.25 } as const;

/** Larger than this a drawing that has to be scrolled is not shown at first: more of it in sight is worth more. */
const COMFORTABLE = 0.8;

/** The view that shows all of a drawing in the middle of its window, not larger than is good to read. */
export function toFit({ width, height }: Size, window: Size): View {
  const scale = clamp(Math.min(window.width / width, window.height / height, SCALES.fit));
  return { scale, x: (window.width - width * scale) / 2, y: Math.max(0, (window.height - height * scale) / 2) };
}

/**
 * The view that a drawing is first shown in: all of it where that can be read, else its beginning, as wide (as high, where access
 * flows down) as its window.
 */
export function toStart(layout: Layout, window: Size): View {
  const all = toFit(layout, window);
  if (all.scale >= SCALES.read) return all;
  const across = layout.flow === 'right' ? window.width / layout.width : window.height / layout.height;
  const scale = Math.max(SCALES.read, Math.min(across, COMFORTABLE));
  const center = (size: number, room: number): number => Math.max(0, (room - size * scale) / 2);
  return { scale, x: center(layout.width, window.width), y: center(layout.height, window.height) };
}

/** A view that is larger by `factor` around a point of the window. */
export function zoomAt(view: View, factor: number, x: number, y: number): View {
  const scale = clamp(view.scale * factor);
  const ratio = scale / view.scale;
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

/** A view that is moved, by no more than is needed, to where a part of the drawing is in the window. */
export function reveal(view: View, part: Size & { readonly x: number; readonly y: number }, window: Size): View {
  const margin = 16;
  const shift = (start: number, length: number, room: number): number => {
    if (start < margin) return margin - start;
    return start + length > room - margin ? Math.max(margin - start, room - margin - start - length) : 0;
  };
  const dx = shift(part.x * view.scale + view.x, part.width * view.scale, window.width);
  const dy = shift(part.y * view.scale + view.y, part.height * view.scale, window.height);
  return dx === 0 && dy === 0 ? view : { ...view, x: view.x + dx, y: view.y + dy };
}

/** True for a part that lies in the window as a whole. Scrolling stops at whole pixels, so up to one of them may be missing. */
export function isInSight(view: View, part: Size & { readonly x: number; readonly y: number }, window: Size): boolean {
  const isWithin = (start: number, length: number, room: number): boolean => start >= -1 && start + length <= room + 1;
  return (
    isWithin(part.x * view.scale + view.x, part.width * view.scale, window.width) &&
    isWithin(part.y * view.scale + view.y, part.height * view.scale, window.height)
  );
}

/** Of two ways to lay a graph out the one that can be shown larger in a window; where neither can be seen whole, the one to scroll down. */
export function chooseFlow(layouts: Readonly<Record<Flow, Layout>>, window: Size): Flow {
  const scaleOf = (flow: Flow) => Math.min(window.width / layouts[flow].width, window.height / layouts[flow].height);
  const canBeSeen = Math.max(scaleOf('right'), scaleOf('down')) >= SCALES.see;
  return scaleOf('right') >= scaleOf('down') || !canBeSeen ? 'right' : 'down';
}

const clamp = (scale: number): number => Math.max(SCALES.least, Math.min(SCALES.most, scale));
