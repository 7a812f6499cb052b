import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { TestClient } from './client';
import { PRIVILEGED_POD, rulesOf, UNTITLED } from './texts';

describe('garbage', () => {
  const requests: readonly (readonly [string, unknown])[] = [
    ['textDocument/diagnostic', { textDocument: { uri: '%%%' } }],
    ['textDocument/diagnostic', { textDocument: { uri: 7 } }],
    ['textDocument/diagnostic', {}],
    ['textDocument/hover', { textDocument: { uri: UNTITLED }, position: { line: -5, character: 1e9 } }],
    ['textDocument/hover', { textDocument: { uri: UNTITLED } }],
    ['textDocument/codeAction', { textDocument: { uri: UNTITLED }, range: 'all', context: null }],
    ['codeAction/resolve', { title: 'x', data: { uri: 42 } }],
    ['workspace/executeCommand', { command: 'rm', arguments: ['-rf'] }],
    ['workspace/executeCommand', { command: 'breakwater.openRuleDocs', arguments: [{ rule: 1 }] }],
    ['initialize', { processId: null, rootUri: null, capabilities: {} }],
    ['no/such/request', { a: 1 }],
  ];
  const notifications: readonly (readonly [string, unknown])[] = [
    ['textDocument/didOpen', { textDocument: null }],
    [
      'textDocument/didChange',
      { textDocument: { uri: UNTITLED, version: 9 }, contentChanges: [{ range: {}, text: 1 }] },
    ],
    ['textDocument/didChange', { textDocument: { uri: 'untitled:other', version: 2 }, contentChanges: [{ text: '' }] }],
    ['textDocument/didClose', { textDocument: { uri: 'untitled:other' } }],
    ['textDocument/didClose', {}],
    ['workspace/didChangeWatchedFiles', { changes: [{ uri: ':::', type: 1 }] }],
    ['workspace/didChangeWatchedFiles', {}],
    ['workspace/didRenameFiles', { files: [{}] }],
    ['workspace/didChangeWorkspaceFolders', { event: {} }],
    ['workspace/didChangeConfiguration', null],
    ['no/such/notification', {}],
  ];

  test('does not end the server, which goes on answering', async () => {
    const client = await TestClient.start();
    await client.open(UNTITLED, PRIVILEGED_POD);
    for (const [method, params] of notifications) await client.notify(method, params);
    for (const [method, params] of requests) await client.request(method, params).catch(() => undefined);
    await client.open('untitled:Untitled-2', PRIVILEGED_POD);
    expect(rulesOf(await client.diagnose('untitled:Untitled-2'))).toContain('privileged-container');
    expect(client.errors.length).toBeGreaterThan(0);
    expect(client.process.exitCode).toBeNull();
  });

  test('texts of every odd shape are answered', async () => {
    const client = await TestClient.start();
    const texts = [
      '',
      '\uFEFF',
      '\r',
      '---',
      '\u0000',
      '\t- x',
      '{{',
      '🙂',
      '- '.repeat(5000),
      '&a [*a, *a]',
      `${'['.repeat(3000)}`,
    ];
    for (const [index, text] of texts.entries()) {
      for (const language of ['yaml', 'json']) {
        const uri = `untitled:${language}-${index}`;
        await client.open(uri, text, language);
        expect(await client.diagnose(uri)).toEqual([]);
      }
    }
    expect(client.errors).toEqual([]);
  });
});

describe('the life of the server', () => {
  test('a cancelled request is answered as cancelled, and the next one with the findings', async () => {
    const client = await TestClient.start();
    await client.open(UNTITLED, PRIVILEGED_POD);
    const source = new CancellationTokenSource();
    const params = { textDocument: { uri: UNTITLED } };
    const request = client.connection.sendRequest('textDocument/diagnostic', params, source.token);
    source.cancel();
    await request.catch((error) => expect(error.code).toBe(-32800));
    expect(rulesOf(await client.diagnose(UNTITLED))).toContain('privileged-container');
  });

  test('shutdown and exit end it with 0, exit alone with 1', async () => {
    for (const [isPolite, code] of [
      [true, 0],
      [false, 1],
    ] as const) {
      const client = await TestClient.start();
      const exited = once(client.process, 'exit');
      if (isPolite) await client.request('shutdown', undefined);
      await client.notify('exit', undefined);
      expect((await exited)[0]).toBe(code);
    }
  });

  test('it ends when its input does', async () => {
    const client = await TestClient.start();
    const exited = once(client.process, 'exit');
    client.process.stdin?.end();
    expect((await exited)[0]).toBe(1);
  });
});
