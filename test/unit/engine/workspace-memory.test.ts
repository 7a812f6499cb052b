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

test('a conclusion is remembered for as long as a document reads it, and no longer', () => {
  const { index, drawn, conclude } = openIndex();
  index.ask(ASKER, conclude('a'));
  index.ask(OTHER, conclude('a'));
  index.ask(ASKER, () => undefined);
  index.ask(ASKER, conclude('a'));
  expect(drawn).toEqual(['a']);
  index.ask(ASKER, () => undefined);
  index.remove(OTHER);
  index.ask(ASKER, conclude('a'));
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
