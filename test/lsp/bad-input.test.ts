import { expect, test } from 'vitest';
import { TestClient } from './client';
import { PRIVILEGED_POD, rulesOf, UNTITLED } from './texts';

const HEAD = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n';
const names = Array.from({ length: 40 }, (_, index) => `l${index}`);
const BOMB = `l: &l [x]\n${names.map((name, index) => `${name}: &${name} [${Array(10).fill(`*${names[index - 1] ?? 'l'}`)}]\n`).join('')}`;

const NOT_CHECKED: readonly (readonly [string, string])[] = [
  ['broken', `${HEAD}data: [\n`],
  ['tabs for indentation', `${HEAD}data:\n\ta: b\n`],
  ['an anchor that holds itself', `${HEAD}data: &a\n  a: *a\n`],
  ['a merge of itself', `${HEAD}data: &a\n  <<: *a\n`],
  ['nested without end', `${HEAD}data: ${'['.repeat(20_000)}\n`],
  ['a document of 4 MB', `${HEAD}data:\n  a: "${'x'.repeat(4_000_000)}"\n`],
];

const CHECKED: readonly (readonly [string, string])[] = [
  ['a bomb of aliases', `${HEAD}${BOMB}`],
  [
    'ten thousand aliases',
    `${HEAD}x: &x y\ndata:\n${Array.from({ length: 10_000 }, (_, i) => `  k${i}: *x\n`).join('')}`,
  ],
  ['forty thousand keys', `${HEAD}data:\n${Array.from({ length: 40_000 }, (_, i) => `  k${i}: v\n`).join('')}`],
  ['nothing', ''],
  ['a byte order mark and CRLF', `\uFEFF${HEAD.replaceAll('\n', '\r\n')}`],
];

test.each(NOT_CHECKED)('%s: said, and the healthy neighbours are checked', async (_, bad) => {
  const client = await TestClient.start();
  await client.open(UNTITLED, `${PRIVILEGED_POD}---\n${bad}---\n${PRIVILEGED_POD}`);
  const diagnostics = await client.diagnose(UNTITLED);
  expect(rulesOf(diagnostics).filter((rule) => rule === 'privileged-container')).toHaveLength(2);
  const said = diagnostics.filter(({ message }) => String(message).startsWith('Not checked: '));
  expect(said.map(({ severity }) => severity)).toContain(3);
  expect(client.errors).toEqual([]);
});

test.each(CHECKED)('%s: read, and so are its neighbours', async (_, odd) => {
  const client = await TestClient.start();
  await client.open(UNTITLED, `${odd}---\n${PRIVILEGED_POD}`);
  const diagnostics = await client.diagnose(UNTITLED);
  expect(rulesOf(diagnostics)).toContain('privileged-container');
  expect(diagnostics.filter(({ message }) => String(message).startsWith('Not checked: '))).toEqual([]);
  expect(client.errors).toEqual([]);
});
