import type { Edit } from '../../text/edit';
import type { Span } from '../../text/span';
import type { ScalarNode } from '../node';
import type { ComputedPart } from './template';

const PARTS = new WeakMap<ScalarNode, readonly ComputedPart[]>();
const NONE: readonly ComputedPart[] = [];

/** Remembers which parts of a scalar's text are written as names, or are computed. */
export function rememberParts(node: ScalarNode, parts: readonly ComputedPart[]): void {
  if (parts.length > 0) PARTS.set(node, parts);
}

/** The parts of a scalar's text that are written as names, or are computed. */
export function getParts(node: ScalarNode): readonly ComputedPart[] {
  return PARTS.get(node) ?? NONE;
}

/** True where a text and what is written for it differ in nothing but such parts. */
export function isAsWritten(text: string, parts: readonly ComputedPart[], content: Span): boolean {
  const wider = parts.reduce((sum, part) => sum + getGain(part), 0);
  return text.length + wider === content.end - content.start;
}

/** The place of a span of such a text, which begins at `start`; what lies within a part is all of it. */
export function toOuterSpan(parts: readonly ComputedPart[], start: number, span: Span): Span {
  const toOuter = (at: number, isEnd: boolean): number => {
    let gain = 0;
    for (const part of parts) {
      const { inner, outer } = part;
      if (isEnd ? at <= inner.start : at < inner.start) break;
      if (at < inner.end) return isEnd ? outer.end : outer.start;
      gain += getGain(part);
    }
    return start + at + gain;
  };
  const from = toOuter(span.start, false);
  return { start: from, end: span.end > span.start ? toOuter(span.end, true) : from };
}

/**
 * The edit that makes one text, which is written in `content`, into another beside its computed parts; undefined where it is not
 * written as it is read, or would take away such a part. The new text is as it is read.
 */
export function planBesideParts(
  before: string,
  after: string,
  parts: readonly ComputedPart[],
  content: Span,
): Edit | undefined {
  if (!isAsWritten(before, parts, content)) return undefined;
  const { span, newText } = trimEdit(before, { span: { start: 0, end: before.length }, newText: after });
  return touchesPart(parts, span) ? undefined : { span: toOuterSpan(parts, content.start, span), newText };
}

/** The same edit without what is the same before and after it. */
export function trimEdit(text: string, { span, newText }: Edit): Edit {
  let { start, end } = span;
  let [from, to] = [0, newText.length];
  while (start < end && from < to && text[start] === newText[from]) {
    start++;
    from++;
  }
  while (end > start && to > from && text[end - 1] === newText[to - 1]) {
    end--;
    to--;
  }
  // A pair of surrogates is one character to editors.
  const [before, after] = [isSplit(text, start) ? 1 : 0, isSplit(text, end) ? 1 : 0];
  return { span: { start: start - before, end: end + after }, newText: newText.slice(from - before, to + after) };
}

function isSplit(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(Math.max(0, at - 1), at + 1));
}

/** True where a span takes away a part, or some of it. */
export function touchesPart(parts: readonly ComputedPart[], { start, end }: Span): boolean {
  return parts.some(({ inner }) => inner.start < end && inner.end > start);
}

function getGain({ inner, outer }: ComputedPart): number {
  return outer.end - outer.start - (inner.end - inner.start);
}
