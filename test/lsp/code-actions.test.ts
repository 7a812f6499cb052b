import { describe, expect, test } from 'vitest';
import type { CreateFile } from 'vscode-languageserver';
import { FULL, TestClient } from './client';
import {
  ACCOUNT,
  DOCS,
  edited,
  editsOf,
  findRule,
  MISSPELT_TRUST,
  makeFolder,
  PRIVILEGED_POD,
  rangeOf,
  rulesOf,
  UNTITLED,
  WIDE_ROLE,
} from './texts';

const POD = PRIVILEGED_POD.replace('privileged: true', 'privileged: false');
const TWO_PODS = `${POD}---\n${POD.replace('name: debug', 'name: other')}`;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

async function openText(text: string, options: Parameters<typeof TestClient.start>[0] = {}) {
  const client = await TestClient.start(options);
  await client.open(UNTITLED, text);
  return { client, diagnostics: await client.diagnose(UNTITLED) };
}

describe('quick fixes', () => {
  test('take the finding away, keep comments and name the version', async () => {
    const { client, diagnostics } = await openText(PRIVILEGED_POD);
    const found = findRule(diagnostics, 'privileged-container');
    const [fix] = await client.getActions(UNTITLED, found.range, { diagnostics: [found] });
    if (!fix) throw new Error('there is no fix');
    expect(fix).toMatchObject({ kind: 'quickfix', diagnostics: [{ code: 'privileged-container' }] });
    expect(fix.edit?.documentChanges).toMatchObject([{ textDocument: { uri: UNTITLED, version: 1 } }]);
    const text = edited(PRIVILEGED_POD, editsOf(fix, UNTITLED));
    expect(text).toContain('# needed once');
    await client.change(UNTITLED, 2, [{ text }]);
    expect(rulesOf(await client.diagnose(UNTITLED))).not.toContain('privileged-container');
  });

  test('at most one is preferred, and it is a safe one', async () => {
    const { client, diagnostics } = await openText(PRIVILEGED_POD);
    for (const diagnostic of diagnostics) {
      const actions = await client.getActions(UNTITLED, diagnostic.range, { diagnostics: [diagnostic] });
      const preferred = actions.filter(({ isPreferred }) => isPreferred);
      expect(preferred.length).toBeLessThanOrEqual(1);
      for (const { edit } of preferred) expect(edit?.changeAnnotations).toBeUndefined();
    }
  });

  test('unsafe ones are annotated, for clients that know annotations', async () => {
    const { client, diagnostics } = await openText(WIDE_ROLE);
    const found = findRule(diagnostics, 'verb-wildcard');
    const fixes = (await client.getActions(UNTITLED, found.range, { diagnostics: [found] })).filter(({ edit }) => edit);
    expect(fixes.length).toBeGreaterThanOrEqual(3);
    const annotated = fixes.filter(({ edit }) => edit?.changeAnnotations);
    expect(annotated.length).toBeGreaterThan(0);
    for (const { edit } of annotated) {
      const [id] = Object.keys(edit?.changeAnnotations ?? {});
      expect(edit?.documentChanges).toMatchObject([{ edits: [{ annotationId: id }] }]);
      expect(Object.values(edit?.changeAnnotations ?? {})).toMatchObject([{ needsConfirmation: false }]);
    }
  });

  test('are found by key where two findings stand in the same place of equal documents', async () => {
    const twice = `${PRIVILEGED_POD}---\n${PRIVILEGED_POD}`;
    const { client, diagnostics } = await openText(twice);
    const [, second] = diagnostics.filter(({ code }) => code === 'privileged-container');
    if (!second) throw new Error('there is no second finding');
    const [fix] = await client.getActions(UNTITLED, second.range, { diagnostics: [second] });
    const text = edited(twice, fix ? editsOf(fix, UNTITLED) : []);
    expect(text.startsWith(PRIVILEGED_POD)).toBe(true);
    expect(text).not.toBe(twice);
  });

  test('are found by rule and place where a client has dropped the key, and by place alone where it sends no diagnostics', async () => {
    const { client, diagnostics } = await openText(PRIVILEGED_POD);
    const found = findRule(diagnostics, 'privileged-container');
    const { data: _, ...bare } = found;
    const byKey = await client.getActions(UNTITLED, found.range, { diagnostics: [found] });
    const byRule = await client.getActions(UNTITLED, found.range, { diagnostics: [bare] });
    expect(byRule.map(({ title, edit }) => ({ title, edit }))).toEqual(
      byKey.map(({ title, edit }) => ({ title, edit })),
    );
    const byPlace = await client.getActions(UNTITLED, found.range);
    expect(byPlace.map(({ title }) => title)).toEqual(expect.arrayContaining(byKey.map(({ title }) => title)));
  });

  test('of diagnostics that are not ours, or no longer there, are none', async () => {
    const { client, diagnostics } = await openText(PRIVILEGED_POD);
    const found = findRule(diagnostics, 'privileged-container');
    const clean = rangeOf(PRIVILEGED_POD, 'apiVersion');
    expect(await client.getActions(UNTITLED, clean, { only: ['quickfix'] })).toEqual([]);
    await client.change(UNTITLED, 2, [{ range: rangeOf(PRIVILEGED_POD, 'true'), text: 'false' }]);
    expect(await client.getActions(UNTITLED, found.range, { diagnostics: [found], only: ['quickfix'] })).toEqual([]);
  });

  test('of one rule are offered together where it has several findings', async () => {
    const { client, diagnostics } = await openText(TWO_PODS);
    const found = findRule(diagnostics, 'privilege-escalation-allowed');
    const actions = await client.getActions(UNTITLED, found.range, { diagnostics: [found] });
    const all = actions.find(({ title }) => title === 'Fix all privilege-escalation-allowed problems in this file');
    if (!all) throw new Error('the action is not offered');
    const text = edited(TWO_PODS, editsOf(all, UNTITLED));
    await client.change(UNTITLED, 2, [{ text }]);
    const rules = rulesOf(await client.diagnose(UNTITLED));
    expect(rules).not.toContain('privilege-escalation-allowed');
    expect(rules).toContain('seccomp-profile-missing');
  });

  test('make a file, which settles the finding; clients that cannot make files are not offered it', async () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n';
    const files = { 'namespace.yaml': namespace, 'pod.yaml': PRIVILEGED_POD };
    const folder = makeFolder(files);
    const uri = folder.uriOf('namespace.yaml');
    const open = async (capabilities = FULL) => {
      const client = await TestClient.start({ folders: [folder.uri], capabilities });
      await client.scans.take();
      await client.open(uri, namespace);
      const found = findRule(await client.diagnose(uri), 'default-deny-missing');
      const actions = await client.getActions(uri, found.range, { diagnostics: [found] });
      const creates = actions.flatMap(({ edit }) => edit?.documentChanges ?? []).filter(isCreateFile);
      return { client, actions, creates };
    };
    const { client, actions, creates } = await open();
    const [created] = creates;
    if (!created) throw new Error('no fix makes a file');
    expect(created.options?.ignoreIfExists).toBe(false);
    const action = actions.find(({ edit }) => edit?.documentChanges?.includes(created));
    const text = edited('', action ? editsOf(action, created.uri) : []);
    expect(text).toContain('kind: NetworkPolicy');
    await client.open(created.uri, text);
    expect(rulesOf(await client.diagnose(uri))).not.toContain('default-deny-missing');

    const { resourceOperations: _, ...workspaceEdit } = FULL.workspace?.workspaceEdit ?? {};
    const modest = await open({ ...FULL, workspace: { ...FULL.workspace, workspaceEdit } });
    expect(modest.creates).toEqual([]);
  });

  test('reach into another file', async () => {
    const folder = makeFolder({ 'accounts.yaml': ACCOUNT });
    const client = await TestClient.start({ folders: [folder.uri] });
    await client.scans.take();
    const uri = folder.uriOf('trust.json');
    await client.open(uri, MISSPELT_TRUST);
    const found = findRule(await client.diagnose(uri), 'irsa-subject-mismatch');
    const actions = await client.getActions(uri, found.range, { diagnostics: [found] });
    const fixed = actions.map((action) => edited(MISSPELT_TRUST, editsOf(action, uri)));
    expect(fixed.some((text) => text.includes('system:serviceaccount:shop:report-writer'))).toBe(true);
  });

  test('come as plain changes to a client without document changes', async () => {
    const { workspaceEdit: _, ...workspace } = FULL.workspace ?? {};
    const { client, diagnostics } = await openText(PRIVILEGED_POD, { capabilities: { ...FULL, workspace } });
    const found = findRule(diagnostics, 'privileged-container');
    const [fix] = await client.getActions(UNTITLED, found.range, { diagnostics: [found] });
    expect(edited(PRIVILEGED_POD, fix?.edit?.changes?.[UNTITLED] ?? [])).not.toContain('privileged: true');
  });

  test('documentation is one of the actions, and the server opens it where the client cannot', async () => {
    const { client, diagnostics } = await openText(PRIVILEGED_POD, { initializationOptions: DOCS });
    const found = findRule(diagnostics, 'privileged-container');
    const actions = await client.getActions(UNTITLED, found.range, { diagnostics: [found] });
    const docs = actions.find(({ title }) => title === 'Show documentation for privileged-container');
    await client.request('workspace/executeCommand', docs?.command);
    expect(await client.shown.take()).toBe(`${DOCS.docsUrl}privileged-container`);
  });
});

describe('source.fixAll', () => {
  for (const only of ['source.fixAll.breakwater', 'source.fixAll', 'source']) {
    test(`is offered for ${only}, with its edit, and leaves nothing safe to fix`, async () => {
      const { client, diagnostics } = await openText(TWO_PODS);
      const [action, ...others] = await client.getActions(UNTITLED, WHOLE, { diagnostics, only: [only] });
      if (!action) throw new Error('the action is not offered');
      expect(others).toEqual([]);
      expect(action.kind).toBe('source.fixAll.breakwater');
      const text = edited(TWO_PODS, editsOf(action, UNTITLED));
      expect(text.match(/# needed once/g)).toHaveLength(2);
      await client.change(UNTITLED, 2, [{ text }]);
      expect(rulesOf(await client.diagnose(UNTITLED))).not.toContain('privilege-escalation-allowed');
      expect(await client.getActions(UNTITLED, WHOLE, { only: [only] })).toEqual([]);
    });
  }

  test('in a menu it gets its edit when it is chosen', async () => {
    const { client } = await openText(TWO_PODS);
    const actions = await client.getActions(UNTITLED, WHOLE);
    const action = actions.find(({ kind }) => kind === 'source.fixAll.breakwater');
    if (!action) throw new Error('the action is not offered');
    expect(action.edit).toBeUndefined();
    const resolved = await client.request<typeof action>('codeAction/resolve', action);
    expect(editsOf(resolved, UNTITLED).length).toBeGreaterThan(0);
  });

  test('is not offered for another kind', async () => {
    const { client } = await openText(TWO_PODS);
    expect(await client.getActions(UNTITLED, WHOLE, { only: ['source.organizeImports', 'refactor.extract'] })).toEqual(
      [],
    );
  });
});

function isCreateFile(change: object): change is CreateFile {
  return 'kind' in change && change.kind === 'create';
}
