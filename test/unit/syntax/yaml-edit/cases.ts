import { expect, test } from 'vitest';
import type { Change } from '../../../../server/src/syntax/change';
import { toEdits } from '../../../../server/src/syntax/rewrite';
import { parseYaml } from '../../../../server/src/syntax/yaml/parse';
import { applyEdits } from '../../../../server/src/text/edit';

/** The text after changes that are made one after the other; undefined when one declines. */
function edit(text: string, ...changes: Change[]): string | undefined {
  const tree = parseYaml(text);
  expect(tree.problems.filter(({ kind }) => kind !== 'duplicate-key')).toEqual([]);
  const edits = toEdits(tree, changes);
  return edits && applyEdits(text, edits);
}

/** Lines of a text, each with its line break. */
export function lines(...content: string[]): string {
  return content.map((line) => `${line}\n`).join('');
}

/** A `set` of a table. */
export const set = (path: Change['path'], value: (Change & { op: 'set' })['value']): Change => ({
  op: 'set',
  path,
  value,
});
/** An `append` of a table. */
export const append = (path: Change['path'], value: (Change & { op: 'set' })['value']): Change => {
  return { op: 'append', path, value };
};
/** A `remove` of a table. */
export const remove = (path: Change['path'], upTo = 0): Change => ({ op: 'remove', path, upTo });

/** A text before and after. */
export interface Case {
  readonly name: string;
  readonly before: string;
  readonly changes: readonly Change[];
  /** Undefined when the change declines. */
  readonly after: string | undefined;
}

/** Tests each case as it is, and with CRLF behind a BOM. */
export function runCases(cases: readonly Case[]): void {
  for (const { name, before, changes, after } of cases) {
    test(name, () => expect(edit(before, ...changes)).toBe(after));
    if (before.includes('\t') || !before.includes('\n')) continue;
    test(`${name} (CRLF, BOM)`, () => {
      const crlf = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
      expect(edit(crlf(before), ...changes)).toBe(after === undefined ? undefined : crlf(after));
    });
  }
}
