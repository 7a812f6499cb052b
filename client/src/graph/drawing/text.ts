/** The ways in which text is set. */
export type TextStyle = 'name' | 'small';

/** Sizes in pixels, and weights. */
export const FONTS: Readonly<Record<TextStyle, { readonly size: number; readonly weight: number }>> = {
  name: { size: 13, weight: 600 },
  small: { size: 11, weight: 400 },
};

/** The width of a text in pixels. */
export type Measure = (text: string, style: TextStyle) => number;

/** A width that is near enough where no text can be measured. */
export const estimateWidth: Measure = (text, style) =>
  [...text].length * FONTS[style].size * (style === 'name' ? 0.6 : 0.54);

/** A text that fits into a width: its middle gives way where it is too long, since names differ at both ends. */
export function fitText(text: string, width: number, style: TextStyle, measure: Measure): string {
  if (measure(text, style) <= width) return text;
  const characters = [...text];
  let low = 1;
  let high = characters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (measure(shorten(characters, middle), style) <= width) low = middle + 1;
    else high = middle;
  }
  return shorten(characters, low - 1);
}

function shorten(characters: readonly string[], count: number): string {
  const head = Math.ceil(count * 0.6);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (count - head)).join('')}`;
}

/** A text in rows that fit into a width; what does not fit into `most` rows is cut. */
export function wrapText(text: string, width: number, most: number, measure: Measure): string[] {
  const rows: string[] = [];
  const words = text.split(' ');
  for (const [index, word] of words.entries()) {
    const last = rows.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && measure(longer, 'small') <= width) rows[rows.length - 1] = longer;
    else if (rows.length < most) rows.push(word);
    else {
      rows[rows.length - 1] = cutText(`${last} ${words.slice(index).join(' ')}`, width, measure);
      break;
    }
  }
  return rows.map((row) => fitText(row, width, 'small', measure));
}

/** As much of the beginning of a sentence as fits. */
function cutText(text: string, width: number, measure: Measure): string {
  const characters = [...text];
  let count = characters.length;
  while (count > 1 && measure(`${characters.slice(0, count).join('').trimEnd()}…`, 'small') > width) count--;
  return `${characters.slice(0, count).join('').trimEnd()}…`;
}
