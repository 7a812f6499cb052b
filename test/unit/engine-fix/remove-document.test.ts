import { describe, expect, test } from 'vitest';
import { fixAll } from '../../../server/src/engine/fix/fix-all';
import { findChangedFiles, toFileEdits } from '../../../server/src/engine/fix/to-edits';
import type { Operation } from '../../../server/src/engine/operation';
import type { Ref } from '../../../server/src/syntax/ref';
import { applyEdits } from '../../../server/src/text/edit';
import { findingsOf, openToyProject, toFix, toToyUri, toyRule } from './toy-rules';

/** Removes every object with `go: true` in its metadata, those in Lists too. */
const rule = toyRule('toy', function* (root) {
  for (const object of [root, ...root.get('items').items()]) {
    if (object.get('metadata', 'go').boolean) {
      yield { at: object, message: 'It goes.', fixes: [toFix([{ op: 'removeDocument', at: object.get('metadata') }])] };
    }
  }
});

/** What the fixes of a text, made one after the other by themselves, leave of it; undefined when one declines. */
function remove(text: string, name = 'x.yaml'): string | undefined {
  const project = openToyProject({ [name]: text }, rule);
  let now = text;
  for (let [finding] = findingsOf(project, name); finding; [finding] = findingsOf(project, name)) {
    const [fix] = finding.fixes;
    const edits = fix && toFileEdits(project, finding, fix);
    if (!edits) return undefined;
    now = applyEdits(now, edits[0]?.edits ?? []) ?? '';
    project.setFile(toToyUri(name), now, name.endsWith('.json') ? 'json' : 'yaml');
  }
  return now;
}

const GO = 'metadata:\n  go: true\n';
const A = 'a: 1 # a\n';
const C = '# about c\nc:\n  - 3\n';

describe('a document goes with its marker, its neighbours stay as they are', () => {
  test.each([
    ['first, no marker at the top', `${GO}---\n${C}`, C],
    ['first, marker at the top', `---\n${GO}---\n${C}`, `---\n${C}`],
    ['first, the next marker says more', `${GO}--- # c\n${C}`, `--- # c\n${C}`],
    ['middle', `${A}---\n${GO}---\n${C}`, `${A}---\n${C}`],
    ['last', `${A}---\n${GO}`, A],
    ['last, without a final line break', `${A}---\n${GO.trimEnd()}`, A],
    ['only', GO, ''],
    ['only, with a marker and comments', `# top\n\n---\n# it\n${GO}# end\n`, ''],
    ['only, before a marker that starts nothing', `---\n${GO}---\n`, ''],
    ['only, but for a comment of the file', `---\n${GO}---\n# the end\n`, '---\n# the end\n'],
    ['two beside each other', `${A}---\n${GO}---\n${GO}---\n${C}`, `${A}---\n${C}`],
    ['both of two', `${GO}---\n${GO}`, ''],
  ])('%s', (_, before, after) => {
    for (const toText of [
      (text: string) => text,
      (text: string) => text.replaceAll('\n', '\r\n'),
      (text: string) => `\uFEFF${text}`,
    ]) {
      expect(remove(toText(before))).toBe(toText(after));
      const project = openToyProject({ 'x.yaml': toText(before) }, rule);
      expect(fixAll(project, toToyUri('x.yaml'), { safety: 'safe' })?.text).toBe(toText(after));
    }
  });
});

describe('comments', () => {
  test.each([
    ['above the marker of the file stay', `# top\n---\n# it\n${GO}---\n${C}`, `# top\n---\n${C}`],
    ['above a blank line at the top stay', `# top\n\n# it\n${GO}---\n${C}`, `# top\n\n${C}`],
    ['right above the first object go', `# it\n${GO}---\n${C}`, C],
    ['between marker and object go', `${A}---\n# it\n\n# more\n${GO}---\n${C}`, `${A}---\n${C}`],
    ['inside go', `${A}---\nmetadata:\n  # in\n  go: true # behind\n  # below\n---\n${C}`, `${A}---\n${C}`],
    ['at the margin behind it stay', `${A}---\n${GO}\n# next:\n---\n${C}`, `${A}# next:\n---\n${C}`],
    ['at the margin at the end stay', `${A}---\n${GO}# end\n`, `${A}# end\n`],
    ['that look like some in a block scalar go', `${A}---\n${GO}text: |\n  # text\n  b\n---\n${C}`, `${A}---\n${C}`],
  ])('%s', (_, before, after) => {
    expect(remove(before)).toBe(after);
  });
});

describe('ends and directives', () => {
  test.each([
    ['its own end goes before a marker', `${A}---\n${GO}...\n---\n${C}`, `${A}---\n${C}`],
    ['its own end stays where the next has no marker', `${A}---\n${GO}...\n${C}`, `${A}...\n${C}`],
    [
      'its own end stays where directives follow',
      `${A}---\n${GO}...\n%YAML 1.2\n---\n${C}`,
      `${A}...\n%YAML 1.2\n---\n${C}`,
    ],
    ['the end before it is enough', `${A}...\n${GO}...\n${C}`, `${A}...\n${C}`],
    ['no end is needed at the top', `${GO}...\n%YAML 1.2\n---\n${C}`, `%YAML 1.2\n---\n${C}`],
    ['its directives go', `# top\n%YAML 1.2\n---\n${GO}---\n${C}`, `# top\n---\n${C}`],
    ['those of a later one too', `${A}...\n%YAML 1.2\n---\n${GO}---\n${C}`, `${A}...\n---\n${C}`],
  ])('%s', (_, before, after) => {
    expect(remove(before)).toBe(after);
  });
});

describe('items of a List', () => {
  const list = (...items: string[]) => `kind: List\nitems:\n${items.join('')}`;
  const go = '  - metadata:\n      go: true\n';
  test.each([
    ['one of several', list('  - a: 1\n', go, '  - c: 3 # c\n'), list('  - a: 1\n', '  - c: 3 # c\n')],
    ['the only one', list(go), 'kind: List\nitems: []\n'],
  ])('%s', (_, before, after) => {
    expect(remove(before)).toBe(after);
  });

  test('in JSON', () => {
    const item = (name: string, go: boolean) => ({ metadata: { name, go } });
    const text = (...items: object[]) => `${JSON.stringify({ kind: 'List', items }, null, 2)}\n`;
    expect(remove(text(item('a', false), item('b', true)), 'x.json')).toBe(text(item('a', false)));
  });
});

describe('it declines', () => {
  test('where no text would be left that is JSON', () => {
    expect(remove('{"metadata": {"go": true}}', 'x.json')).toBeUndefined();
  });

  const toOther: Record<string, (root: Ref) => Operation> = {
    set: (root) => ({ op: 'set', at: root.get('metadata', 'go'), value: false }),
    insertDocument: (root) => ({ op: 'insertDocument', after: root, value: { a: 1 } }),
  };
  test.each(Object.keys(toOther))('beside an operation %s on the same document', (op) => {
    const both = toyRule('toy', function* (root) {
      const other = toOther[op]?.(root);
      if (other) yield { at: root, message: 'It goes.', fixes: [toFix([{ op: 'removeDocument', at: root }, other])] };
    });
    const project = openToyProject({ 'x.yaml': GO }, both);
    const [finding] = findingsOf(project, 'x.yaml');
    const fix = finding?.fixes[0];
    expect(finding && fix && toFileEdits(project, finding, fix)).toBeUndefined();
    expect(finding && fix && findChangedFiles(project, finding, fix)).toBeUndefined();
  });
});

test('neighbours can be changed and followed by new documents in the same fix', () => {
  const all = toyRule('toy', function* (root, { workspace }) {
    if (!root.get('kind').isWritten) return;
    const place = workspace.find('definition', 'ServiceAccount/gone')[0]?.place;
    if (!place) return;
    yield {
      at: root,
      message: 'Mend it.',
      fixes: [
        toFix([
          { op: 'set', at: root.get('a'), value: 2 },
          { op: 'insertDocument', after: root, value: { b: 1 } },
          { op: 'removeDocument', at: place },
        ]),
      ],
    };
  });
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: gone\n';
  const text = `kind: A\na: 1\n---\n${account}---\n${C}`;
  const project = openToyProject({ 'x.yaml': text }, all);
  const [finding] = findingsOf(project, 'x.yaml');
  const edits = finding?.fixes[0] && toFileEdits(project, finding, finding.fixes[0]);
  expect(applyEdits(text, edits?.[0]?.edits ?? [])).toBe(`kind: A\na: 2\n---\nb: 1\n---\n${C}`);
});
