import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import secretDataDoubleEncoded from '../../../server/src/rules/secrets/secret-data-double-encoded';
import secretDataTrailingNewline from '../../../server/src/rules/secrets/secret-data-trailing-newline';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const secret = (lines: string) =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: shop\n${lines.trim()}\n`;
const twice = (text: string) => btoa(btoa(text));
const PASSWORD = 'tR7#kq9Lw2vX';
const HOST = 'db.shop.example';

const cases: readonly [Rule, readonly [what: string, text: string, findings: number][]][] = [
  [
    secretDataDoubleEncoded,
    [
      ['below data, with a comment', secret(`data:\n  host: ${twice(HOST)} # where\n  port: NTQzMg==`), 1],
      ['with a line end from echo', secret(`data:\n  host: ${btoa(`${btoa(HOST)}\n`)}`), 1],
      ['a password', secret(`data:\n  password: "${twice(PASSWORD)}"`), 1],
      ['below stringData', secret(`stringData:\n  host: ${btoa(HOST)}\n  port: "5432"`), 1],
      ['below stringData, alone', secret(`type: Opaque\nstringData:\n  host: ${btoa(HOST)}`), 1],
      ['below stringData, with data of the key', secret(`data:\n  host: ZGI=\nstringData:\n  host: ${btoa(HOST)}`), 1],
      ['encoded once', secret(`data:\n  host: ${btoa(HOST)}\nstringData:\n  port: "5432"`), 0],
      [
        'a random key whose own form is base64',
        secret(`data:\n  key: ${btoa('96Ah/a2g0/nLeFGK+d/0tzQcccf9hCEIy34PoXX2Qg8=')}`),
        0,
      ],
      ['words', secret('stringData:\n  mode: username\n  role: readonly\n  level: password'), 0],
      ['a key that says so', secret(`data:\n  config-base64: ${twice(HOST)}\n  B64_HOST: ${twice(HOST)}`), 0],
      ['user and password for HTTP', secret(`data:\n  auth: ${twice(`web:${PASSWORD}`)}`), 0],
      ['placeholders and templates', secret('data:\n  a: <base64>\n  b: ${HOST}\nstringData:\n  c: changeme'), 0],
      ['encrypted', secret(`data:\n  host: ${twice(HOST)}\nsops:\n  version: 3.9.0`), 0],
      [
        'another kind',
        `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: db\n  namespace: shop\ndata:\n  host: ${twice(HOST)}\n`,
        0,
      ],
    ],
  ],
  [
    secretDataTrailingNewline,
    [
      ['from echo', secret(`data:\n  username: ${btoa('shop-web\n')} # who\n  port: NTQzMg==`), 1],
      ['from Windows', secret(`data:\n  username: ${btoa('shop-web\r\n')}`), 1],
      ['a password', secret(`data:\n  password: ${btoa(`${PASSWORD}\n`)}`), 1],
      ['a block below stringData', secret('stringData:\n  username: |\n    shop-web'), 1],
      ['a block that ends with its text', secret('stringData:\n  username: |-\n    shop-web'), 0],
      ['none', secret(`data:\n  username: ${btoa('shop-web')}`), 0],
      ['several lines', secret('stringData:\n  hosts: |\n    a.example\n    b.example'), 0],
      [
        'files of one line',
        secret(
          `data:\n  token.txt: ${btoa('shop-web\n')}\n  known_hosts: ${btoa('github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMq\n')}\n  auth: ${btoa('web:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/\n')}\n  config: ${btoa('{"a":1}\n')}`,
        ),
        0,
      ],
      ['a line end alone', secret(`data:\n  empty: ${btoa('\n')}`), 0],
    ],
  ],
];

describe.each(cases.map(([rule, list]) => [rule.id, rule, list] as const))('%s', (_, rule, list) => {
  test.each(list)('%s', (_what, text, findings) => check(rule, text, findings));
});

describe('fixes', () => {
  test('one layer of base64 goes', () => {
    const [text] = Object.values(
      applyFix(secretDataDoubleEncoded, secret(`data:\n  host: ${twice(HOST)}`), 'Take one layer of base64 away'),
    );
    expect(text).toContain(`  host: ${btoa(HOST)}\n`);
  });

  test('what is encoded moves to where encoded values belong', () => {
    const text = secret(`stringData:\n  host: ${btoa(HOST)}`);
    expect(applyFix(secretDataDoubleEncoded, text, 'Move it to data')['example.yaml']).toBe(
      secret(`data:\n  host: ${btoa(HOST)}`),
    );
  });

  test('the line end goes and the rest is encoded as before', () => {
    const [text] = Object.values(
      applyFix(secretDataTrailingNewline, secret(`data:\n  username: ${btoa('shop-wéb\n')}`), 'Take the line end away'),
    );
    expect(text).toContain(`  username: ${btoa('shop-wéb')}\n`);
  });

  test('no title and no message says a value', () => {
    for (const rule of [secretDataDoubleEncoded, secretDataTrailingNewline]) {
      const text = secret(`data:\n  password: ${twice(PASSWORD)}\n  other: ${btoa(`${PASSWORD}\n`)}`);
      for (const { message, fixes } of inspect(rule, text)) {
        expect(`${message} ${fixes.join(' ')}`).not.toMatch(/tR7|dFI3|ZEZJM/);
      }
    }
  });
});
