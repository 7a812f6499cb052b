import { describe, expect, test } from 'vitest';
import { fixAll } from '../../../server/src/engine/fix/fix-all';
import type { Operation } from '../../../server/src/engine/operation';
import type { Rule } from '../../../server/src/engine/rule';
import { applyEdits } from '../../../server/src/text/edit';
import { findingsOf, openToyProject, toFix, toToyUri, toyRule } from './toy-rules';

/** A rule that wants a field of every item of `items` to be so. */
function wants(id: string, field: string, value: string | number, safety: 'safe' | 'unsafe' = 'safe'): Rule {
  return toyRule(id, function* (root) {
    for (const item of root.get('items').items()) {
      const at = item.get('settings', field);
      if (at.scalar?.value === value) continue;
      yield { at, message: `No ${field}.`, fixes: [toFix([{ op: 'set', at, value }], safety)] };
    }
  });
}

function fix(text: string, rules: readonly Rule[], options: Parameters<typeof fixAll>[2] = { safety: 'safe' }) {
  const project = openToyProject({ 'x.yaml': text }, ...rules);
  const before = findingsOf(project, 'x.yaml');
  const result = fixAll(project, toToyUri('x.yaml'), options);
  expect(project.getText(toToyUri('x.yaml'))).toBe(text);
  expect(findingsOf(project, 'x.yaml')).toEqual(before);
  if (result) expect(applyEdits(text, result.edits)).toBe(result.text);
  return result;
}

const TWO = 'items:\n  - name: a # one\n  - name: b # two\n';

test('all findings are fixed, those that make the same parent too', () => {
  const result = fix(TWO, [wants('first', 'one', 1), wants('second', 'two', 'x'), wants('third', 'three', 3)]);
  const settings = '    settings:\n      one: 1\n      two: x\n      three: 3\n';
  expect(result?.text).toBe(`items:\n  - name: a # one\n${settings}  - name: b # two\n${settings}`);
  expect(result?.applied).toBe(6);
});

test('unsafe fixes are made when asked for only, and a finding is left to its first fix of that kind', () => {
  const rules = [wants('first', 'one', 1), wants('second', 'two', 2, 'unsafe')];
  expect(fix(TWO, rules)?.text).not.toContain('two:');
  expect(fix(TWO, rules, { safety: 'unsafe' })?.text).toContain('two: 2');
  const both = toyRule('both', function* (root) {
    const at = root.get('a');
    if (!at.isAbsent) return;
    const fixes = [toFix([{ op: 'set', at, value: 1 }], 'unsafe'), toFix([{ op: 'set', at, value: 2 }])];
    yield { at, message: 'No a.', fixes };
  });
  expect(fix('b: 1\n', [both])?.text).toBe('b: 1\na: 2\n');
  expect(fix('b: 1\n', [both], { safety: 'unsafe' })?.text).toBe('b: 1\na: 1\n');
});

test('only the findings that are wanted are fixed', () => {
  const rules = [wants('first', 'one', 1), wants('second', 'two', 2)];
  const result = fix(TWO, rules, { safety: 'safe', only: ({ rule }) => rule === 'second' });
  expect(result?.text).not.toContain('one:');
  expect(result?.applied).toBe(2);
});

test('a fix that brings a finding is followed by the fix of that one', () => {
  const chain = toyRule('chain', function* (root) {
    const next = root.keys().length;
    const at = root.get(`k${next}`);
    if (next < 5) yield { at, message: `No k${next}.`, fixes: [toFix([{ op: 'set', at, value: next }])] };
  });
  expect(fix('k0: 0\n', [chain])).toMatchObject({ text: 'k0: 0\nk1: 1\nk2: 2\nk3: 3\nk4: 4\n', applied: 4 });
});

test('items that are removed make room for the next finding at the same place', () => {
  const removal = toyRule('removal', function* (root) {
    const at = root.get('items', 0);
    if (root.get('items').items().length > 1)
      yield { at, message: 'Too many.', fixes: [toFix([{ op: 'remove', at }])] };
  });
  expect(fix('items: [a, b, c, d]\n', [removal])).toMatchObject({ text: 'items: [d]\n', applied: 3 });
});

describe('fixes that do not converge', () => {
  test('a finding that stays after its fix is fixed once', () => {
    const stubborn = toyRule('stubborn', function* (root) {
      const at = root.get('items');
      yield { at, message: 'Never enough.', fixes: [toFix([{ op: 'append', at, value: 1 }])] };
    });
    expect(fix('items: []\n', [stubborn])).toMatchObject({ text: 'items:\n  - 1\n', applied: 1 });
  });

  test('two rules that want opposite things come to an end', () => {
    const result = fix('items:\n  - name: a\n', [wants('one', 'x', 1), wants('other', 'x', 2)]);
    expect(result?.text).toMatch(/^items:\n {2}- name: a\n {4}settings:\n {6}x: [12]\n$/);
  });
});

test('fixes that reach other files, or make one, are left out', () => {
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: web\n';
  const rule = toyRule('reach', function* (root, { workspace }) {
    if (root.get('kind').string !== 'Toy') return;
    const [known] = workspace.find('service-account', 'web');
    if (!known) return;
    const at = { ...known.place, path: [...known.place.path, 'x'] };
    const fixes = (operation: Operation) => [toFix([operation, { op: 'set', at: root.get('y'), value: 1 }])];
    yield { at: root, message: 'Other file.', fixes: fixes({ op: 'set', at, value: 1 }) };
    yield { at: root, message: 'New file.', fixes: fixes({ op: 'createFile', name: 'n.yaml', documents: [{}] }) };
  });
  const project = openToyProject({ 'x.yaml': 'kind: Toy\n', 'account.yaml': account }, rule);
  expect(findingsOf(project, 'x.yaml')).toHaveLength(2);
  expect(fixAll(project, toToyUri('x.yaml'), { safety: 'unsafe' })).toBeUndefined();
});

test('what other files say is known while a file is fixed, and what the fixes say of it', () => {
  const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata:\n  name: app\n  namespace: web\n';
  const rule = toyRule('known', function* (root, { workspace }) {
    if (root.get('kind').string !== 'Toy') return;
    const names = workspace.find('service-account', 'web').map(({ value }) => value.name);
    const at = root.get('names');
    if (at.items().length === names.length) return;
    yield { at, message: `There are ${names.length}.`, fixes: [toFix([{ op: 'set', at, value: names }])] };
  });
  const project = openToyProject({ 'x.yaml': 'kind: Toy\n' }, rule);
  project.setFile(toToyUri('account.yaml'), account, 'yaml', false);
  expect(fixAll(project, toToyUri('x.yaml'), { safety: 'safe' })?.text).toBe('kind: Toy\nnames:\n  - app\n');
});

test('an object that two findings ask for is made once', () => {
  const rule = toyRule('missing', function* (root, { workspace }) {
    const name = root.get('namespace').string;
    if (name === undefined || workspace.find('namespace', name).length > 0) return;
    const value = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    yield { at: root, message: `No ${name}.`, fixes: [toFix([{ op: 'insertDocument', after: root, value }])] };
  });
  const result = fix('namespace: a\n---\nnamespace: a\n', [rule]);
  expect(result?.text).toBe(
    'namespace: a\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n---\nnamespace: a\n',
  );
});

test('nothing to fix is undefined, as is a file that is not known', () => {
  expect(fix('items: []\n', [wants('first', 'one', 1)])).toBeUndefined();
  expect(fixAll(openToyProject({}), toToyUri('none.yaml'), { safety: 'safe' })).toBeUndefined();
});

test('a fix that declines leaves the others', () => {
  const text = 'base: &b {name: a}\nitems:\n  - *b\n  - name: c\n';
  expect(fix(text, [wants('first', 'one', 1)])).toMatchObject({
    text: `${text}    settings:\n      one: 1\n`,
    applied: 1,
  });
});
