import { describe, expect, test } from 'vitest';
import { isSecretName } from '../../../server/src/model/kubernetes/secret-names';
import { getEntropy, isPlaceholder, isRandomLooking } from '../../../server/src/model/kubernetes/secret-values';
import { findSecret } from '../../../server/src/model/kubernetes/secrets';

describe('names that promise a secret', () => {
  test.each([
    ...[
      'PASSWORD',
      'DB_PASSWORD',
      'dbPassword',
      'MYSQL_ROOT_PASSWORD',
      'redis-pass',
      'PGPASSWORD_PASS',
      'apiKey',
      'API_KEY',
    ],
    ...[
      'AWS_SECRET_ACCESS_KEY',
      'githubToken',
      'client-secret',
      'SECRET_KEY_BASE',
      'encryption.key',
      'session_key',
      'JWT_SIGNING_KEY',
    ],
  ])('%s', (name) => expect(isSecretName(name)).toBe(true));

  test.each([
    ...[
      'passwordFile',
      'PASSWORD_FILE',
      'TOKEN_TTL',
      'tokenEndpoint',
      'secretName',
      'SECRET_ID',
      'accessTokenLifetime',
      'key',
    ],
    ...[
      'PRIMARY_KEY',
      'publicKey',
      'tokenReviewUrl',
      'PASSWORD_HASH',
      'checksum/secret',
      'bypass',
      'compass',
      'keyboard',
      'author',
    ],
    ...['token_public_key', 'AUTH_ENABLED', 'secretRef', ''],
  ])('not %s', (name) => expect(isSecretName(name)).toBe(false));
});

describe('values that look like one', () => {
  test.each([
    ...[
      'tR7#kq9Lw2vX',
      '39528$vdg7Jb',
      'Kj8$pQz!mN4',
      'wJ4lrXUtn9EMI/K7MDENG/bPxRfi2YqX3vT5kLzc',
      'a8f5f167f44f4964e6c998dee827110c',
    ],
    ...[
      'dGhpc2lzYXNlY3JldDEyMzQ1Njc4OTA5OA==',
      '96Ah/a2g0/nLeFGK+d/0tzQcccf9hCEIy34PoXX2Qg8=',
      'S3cr3t-Kq9Lw2vX',
      '1f2d1e2e67df',
    ],
  ])('%s', (value) => expect(isRandomLooking(value)).toBe(true));

  test.each([
    ...[
      '',
      'short1A',
      'password',
      'Password123!',
      'changeme',
      'change-me-please',
      'REPLACE_ME',
      'admin123',
      'supersecret',
      'hunter',
    ],
    ...[
      '<token>',
      '<your-token-here>',
      '${TOKEN}',
      '$(TOKEN)',
      '{{ .Values.token }}',
      '%TOKEN%',
      '__TOKEN__',
      '@TOKEN@',
      'xxxxxxxxxxxx',
    ],
    ...[
      '**SOPS**',
      'ENC[AES256_GCM,data:a8F3kQ==]',
      'vault:secret/data/shop#k3y',
      'ref+vault://shop/k3y',
      'op://shop/db/k3y',
      '1234567890',
    ],
    ...[
      '/var/run/secrets/t0k3n/a1',
      './c0nf1g/t0k3n',
      'https://shop.example/t0k3n?x=1y2z',
      'shop-db-2-credentials',
      'redis-ha-token-7',
    ],
    ...[
      'mySecretTokenName',
      'someLongIdentifier',
      'kubernetes.io/service-account-token',
      'web@shop1.example.com',
      'db-0.db.shop.svc',
      'v1.24.3-rc1',
    ],
    ...['6f1c2b9e-4a7d-4f0b-9c3e-8d5a1b2c3d4e', `sha256:${'3f9a'.repeat(16)}`, `shop@sha256:${'3f9a'.repeat(16)}`],
    ...[
      '$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy',
      '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
      'a word and 2 more',
    ],
    ...[
      '10.0.0.1:8080',
      '2026-01-31T12:00:00Z',
      'true',
      '30m',
      'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-a1B2c3',
    ],
  ])('not %s', (value) => expect(isRandomLooking(value)).toBe(false));

  test('neither the name nor the look is enough alone', () => {
    expect(findSecret('DB_PASSWORD', 'tR7#kq9Lw2vX')).toMatchObject({ label: 'what looks like a password' });
    expect(findSecret('DB_PASSWORD', 'shop')).toBeUndefined();
    expect(findSecret('BUILD', 'tR7#kq9Lw2vX')).toBeUndefined();
  });

  test('what is found holds nothing of the secret', () => {
    expect(JSON.stringify(findSecret('DB_PASSWORD', 'tR7#kq9Lw2vX'))).not.toContain('tR7');
    expect(JSON.stringify(findSecret('URL', 'redis://:tR7kq9Lw2vX@cache'))).not.toContain('tR7');
  });
});

test('placeholders are told by what they say, long texts by nothing', () => {
  expect(isPlaceholder('your-api-key-here')).toBe(true);
  expect(isPlaceholder('quoByt3-shop')).toBe(false);
  expect(isPlaceholder('a'.repeat(100_000))).toBe(false);
});

test('entropy counts bits per character', () => {
  expect(getEntropy('aaaa')).toBe(0);
  expect(getEntropy('abab')).toBe(1);
  expect(getEntropy('abcd')).toBe(2);
});
