/** An element of SVG as plain data: drawn in the view, or written to a file. */
export interface SvgElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (SvgElement | string)[];
}

/** Makes an element; numbers are rounded to what a screen can show, and what is undefined is left out. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly (SvgElement | string | undefined)[] = [],
): SvgElement {
  const written: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) written[name] = typeof value === 'number' ? String(round(value)) : value;
  }
  return { tag, attributes: written, children: children.filter((child) => child !== undefined) };
}

/** A number as exact as a screen can show. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** An element as text. */
export function toMarkup({ tag, attributes, children }: SvgElement): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeText(value)}"`);
  const inner = children.map((child) => (typeof child === 'string' ? escapeText(child) : toMarkup(child)));
  return children.length === 0
    ? `<${tag}${written.join('')}/>`
    : `<${tag}${written.join('')}>${inner.join('')}</${tag}>`;
}

// Beside what XML reserves, controls that no XML text may hold.
function escapeText(text: string): string {
  const allowed = [...text]
    .filter((character) => character >= ' ' || character === '\n' || character === '\t')
    .join('');
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
