import { describe, expect, test } from 'vitest';
import { type FileEdit, toFileEdits } from '../../../server/src/engine/fix/to-edits';
import type { Operation } from '../../../server/src/engine/operation';
import type { Ref } from '../../../server/src/syntax/ref';
import { applyEdits } from '../../../server/src/text/edit';
import { findingsOf, openToyProject, toToyUri, toyFix } from './toy-rules';

type ToOperations = (root: Ref) => readonly Operation[];

/** What the fix of the document `index` of the first file makes of the files; undefined when it declines. */
function fix(files: Record<string, string>, toOperations: ToOperations, index = 0): Record<string, string> | undefined {
  const [name = ''] = Object.keys(files);
  const project = openToyProject(files, toyFix(toOperations));
  const finding = findingsOf(project, name)[index];
  const [first] = finding?.fixes ?? [];
  const edits = finding && first && toFileEdits(project, finding, first);
  return edits && Object.fromEntries(edits.map((edit) => [toName(edit), apply(files[toName(edit)] ?? '', edit)]));
}

function toName({ uri }: FileEdit): string {
  return uri.slice(toToyUri('').length);
}

function apply(text: string, { edits, isNewFile }: FileEdit): string {
  expect(isNewFile).toBe(text === '');
  const result = applyEdits(text, edits);
  if (result === undefined) throw new Error('edits overlap');
  return result;
}

const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'on' } };

describe('operations on the document of the finding', () => {
  test('places are those of the file, whichever document it is', () => {
    const text = 'a: 1\n---\n# 😀\nb:\n  c: 1 # d\n---\ne: 1\n';
    const result = fix({ 'x.yaml': text }, (root) => [{ op: 'set', at: root.get('b', 'c'), value: 2 }], 1);
    expect(result).toEqual({ 'x.yaml': text.replace('c: 1', 'c: 2') });
  });

  test('several are made one after the other, by the routes of the start', () => {
    const text = 'list:\n  - a\n  - b\n  - name: c\n';
    const result = fix({ 'x.yaml': text }, (root) => [
      { op: 'remove', at: root.get('list', 0) },
      { op: 'set', at: root.get('list', 2, 'name'), value: 'd' },
      { op: 'set', at: root.get('list', 2, 'deep', 'x'), value: 1 },
      { op: 'set', at: root.get('list', 2, 'deep', 'y'), value: 2 },
      { op: 'remove', at: root.get('list', 1) },
    ]);
    expect(result).toEqual({ 'x.yaml': 'list:\n  - name: d\n    deep:\n      x: 1\n      "y": 2\n' });
  });

  test('lines that stay between two changes are in no edit', () => {
    const middle = Array.from({ length: 40 }, (_, index) => `k${index}: ${index}\n`).join('');
    const text = `a: 1\n${middle}z:\n  - 1\n  - 2\n`;
    const project = openToyProject(
      { 'x.yaml': text },
      toyFix((root) => [
        { op: 'set', at: root.get('a'), value: 2 },
        { op: 'remove', at: root.get('z', 0) },
        { op: 'append', at: root.get('z'), value: 3 },
      ]),
    );
    const [finding] = findingsOf(project, 'x.yaml');
    const [first] = finding?.fixes ?? [];
    const [file] = (finding && first && toFileEdits(project, finding, first)) ?? [];
    const touched = (file?.edits ?? []).map(({ span }) => text.slice(span.start, span.end)).join('|');
    expect(touched).not.toContain('k');
    expect(file && applyEdits(text, file.edits)).toBe(`a: 2\n${middle}z:\n  - 2\n  - 3\n`);
  });

  test('one that declines takes the others with it', () => {
    const set: ToOperations = (root) => [
      { op: 'set', at: root.get('a'), value: 2 },
      { op: 'remove', at: root.get('none') },
    ];
    expect(fix({ 'x.yaml': 'a: 1\n' }, set)).toBeUndefined();
    expect(fix({ 'x.yaml': 'a: 2\n' }, (root) => [{ op: 'set', at: root.get('a'), value: 2 }])).toBeUndefined();
  });

  test('JSON files are edited as JSON', () => {
    const text = '{\n\t"a": {}\n}\n';
    const result = fix({ 'x.json': text }, (root) => [{ op: 'set', at: root.get('a', 'b'), value: ['c'] }]);
    expect(result).toEqual({ 'x.json': '{\n\t"a": {\n\t\t"b": [\n\t\t\t"c"\n\t\t]\n\t}\n}\n' });
  });
});

describe('places in other documents', () => {
  const files = {
    'pod.yaml': 'kind: Pod\n',
    'other.yaml':
      'apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: web\n',
  };

  test('are found by identity, and reached into', () => {
    const project = openToyProject(
      files,
      toyFix((root, { workspace }) => {
        const [known] = workspace.find('service-account', 'web');
        if (!known) return [];
        const at = { ...known.place, path: [...known.place.path, 'metadata', 'annotations', 'x'] };
        return [
          { op: 'set', at, value: 'no' },
          { op: 'set', at: root.get('spec', 'serviceAccountName'), value: 'app' },
        ];
      }),
    );
    const [finding] = findingsOf(project, 'pod.yaml');
    const [first] = finding?.fixes ?? [];
    const edits = (finding && first && toFileEdits(project, finding, first)) ?? [];
    const results = Object.fromEntries(
      edits.map((edit) => [toName(edit), apply(files[toName(edit) as keyof typeof files], edit)]),
    );
    expect(results).toEqual({
      'other.yaml': `${files['other.yaml']}  annotations:\n    x: "no"\n`,
      'pod.yaml': 'kind: Pod\nspec:\n  serviceAccountName: app\n',
    });
  });

  test('decline when they are gone', () => {
    expect(
      fix({ 'x.yaml': 'a: 1\n' }, () => [{ op: 'set', at: { document: 'gone', path: ['a'] }, value: 1 }]),
    ).toBeUndefined();
  });
});

describe('insertDocument', () => {
  const insert: ToOperations = (root) => [{ op: 'insertDocument', after: root, value: object, comment: 'Why.' }];
  const written = '# Why.\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: "on"\n';

  test('stands after the document, in its line endings, before the next one', () => {
    expect(fix({ 'x.yaml': 'a: 1\n' }, insert)).toEqual({ 'x.yaml': `a: 1\n---\n${written}` });
    expect(fix({ 'x.yaml': 'a: 1\n---\nb: 1\n---\nc: 1\n' }, insert, 1)).toEqual({
      'x.yaml': `a: 1\n---\nb: 1\n---\n${written}---\nc: 1\n`,
    });
    expect(fix({ 'x.yaml': '---\r\na: 1\r\n' }, insert)).toEqual({
      'x.yaml': `---\r\na: 1\r\n---\r\n${written.replaceAll('\n', '\r\n')}`,
    });
  });

  test('leaves a file without a final line break without one, and closes where documents are closed', () => {
    expect(fix({ 'x.yaml': 'a: 1' }, insert)).toEqual({ 'x.yaml': `a: 1\n---\n${written.trimEnd()}` });
    expect(fix({ 'x.yaml': 'a: 1\n...\n%YAML 1.1\n---\nb: 1\n' }, insert)).toEqual({
      'x.yaml': `a: 1\n...\n---\n${written}...\n%YAML 1.1\n---\nb: 1\n`,
    });
  });

  test('comes after other changes of the same document', () => {
    const both: ToOperations = (root) => [{ op: 'set', at: root.get('b'), value: 2 }, ...insert(root)];
    expect(fix({ 'x.yaml': 'a: 1' }, both)).toEqual({ 'x.yaml': `a: 1\nb: 2\n---\n${written.trimEnd()}` });
  });

  test('becomes an item of the List that holds the place', () => {
    const list = 'apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  spec:\n    a: 1\n';
    const inItem: ToOperations = (root) => [
      { op: 'insertDocument', after: root.get('items', 0), value: { kind: 'X', a: { b: [1] } }, comment: 'Why.' },
    ];
    expect(fix({ 'x.yaml': list }, inItem)).toEqual({
      'x.yaml': `${list}# Why.\n- kind: X\n  a:\n    b:\n    - 1\n`,
    });
    expect(fix({ 'x.json': '{"kind": "List", "items": [{"kind": "Pod"}]}' }, inItem)).toEqual({
      'x.json': '{"kind": "List", "items": [{"kind": "Pod"}, {"kind": "X", "a": {"b": [1]}}]}',
    });
  });

  test('becomes an item of a typed list of its kind, and else a document behind the list', () => {
    const list = 'apiVersion: v1\nkind: NamespaceList\nitems:\n- metadata:\n    name: off\n';
    const inItem: ToOperations = (root) => [{ op: 'insertDocument', after: root.get('items', 0), value: object }];
    expect(fix({ 'x.yaml': list }, inItem)).toEqual({
      'x.yaml': `${list}- apiVersion: v1\n  kind: Namespace\n  metadata:\n    name: "on"\n`,
    });
    const other = list.replace('NamespaceList', 'SecretList');
    expect(fix({ 'x.yaml': other }, inItem)).toEqual({
      'x.yaml': `${other}---\n${written.slice(written.indexOf('\n') + 1)}`,
    });
  });

  test('is written to a file of its own beside one of JSON, which holds one object', () => {
    const text = '{\n\t"kind": "Pod"\n}\n';
    const json = `${JSON.stringify(object, null, '\t')}\n`;
    expect(fix({ 'dir/x.json': text }, insert)).toEqual({ 'dir/on-namespace.json': json });
    expect(fix({ 'dir/x.json': text, 'dir/on-namespace.json': '{}' }, insert)).toEqual({
      'dir/on-namespace-2.json': json,
    });
  });

  test('puts all that a file of JSON has no place for into one, which is written beside other changes', () => {
    const role = { apiVersion: 'x/v1', kind: 'ClusterRole', metadata: { name: 'a:b/c' } };
    const two: ToOperations = (root) => [
      { op: 'set', at: root.get('kind'), value: 'Job' },
      { op: 'insertDocument', after: root, value: role },
      { op: 'insertDocument', after: root, value: object },
    ];
    expect(fix({ 'x.json': '{"kind": "Pod"}\n' }, two)).toEqual({
      'x.json': '{"kind": "Job"}\n',
      'a-b-c-cluster-role.json': `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [role, object] }, null, 2)}\n`,
    });
  });
});

describe('items that take apiVersion and kind from their list', () => {
  const list = 'apiVersion: v1\nkind: SecretList\nitems:\n- metadata:\n    name: a\n';

  test('say both as soon as a fix says one', () => {
    const result = fix({ 'x.yaml': list }, (root) => [{ op: 'set', at: root.get('items', 0, 'kind'), value: 'X' }]);
    expect(result).toEqual({ 'x.yaml': `${list}  kind: X\n  apiVersion: v1\n` });
  });

  test('are left as they are where a fix says both, and where they say it themselves', () => {
    const both: ToOperations = (root) => [
      { op: 'set', at: root.get('items', 0, 'kind'), value: 'X' },
      { op: 'set', at: root.get('items', 0, 'apiVersion'), value: 'v2' },
    ];
    expect(fix({ 'x.yaml': list }, both)).toEqual({ 'x.yaml': `${list}  kind: X\n  apiVersion: v2\n` });
    const plain = list.replace('SecretList', 'List');
    expect(fix({ 'x.yaml': plain }, both)).toEqual({ 'x.yaml': `${plain}  kind: X\n  apiVersion: v2\n` });
  });
});

describe('createFile', () => {
  const create = (name: string): ToOperations => {
    return () => [{ op: 'createFile', name, documents: [object, { kind: 'X' }], comment: 'Why.' }];
  };

  test('stands beside the file, its name fit for a URI', () => {
    const text = '# Why.\napiVersion: v1\nkind: Namespace\nmetadata:\n    name: "on"\n---\nkind: X\n';
    const files = { 'dir/x.yaml': 'a:\n    b: 1\n' };
    expect(fix(files, create('new file.yaml'))).toEqual({ 'dir/new%20file.yaml': text });
  });

  test('declines a name that is taken, or is no file name', () => {
    expect(fix({ 'x.yaml': 'a: 1\n', 'y.yaml': '' }, create('y.yaml'))).toBeUndefined();
    for (const name of ['', '..', 'a/b.yaml', 'a\\b.yaml'])
      expect(fix({ 'x.yaml': 'a: 1\n' }, create(name))).toBeUndefined();
  });

  test('writes JSON for a JSON name, several documents as a List', () => {
    expect(fix({ 'x.yaml': 'a: 1\n' }, create('y.json'))).toEqual({
      'y.json': `${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [object, { kind: 'X' }] }, null, 2)}\n`,
    });
    const one: ToOperations = () => [{ op: 'createFile', name: 'y.json', documents: [{ a: [1] }] }];
    expect(fix({ 'x.yaml': 'a: 1\n' }, one)).toEqual({ 'y.json': '{\n  "a": [\n    1\n  ]\n}\n' });
  });
});
