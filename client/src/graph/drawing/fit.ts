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

/** Smaller and larger than this nobody reads. */
export const SCALES = { least: 0.2, most: 3, fit: 1.25 } as const;

/** The view that shows all of a drawing in the middle of its window, not larger than is good to read. */
export function toFit({ width, height }: Size, window: Size): View {
  const scale = clamp(Math.min(window.width / width, window.height / height, SCALES.fit));
  return { scale, x: (window.width - width * scale) / 2, y: Math.max(0, (window.height - height * scale) / 2) };
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

/** Of several ways to lay a graph out the one that can be shown largest in a window. */
export function chooseFlow(layouts: Readonly<Record<Flow, Layout>>, window: Size): Flow {
  const scaleOf = (flow: Flow) => Math.min(window.width / layouts[flow].width, window.height / layouts[flow].height);
  return scaleOf('right') >= scaleOf('down') ? 'right' : 'down';
}

const clamp = (scale: number): number => Math.max(SCALES.least, Math.min(SCALES.most, scale));
