import { expect, test } from 'vitest';
import type { Fact } from '../../../server/src/model/workspace/fact';
import { type Workspace, WorkspaceIndex } from '../../../server/src/model/workspace/workspace';

const ASKER = 'asker';
const OTHER = 'other';
const NAMESPACE = 'namespace';
const SHOP: Fact = {
  topic: 'namespace',
  key: 'shop',
  value: { name: 'shop', labels: {}, unknownLabels: [] },
  path: [],
};

/** An index whose documents ask for the conclusion `name`, which counts how often it is drawn. */
function openIndex() {
  const index = new WorkspaceIndex();
  const drawn: string[] = [];
  const conclude = (name: string) => (workspace: Workspace) =>
    workspace.conclude(name, (inner) => {
      drawn.push(name);
      return inner.all('namespace').length;
    });
  return { index, drawn, conclude };
}

test('a conclusion is remembered while a document reads it, and for a while after', () => {
  const { index, drawn, conclude } = openIndex();
  const askForOthers = () => {
    for (let i = 0; i < 1000; i++) index.ask(OTHER, (workspace) => workspace.find('namespace', `other-${i}`));
  };
  index.ask(ASKER, conclude('a'));
  askForOthers();
  index.ask(ASKER, conclude('a'));
  index.ask(ASKER, () => undefined);
  index.ask(ASKER, conclude('a'));
  expect(drawn).toEqual(['a']);
  index.ask(ASKER, () => undefined);
  askForOthers();
  index.ask(ASKER, conclude('a'));
  expect(drawn).toEqual(['a', 'a']);
});

test('a conclusion that nobody reads is drawn anew when what it was drawn from has changed meanwhile', () => {
  const { index, drawn, conclude } = openIndex();
  expect(index.ask(ASKER, conclude('a'))).toBe(0);
  index.ask(ASKER, () => undefined);
  index.replace(NAMESPACE, 'mem:/n.yaml', 0, [SHOP]);
  expect(index.ask(ASKER, conclude('a'))).toBe(1);
  expect(drawn).toEqual(['a', 'a']);
});

test('a conclusion inside another is remembered with it', () => {
  const { index, drawn, conclude } = openIndex();
  const outer = (workspace: Workspace) => workspace.conclude('outer', conclude('inner'));
  index.ask(ASKER, outer);
  index.ask(ASKER, outer);
  index.ask(OTHER, conclude('inner'));
  expect(drawn).toEqual(['inner']);
});

test('what was concluded before a throw follows the workspace like the rest', () => {
  const { index, conclude } = openIndex();
  const ask = () => index.ask(ASKER, (workspace) => conclude('a')(workspace));
  const fail = () =>
    index.ask(OTHER, (workspace) => {
      conclude('a')(workspace);
      throw new Error('a fault in a rule');
    });
  expect(fail).toThrow('a fault in a rule');
  expect(ask()).toBe(0);
  expect(index.replace(NAMESPACE, 'mem:/n.yaml', 0, [SHOP])).toContain(ASKER);
  expect(ask()).toBe(1);
});
