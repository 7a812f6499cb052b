import { expect, test } from 'vitest';
import type { CodeAction } from 'vscode-languageserver';
import { type ClientOptions, FULL, TestClient } from './client';
import { edited, editsOf, PRIVILEGED_POD, rangeOf, rulesOf, UNTITLED } from './texts';

const REWRITE = 'refactor.rewrite.breakwater';
const SECOND = '    - name: side\n      image: registry.example.com/side:1.0\n';
const TWO = `${PRIVILEGED_POD}${SECOND}`;

async function askAt(text: string, needle: string, options: ClientOptions = {}) {
  const client = await TestClient.start(options);
  await client.open(UNTITLED, text);
  const at = rangeOf(text, needle).start;
  const all = await client.getActions(UNTITLED, { start: at, end: at }, { only: ['refactor'] });
  const actions = all.filter(({ title }) => title.startsWith('Harden'));
  return { client, actions };
}

async function resolve(client: TestClient, actions: readonly CodeAction[], title: RegExp): Promise<CodeAction> {
  const action = actions.find((one) => title.test(one.title));
  if (!action) throw new Error(`not offered: ${title}, but ${actions.map((one) => one.title).join(', ')}`);
  return action.edit ? action : await client.request<CodeAction>('codeAction/resolve', action);
}

test('a container is hardened by one edit, which is said to be unsafe, and its neighbour stays as it is', async () => {
  const { client, actions } = await askAt(TWO, 'privileged: true');
  expect(actions.every(({ kind, edit }) => kind === REWRITE && edit === undefined)).toBe(true);
  const action = await resolve(client, actions, /^Harden container "shell" to restricted \(v1\.\d+\)$/);
  expect(action.edit?.documentChanges).toMatchObject([{ textDocument: { uri: UNTITLED, version: 1 } }]);
  expect(Object.values(action.edit?.changeAnnotations ?? {})).toHaveLength(1);
  const text = edited(TWO, editsOf(action, UNTITLED));
  expect(text.endsWith(SECOND)).toBe(true);
  expect(text).toContain('# needed once');
  expect(text).toContain('allowPrivilegeEscalation: false');
});

test('a pod is hardened until its level finds nothing, and then nothing is offered', async () => {
  const { client, actions } = await askAt(TWO, 'kind: Pod');
  const action = await resolve(client, actions, /^Harden Pod "debug" to restricted/);
  await client.change(UNTITLED, 2, [{ text: edited(TWO, editsOf(action, UNTITLED)) }]);
  const rules = rulesOf(await client.diagnose(UNTITLED));
  for (const rule of ['privileged-container', 'run-as-root-allowed', 'capabilities-not-dropped']) {
    expect(rules).not.toContain(rule);
  }
  const at = rangeOf(TWO, 'kind: Pod');
  const left = await client.getActions(UNTITLED, at, { only: ['refactor.rewrite'] });
  expect(left.filter(({ title }) => title.startsWith('Harden'))).toEqual([]);
});

test('all pods of a file are hardened to baseline, which asks for less', async () => {
  const text = `${TWO}---\n${PRIVILEGED_POD.replace('name: debug', 'name: other')}`;
  const { client, actions } = await askAt(text, 'kind: Pod');
  const action = await resolve(client, actions, /^Harden all pods of this file to baseline/);
  const after = edited(text, editsOf(action, UNTITLED));
  expect(after).not.toContain('privileged: true');
  expect(after).not.toContain('runAsNonRoot');
});

test('a client that cannot ask for the edit later is given it at once', async () => {
  const { codeAction, ...textDocument } = FULL.textDocument ?? {};
  const { resolveSupport: _, ...modest } = codeAction ?? {};
  const capabilities = { ...FULL, textDocument: { ...textDocument, codeAction: modest } };
  const { actions } = await askAt(TWO, 'privileged: true', { capabilities });
  expect(actions.length).toBeGreaterThan(0);
  expect(actions.filter(({ edit }) => !edit)).toEqual([]);
});

test('what comes back from the client spoilt resolves to nothing', async () => {
  const { client } = await askAt(TWO, 'kind: Pod');
  for (const harden of [null, {}, { level: 'strict', scope: { kind: 'file' } }, { level: 'baseline', scope: 7 }]) {
    const action = { title: 'Spoilt', kind: REWRITE, data: { uri: UNTITLED, harden } };
    expect((await client.request<CodeAction>('codeAction/resolve', action)).edit).toBeUndefined();
  }
  expect(client.errors).toEqual([]);
});

test('an excluded file is left alone', async () => {
  const client = await TestClient.start({ folders: ['file:///project'], settings: { exclude: ['pods/**'] } });
  const uri = 'file:///project/pods/a.yaml';
  await client.open(uri, TWO);
  expect(await client.getActions(uri, rangeOf(TWO, 'kind'), { only: ['refactor'] })).toEqual([]);
});
