import { describe, expect, test } from 'vitest';
import type { Diagnostic, Position, Range } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TestClient } from './client';
import { findRule, PRIVILEGED_POD, rangeOf, rulesOf, startOf, textAt, UNTITLED, WIDE_ROLE } from './texts';

interface Change {
  readonly range?: Range;
  readonly text: string;
}

/** A change that puts `text` in at a place. */
function insert(at: Position, text: string): Change {
  return { range: { start: at, end: at }, text };
}

/** Opens a text, makes changes in one notification, and gives the text after them with its diagnostics. */
async function type(text: string, changes: (text: string) => readonly Change[]) {
  const client = await TestClient.start();
  await client.open(UNTITLED, text);
  await client.diagnose(UNTITLED);
  const made = changes(text);
  await client.change(UNTITLED, 2, made);
  const mirror = TextDocument.update(TextDocument.create('', '', 0, text), [...made], 1);
  const diagnostics = await client.diagnose(UNTITLED);
  await expectAsOpened(mirror.getText(), diagnostics);
  return { text: mirror.getText(), diagnostics, client };
}

/** Whatever was typed, the answer is that of a server that sees the text for the first time. */
async function expectAsOpened(text: string, diagnostics: readonly Diagnostic[]): Promise<void> {
  const other = await TestClient.start();
  await other.open(UNTITLED, text);
  expect(diagnostics).toEqual(await other.diagnose(UNTITLED));
}

describe('incremental edits', () => {
  test('a value typed over another', async () => {
    const { diagnostics } = await type(PRIVILEGED_POD, (text) => [{ range: rangeOf(text, 'true'), text: 'false' }]);
    expect(rulesOf(diagnostics)).not.toContain('privileged-container');
  });

  test('characters of two code units before the place', async () => {
    const note = '# 🙂🙂 日本語 ';
    const start = PRIVILEGED_POD.replace('# needed once', `${note}needed once`).replace(
      'name: shell',
      'name: "she🙂ll"',
    );
    const { text, diagnostics } = await type(start, (text) => [
      { range: rangeOf(text, '🙂ll'), text: '日🙂本' },
      insert(startOf(text, 'needed once'), '🚢'),
    ]);
    const found = findRule(diagnostics, 'privileged-container');
    expect('privileged: true').toContain(textAt(text, found.range));
    expect(text).toContain(`${note}🚢needed`);
  });

  test('several changes in one notification, each in the text that the one before left', async () => {
    const { text, diagnostics } = await type(WIDE_ROLE, (text) => [
      insert(startOf(text, 'metadata'), '# one\n# two\n'),
      insert({ line: 0, character: 0 }, '# zero\n'),
      { range: rangeOf(`# zero\n${text.replace('metadata', '# one\n# two\nmetadata')}`, '"*"'), text: '"get", "*"' },
    ]);
    expect(text).toContain('["get", "*"]');
    expect(textAt(text, findRule(diagnostics, 'verb-wildcard').range)).toContain('*');
  });

  test('CRLF lines', async () => {
    const { text, diagnostics } = await type(WIDE_ROLE.replaceAll('\n', '\r\n'), (text) => [
      insert(startOf(text, 'rules:'), '# 日本語 🙂\r\n'),
    ]);
    expect(textAt(text, findRule(diagnostics, 'verb-wildcard').range)).toContain('*');
  });

  test('documents that come and go with their markers', async () => {
    const both = `${WIDE_ROLE}---\n${PRIVILEGED_POD}`;
    const { diagnostics, client, text } = await type(both, (text) => [
      { range: rangeOf(text, '---\n'), text: '' },
      insert(startOf(text, 'verbs: ["*"]'), '---\n'),
    ]);
    expect(rulesOf(diagnostics)).not.toContain('verb-wildcard');
    await client.change(UNTITLED, 3, [{ range: rangeOf(text, text), text: both }]);
    const rules = rulesOf(await client.diagnose(UNTITLED));
    expect(rules).toContain('verb-wildcard');
    expect(rules).toContain('privileged-container');
  });

  test('equal documents of which the first goes, so that the second takes over its keys', async () => {
    const twins = `${PRIVILEGED_POD}---\n${PRIVILEGED_POD}`;
    const { diagnostics, client } = await type(twins, () => [{ range: rangeOf(twins, PRIVILEGED_POD), text: '' }]);
    const found = findRule(diagnostics, 'privileged-container');
    const [fix] = await client.getActions(UNTITLED, found.range, { diagnostics: [found] });
    expect(fix?.edit).toBeDefined();
  });

  test('the whole text at once, and a place past the end', async () => {
    const { diagnostics } = await type('', () => [
      { text: 'kind: Pod\n' },
      { text: WIDE_ROLE },
      insert({ line: WIDE_ROLE.length, character: 0 }, `---\n${PRIVILEGED_POD}`),
    ]);
    expect(rulesOf(diagnostics)).toEqual(expect.arrayContaining(['verb-wildcard', 'privileged-container']));
  });

  test('a text that is typed letter by letter ends as if it had been there from the start', async () => {
    const client = await TestClient.start();
    await client.open(UNTITLED, '');
    const mirror = TextDocument.create('', '', 0, '');
    let version = 1;
    for (const letter of `# 🙂\r\n---\r\n${WIDE_ROLE}`) {
      const change = insert(mirror.positionAt(mirror.getText().length), letter);
      TextDocument.update(mirror, [change], ++version);
      await client.change(UNTITLED, version, [change]);
    }
    await expectAsOpened(mirror.getText(), await client.diagnose(UNTITLED));
  });
});
