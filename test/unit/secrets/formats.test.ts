import { describe, expect, test } from 'vitest';
import { decodeBase64 } from '../../../server/src/model/kubernetes/secret-formats';
import { findSecretInFile, findSecretInText, holdsSecret } from '../../../server/src/model/kubernetes/secret-text';
import { findByFormat, MAX_SCANNED_LENGTH } from '../../../server/src/model/kubernetes/secrets';

// Put together here, so that no scanner of this repository takes a test for a leak.
const join = (...parts: readonly string[]) => parts.join('');
const LETTERS = 'qT7mZ2xK9vB4nR8sW3yH6jL1pD5gF0cAeUiOtY';
const letters = (length: number) => LETTERS.repeat(20).slice(0, length);
const BODY = `${letters(64)}\n${letters(64)}\n`;
const pem = (kind: string, body = BODY) => join('-----BEGIN ', kind, '-----\n', body, '-----END ', kind, '-----\n');

describe('what is a secret by its format', () => {
  test.each<[string, string, string]>([
    ['AWS', 'an AWS access key id', join('AK', 'IAQ3EGRIDWQWSXPB3M')],
    ['AWS, temporary', 'an AWS access key id', join('AS', 'IAQ3EGRIDWQWSXPB3M')],
    ['GitHub, classic', 'a GitHub token', join('gh', 'p_', letters(36))],
    ['GitHub, fine-grained', 'a GitHub token', join('github_', 'pat_', letters(22), '_', letters(59))],
    ['GitLab', 'a GitLab token', join('gl', 'pat-', letters(20))],
    ['Slack', 'a Slack token', join('xo', 'xb-', '2481073952-', letters(24))],
    [
      'Slack webhook',
      'a Slack webhook address',
      join('https://hooks.slack', '.com/services/T8KQ2M7XA/B9RW4N6ZC/', letters(24)),
    ],
    ['Stripe', 'a Stripe live key', join('sk_', 'live_', letters(24))],
    ['Google', 'a Google API key', join('AI', 'za', letters(35))],
    ['npm', 'an npm token', join('npm', '_', letters(36))],
    ['SendGrid', 'a SendGrid key', join('S', 'G.', letters(22), '.', letters(43))],
    ['Vault', 'a Vault token', join('hv', 's.', letters(30))],
    ['JWT', 'a JSON Web Token', join('ey', 'J', letters(20), '.ey', 'J', letters(40), '.', letters(43))],
    ['RSA', 'a private key', pem('RSA PRIVATE KEY')],
    ['PKCS 8', 'a private key', pem('PRIVATE KEY')],
    ['OpenSSH', 'a private key', pem('OPENSSH PRIVATE KEY')],
    ['with escaped line breaks', 'a private key', pem('PRIVATE KEY').replaceAll('\n', '\\n')],
    ['in base64', 'a private key in base64', btoa(pem('RSA PRIVATE KEY'))],
    [
      'of a Google Cloud account',
      'the key of a Google Cloud service account',
      JSON.stringify({ type: 'service_account', private_key: pem('PRIVATE KEY') })
        .replaceAll(',', ', ')
        .replaceAll(':', ': '),
    ],
    ['URL', 'a password in a URL', 'postgres://web:tR7%23kq9Lw2vX@db.shop:5432/web?sslmode=require'],
    ['URL without a user', 'a password in a URL', 'redis://:tR7kq9Lw2vX@cache:6379/0'],
    ['Azure', 'an Azure storage key', `DefaultEndpointsProtocol=https;${join('Account', 'Key=', letters(86), '==')}`],
  ])('%s: %s', (_, label, text) => {
    expect(findByFormat(text)?.label).toBe(label);
    expect(findByFormat(`level: info\nvalue="${text}" # set\n`)?.label).toBe(label);
  });

  test.each<[string, string]>([
    ['the example of AWS', join('AK', 'IAIOSFODNN7', 'EXAMPLE')],
    ['a GitHub token of one letter', join('gh', 'p_', 'x'.repeat(36))],
    [
      'the Slack webhook of the manual',
      join('https://hooks.slack', '.com/services/T00000000/B00000000/', 'X'.repeat(24)),
    ],
    ['a Stripe test key', join('sk_', 'test_', letters(24))],
    ['a private key left out', pem('RSA PRIVATE KEY', '...\n')],
    ['a private key to be put in', pem('RSA PRIVATE KEY', '<your key>\n')],
    ['a public key', pem('PUBLIC KEY')],
    ['a certificate', pem('CERTIFICATE')],
    ['a certificate in base64', btoa(pem('CERTIFICATE'))],
    ['a URL without a password', 'postgres://web@db.shop:5432/web'],
    ['a URL with a variable', 'postgres://web:$(DB_PASSWORD)@db.shop:5432/web'],
    ['a URL to be filled in', 'postgres://web:<password>@db.shop:5432/web'],
    ['a URL of an example', 'postgres://user:password@localhost/web'],
    ['a URL whose password is its user', 'amqp://rabbit:rabbit@queue'],
    ['a port and a mail address', 'https://shop.example:8443/?mail=web@shop.example'],
    ['a hash', `sha256:${'3f9a'.repeat(16)}`],
    ['a UUID', '6f1c2b9e-4a7d-4f0b-9c3e-8d5a1b2c3d4e'],
  ])('none: %s', (_, text) => {
    expect(findByFormat(text)).toBeUndefined();
  });

  test('the place is that of the secret alone', () => {
    const text = 'url = postgres://web:tR7kq9Lw2vX@db/web';
    const found = findByFormat(text);
    expect(text.slice(found?.start, found?.end)).toBe('tR7kq9Lw2vX');
  });

  test('what comes after the limit is not read', () => {
    const secret = join('gh', 'p_', letters(36));
    expect(findSecretInFile(`${'a b\n'.repeat(MAX_SCANNED_LENGTH / 4)}${secret}`)).toBeUndefined();
  });
});

describe('settings of a file', () => {
  test.each([
    'db.password=tR7#kq9Lw2vX',
    '  password: "tR7#kq9Lw2vX"  # of the shop',
    'export API_TOKEN=tR7kq9Lw2vX5',
    "'clientSecret' => 'tR7kq9Lw2vX5',",
    '{"apiKey": "tR7kq9Lw2vX5"}',
  ])('%s', (line) => {
    const text = `# settings\nlevel=info\n${line}\nmode=fast`;
    const found = findSecretInFile(text);
    expect(text.slice(found?.start)).toMatch(/^tR7/);
    expect(found?.isKnownFormat).toBe(false);
  });

  test.each([
    'password=${DB_PASSWORD}',
    'password=changeme',
    'password_file=/run/secrets/tR7kq9Lw2vX5',
    'token_ttl=24h30m15s00',
    'session_id=tR7kq9Lw2vX5',
    'checksum=tR7kq9Lw2vX5tR7k',
    'the password is tR7kq9Lw2vX5',
    'secretName: shop-db-2-credentials',
  ])('not %s', (line) => {
    expect(findSecretInFile(`${line}\n`)).toBeUndefined();
  });
});

describe('base64 as Go reads it', () => {
  test.each([
    ['c2hvcA==', 'shop'],
    ['c2hv\r\ncA==\n', 'shop'],
    ['', ''],
  ])('%j', (text, expected) => expect(decodeBase64(text)).toBe(expected));

  test.each(['c2hvcA', 'c2hv cA==', 'c2h-cA==', 'shop!', '===='])('not %s', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('secrets within a text', () => {
  test.each([
    ['-Xmx1g -Ddb.password=tR7kq9Lw2vX', 'tR7kq9Lw2vX'],
    ['Server=db;User Id=web;Password=tR7kq9Lw2vX;Encrypt=true', 'tR7kq9Lw2vX'],
    ['{"user":"web","password":"tR7kq9Lw2vX","n":1}', 'tR7kq9Lw2vX'],
    ['<db><password>tR7kq9Lw2vX</password></db>', 'tR7kq9Lw2vX'],
    ['https://example.com/hook?api_token=tR7kq9Lw2vX&x=1', 'tR7kq9Lw2vX'],
    ['//registry.example.com/:_authToken=tR7kq9Lw2vX', 'tR7kq9Lw2vX'],
    ["curl -H 'Authorization: Bearer tR7kq9Lw2vX5mB8z'", 'tR7kq9Lw2vX5mB8z'],
    ['web:tR7kq9Lw2vX@tcp(db:3306)/web', 'tR7kq9Lw2vX'],
  ])('%s', (text, secret) => {
    const found = findSecretInText(text);
    expect(text.slice(found?.start, found?.end)).toBe(secret);
    expect(holdsSecret(`one line\n${text}\nanother`)).toBe(true);
  });

  test.each([
    '{"password":"changeme","passwordFile":"/run/secrets/a1b2c3"}',
    '<password>${DB_PASSWORD}</password>',
    'proxy_set_header Authorization $http_authorization;',
    'Basic realm with words only',
    'https://example.com/?token=$TOKEN&x=1',
    'web:web@tcp(db:3306)/web',
    'git@tcp(host):8080',
  ])('not %s', (text) => {
    expect(holdsSecret(text)).toBe(false);
  });

  test('a line that only looks like a setting at its beginning takes no longer than another', () => {
    expect(findSecretInFile(`password=aaaaaaaa${')'.repeat(900)} x\n`.repeat(2000))).toBeUndefined();
  });
});
