import type { Span } from './span';

/** A replacement of `span` in a text by `newText`; an insertion has an empty span. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** Orders edits by place; equal places keep their order. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.order - b.order)
    .map(({ edit }) => edit);
}

/** True when every edit lies within a text of `length` code units and no two touch the same code unit. */
export function areEditsDisjoint(edits: readonly Edit[], length: number): boolean {
  let previousEnd = 0;
  for (const { span } of sortEdits(edits)) {
    if (span.start < previousEnd || span.end < span.start || span.end > length) return false;
    previousEnd = span.end;
  }
  return true;
}

/**
 * Applies edits, all of which name places in `text` as it is before any of them.
 * Returns undefined when edits overlap or lie outside the text: nothing is then changed.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string | undefined {
  if (!areEditsDisjoint(edits, text.length)) return undefined;
  const parts: string[] = [];
  let done = 0;
  for (const { span, newText } of sortEdits(edits)) {
    parts.push(text.slice(done, span.start), newText);
    done = span.end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
