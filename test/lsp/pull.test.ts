import { describe, expect, test } from 'vitest';
import { DiagnosticSeverity, type RelatedFullDocumentDiagnosticReport } from 'vscode-languageserver';
import { FULL, TestClient } from './client';
import {
  ACCOUNT,
  DOCS,
  findRule,
  MISSPELT_TRUST,
  makeFolder,
  PRIVILEGED_POD,
  rulesOf,
  textAt,
  UNTITLED,
} from './texts';

describe('pulled diagnostics', () => {
  test('the server says what it can do', async () => {
    const { result } = await TestClient.start();
    expect(result?.serverInfo?.name).toBe('Breakwater');
    expect(result?.capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2 },
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false },
      codeActionProvider: {
        codeActionKinds: [
          'quickfix',
          'refactor.rewrite.breakwater',
          'refactor.rewrite.breakwater.irsa',
          'source.fixAll.breakwater',
        ],
      },
      hoverProvider: true,
    });
  });

  test('a finding has place, rule, page, severity and a key', async () => {
    const client = await TestClient.start({ initializationOptions: DOCS });
    await client.open(UNTITLED, PRIVILEGED_POD);
    const found = findRule(await client.diagnose(UNTITLED), 'privileged-container');
    expect(found).toMatchObject({
      source: 'Breakwater',
      severity: DiagnosticSeverity.Error,
      data: { rule: 'privileged-container', key: expect.any(String) },
    });
    expect(found.codeDescription?.href).toBe(`${DOCS.docsUrl}privileged-container`);
    expect('privileged: true').toContain(textAt(PRIVILEGED_POD, found.range));
  });

  test('what has not changed is not sent again', async () => {
    const client = await TestClient.start();
    await client.open(UNTITLED, PRIVILEGED_POD);
    const first = await client.pull(UNTITLED);
    const second = await client.pull(UNTITLED, first.resultId);
    expect(second).toEqual({ kind: 'unchanged', resultId: first.resultId });
    await client.change(UNTITLED, 2, [{ text: `${PRIVILEGED_POD}# A comment below.\n` }]);
    expect(await client.pull(UNTITLED, first.resultId)).toEqual(second);
    await client.change(UNTITLED, 3, [{ text: `# A comment above.\n${PRIVILEGED_POD}` }]);
    const moved = await client.pull(UNTITLED, first.resultId);
    expect(moved.kind).toBe('full');
    expect(moved.resultId).not.toBe(first.resultId);
  });

  test('an unknown or closed document has none', async () => {
    const client = await TestClient.start();
    expect(await client.diagnose('file:///nowhere/pod.yaml')).toEqual([]);
    await client.open(UNTITLED, PRIVILEGED_POD);
    await client.close(UNTITLED);
    expect(await client.diagnose(UNTITLED)).toEqual([]);
  });

  test('what cannot be checked is said, but only where it looks like ours', async () => {
    const client = await TestClient.start();
    const broken = `${PRIVILEGED_POD}---\napiVersion: v1\nkind: "Pod\n`;
    await client.open(UNTITLED, broken);
    const diagnostics = await client.diagnose(UNTITLED);
    expect(rulesOf(diagnostics)).toContain('privileged-container');
    expect(findRule(diagnostics, 'not-checked').severity).toBe(DiagnosticSeverity.Information);
    await client.change(UNTITLED, 2, [{ text: 'title: "unfinished\nitems: [\n' }]);
    expect(await client.diagnose(UNTITLED)).toEqual([]);
  });

  test('files of any other editor language are taken by their suffix', async () => {
    const client = await TestClient.start();
    const uri = 'file:///w/pod.yml';
    await client.open(uri, PRIVILEGED_POD, 'some-dialect');
    expect(rulesOf(await client.diagnose(uri))).toContain('privileged-container');
    await client.open('file:///w/pod.txt', PRIVILEGED_POD, 'plaintext');
    expect(await client.diagnose('file:///w/pod.txt')).toEqual([]);
  });

  test('a file is the same however its address is spelt', async () => {
    const client = await TestClient.start();
    await client.open('file:///c%3A/my%20files/pod.yaml', PRIVILEGED_POD);
    expect(rulesOf(await client.diagnose('file:///C:/my files/pod.yaml'))).toContain('privileged-container');
  });
});

describe('across open files', () => {
  const names = { accounts: 'accounts.yaml', trust: 'trust.json' };

  test('a finding links to the other file', async () => {
    const folder = makeFolder({ [names.accounts]: ACCOUNT });
    const client = await TestClient.start({ folders: [folder.uri] });
    await client.scans.take();
    await client.open(folder.uriOf(names.trust), MISSPELT_TRUST);
    const found = findRule(await client.diagnose(folder.uriOf(names.trust)), 'irsa-subject-mismatch');
    const [related] = found.relatedInformation ?? [];
    expect(related?.location.uri).toBe(folder.uriOf(names.accounts));
    expect(related && textAt(ACCOUNT, related.location.range)).toMatch(/ServiceAccount|report-writer/);
  });

  test('a client that takes related documents gets them with the answer', async () => {
    const capabilities = {
      ...FULL,
      textDocument: { ...FULL.textDocument, diagnostic: { relatedDocumentSupport: true } },
    };
    const client = await TestClient.start({ capabilities });
    const [trust, accounts] = ['file:///w/trust.json', 'file:///w/accounts.yaml'];
    await client.open(trust, MISSPELT_TRUST);
    expect(rulesOf(await client.diagnose(trust))).not.toContain('irsa-subject-mismatch');
    await client.open(accounts, ACCOUNT);
    const report = await client.pull(accounts);
    const related = (report as RelatedFullDocumentDiagnosticReport).relatedDocuments?.[trust];
    if (related?.kind !== 'full') throw new Error('the other document is not in the answer');
    expect(rulesOf(related.items)).toContain('irsa-subject-mismatch');
    const again = await client.pull(accounts, report.resultId);
    expect(again).not.toHaveProperty('relatedDocuments');
  });

  test('any other client is asked to pull again', async () => {
    const client = await TestClient.start();
    const [trust, accounts] = ['file:///w/trust.json', 'file:///w/accounts.yaml'];
    await client.open(trust, MISSPELT_TRUST);
    await client.diagnose(trust);
    await client.open(accounts, ACCOUNT);
    await client.diagnose(accounts);
    await client.refreshes.take();
    expect(rulesOf(await client.diagnose(trust))).toContain('irsa-subject-mismatch');
  });
});
