import { describe, expect, test } from 'vitest';
import type { Rule } from '../../../server/src/engine/rule';
import secretCommitted from '../../../server/src/rules/secrets/secret-committed';
import secretDataNotBase64 from '../../../server/src/rules/secrets/secret-data-not-base64';
import secretInAnnotation from '../../../server/src/rules/secrets/secret-in-annotation';
import secretInArgs from '../../../server/src/rules/secrets/secret-in-args';
import secretInConfigMap from '../../../server/src/rules/secrets/secret-in-config-map';
import secretInEnvValue from '../../../server/src/rules/secrets/secret-in-env-value';
import { check } from '../../harness/check';
import { applyFix, inspect } from '../../harness/inspect';

const PASSWORD = 'tR7#kq9Lw2vX';
const TOKEN = ['gh', 'p_', 'qT7mZ2xK9vB4nR8sW3yH6jL1pD5gF0cAeUiO'].join('');
const BODY = 'qT7mZ2xK9vB4nR8sW3yH6jL1pD5gF0cAeUiOqT7mZ2xK9vB4nR8sW3yH6jL1pD5g';
const PEM = ['-----BEGIN ', 'PRIVATE KEY-----\n', `${BODY}\n${BODY}\n`, '-----END ', 'PRIVATE KEY-----\n'].join('');

const indent = (text: string, width: number) => text.trim().replace(/^(?=.)/gm, ' '.repeat(width));
const pod = (container: string) => `apiVersion: v1
kind: Pod
metadata:
  name: web # of the shop
  namespace: shop
spec:
  automountServiceAccountToken: false
  containers:
    - name: web
      image: registry.example.com/web:1.4.2
${indent(container, 6)}
`;
const configMap = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n${indent(data, 2)}\n`;
const secret = (lines: string, metadata = '') =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\n  namespace: shop\n${metadata}${lines.trim()}\n`;

const cases: readonly [Rule, readonly [what: string, text: string, findings: number][]][] = [
  [
    secretInEnvValue,
    [
      [
        'in two containers and an init container',
        `${pod(`env:\n- name: DB_PASSWORD # the shop's\n  value: ${PASSWORD}`)}    - name: side\n      image: registry.example.com/side:1.0.0\n      env:\n        - name: DB_PASSWORD\n          value: aB3$other9Zq\n  initContainers:\n    - name: migrate\n      image: registry.example.com/web:1.4.2\n      env:\n        - {name: GIT_TOKEN, value: ${TOKEN}}\n`,
        3,
      ],
      ['by its format, under any name', pod(`env:\n- name: SOURCE\n  value: ${TOKEN}`), 1],
      ['a URL', pod('env:\n- name: DATABASE\n  value: postgres://web:tR7kq9Lw2vX@db/web'), 1],
      ['quoted, with a comment', pod(`env:\n- name: API_KEY\n  value: "tR7kq9Lw2vX5" # rotate me`), 1],
      [
        'options, connection strings, JSON and a file',
        pod(
          `env:\n- name: JAVA_OPTS\n  value: -Xmx1g -Ddb.password=${PASSWORD}\n- name: DB\n  value: Server=db;User Id=web;Password=${PASSWORD};Encrypt=true\n- name: MYSQL\n  value: web:${PASSWORD}@tcp(db:3306)/web\n- name: CONFIG\n  value: '{"user":"web","password":"${PASSWORD}"}'\n- name: INI\n  value: |\n    password = ${PASSWORD}\n- name: WITH_OTHERS\n  value: postgres://web:tR7kq9Lw2vX@\${HOST}/web`,
        ),
        5,
      ],
      [
        'words and references',
        pod(
          'env:\n- name: DB_PASSWORD\n  value: changeme\n- name: DB_PASSWORD_FILE\n  value: /run/secrets/db-1a2b3c\n- name: TOKEN\n  value: $(OTHER)\n- name: API_TOKEN\n  value: ${API_TOKEN}',
        ),
        0,
      ],
      [
        'a hash, a UUID, a number',
        pod(
          'env:\n- name: TOKEN_SHA\n  value: 3f9a1c2b9e4a7d4f0b9c3e8d5a1b2c3d\n- name: CLIENT_SECRET\n  value: 6f1c2b9e-4a7d-4f0b-9c3e-8d5a1b2c3d4e\n- name: PASSWORD\n  value: "12345678"',
        ),
        0,
      ],
    ],
  ],
  [
    secretInArgs,
    [
      ['an option with its value', pod(`args:\n- serve\n- --db-password=${PASSWORD} # no`), 1],
      ['an option before its value', pod(`command: [serve]\nargs:\n- --token\n- tR7kq9Lw2vX5`), 1],
      [
        'within a script',
        pod(`command: [sh, -c]\nargs:\n- |\n  set -e\n  export DB_PASSWORD=${PASSWORD}\n  serve --fast`),
        1,
      ],
      [
        'a header',
        pod(`command:\n- sh\n- -c\n- "curl -H 'Authorization: Bearer tR7kq9Lw2vX5mB8z' https://api.example.com"`),
        1,
      ],
      [
        'with a variable of the name',
        pod(`env:\n- name: DB_PASSWORD\n  value: none\nargs:\n- --db-password=${PASSWORD}`),
        1,
      ],
      [
        'probes, hooks and headers',
        pod(
          `livenessProbe:\n  exec:\n    command: [check, --password=${PASSWORD}]\nreadinessProbe:\n  httpGet:\n    port: 8080\n    httpHeaders:\n      - name: Authorization\n        value: Bearer tR7kq9Lw2vX5mB8z\nlifecycle:\n  preStop:\n    exec:\n      command: [stop, ${TOKEN}]`,
        ),
        3,
      ],
      [
        'nothing',
        pod(
          'args:\n- --token-file=/var/run/secrets/t0k3n/a1b2\n- --db-password=$(DB_PASSWORD)\n- --image=shop@sha256:3f9a1c2b9e4a7d4f0b9c3e8d5a1b2c3d\n- --secret-name=shop-db-2-credentials',
        ),
        0,
      ],
    ],
  ],
  [
    secretInConfigMap,
    [
      ['whole values', configMap(`token: ${TOKEN}\ndb-password: ${PASSWORD}\nmode: fast`), 2],
      ['a key within a file', configMap(`id: |\n${indent(PEM, 2)}`), 1],
      [
        'one line among others',
        configMap(`app.yaml: |\n  db:\n    host: db\n    password: ${PASSWORD}\n  token: \${TOKEN}`),
        1,
      ],
      [
        'one line, JSON in one line, an address with a query, XML',
        configMap(
          `one.ini: |\n  password = ${PASSWORD}\nb.json: '{"user":"web","password":"${PASSWORD}","n":1}'\nc.txt: https://example.com/hook?api_token=tR7kq9Lw2vX5&x=1\nd.xml: |\n  <db>\n    <password>${PASSWORD}</password>\n  </db>`,
        ),
        4,
      ],
      [
        'public things',
        configMap(
          'ca.crt: |\n  -----BEGIN CERTIFICATE-----\n  MIIBhTCCASugAwIBAgIQIRi6zePL6mKjOipn\n  -----END CERTIFICATE-----\nknown_hosts: github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\nserver.secretkey: argocd-2-secret',
        ),
        0,
      ],
    ],
  ],
  [
    secretInAnnotation,
    [
      [
        'of the object and of its pods',
        `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n  annotations:\n    example.com/token: ${TOKEN} # old\nspec:\n  selector:\n    matchLabels:\n      app: web\n  template:\n    metadata:\n      labels:\n        app: web\n      annotations:\n        example.com/api-key: tR7kq9Lw2vX5\n    spec:\n      automountServiceAccountToken: false\n      containers:\n        - name: web\n          image: registry.example.com/web:1.4.2\n`,
        2,
      ],
      [
        'a snippet of configuration',
        `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    example.com/snippet: |\n      set $a b;\n      proxy_set_header Authorization "Bearer tR7kq9Lw2vX5mB8z";\nspec:\n  selector:\n    app: web\n`,
        1,
      ],
      [
        "kubectl's copy of a Secret",
        secret(
          'data:\n  host: ZGI=',
          '  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: |\n      {"apiVersion":"v1","data":{"host":"ZGI="},"kind":"Secret"}\n',
        ),
        1,
      ],
      [
        'names and checksums',
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    checksum/secret: 3f9a1c2b9e4a7d4f0b9c3e8d5a1b2c3d3f9a1c2b9e4a7d4f0b9c3e8d5a1b2c3d\n    nginx.ingress.kubernetes.io/auth-secret: shop/basic-2-auth\n',
        0,
      ],
    ],
  ],
  [
    secretCommitted,
    [
      ['encoded', secret(`type: Opaque\ndata:\n  password: ${btoa(PASSWORD)}\n  username: d2Vi`), 1],
      ['in plain text', secret(`stringData:\n  url: postgres://web:tR7kq9Lw2vX@db/web`), 1],
      ['both', secret(`stringData:\n  password: ${PASSWORD}\ndata:\n  token: ${btoa(TOKEN)}`), 1],
      [
        'a key pair',
        secret(
          `type: kubernetes.io/tls\ndata:\n  tls.crt: ${btoa('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')}\n  tls.key: ${btoa(PEM)}`,
        ),
        1,
      ],
      [
        'a registry',
        secret(
          `type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${btoa(JSON.stringify({ auths: { 'registry.example.com': { auth: btoa(`web:${PASSWORD}`) } } }))}`,
        ),
        1,
      ],
      [
        'a long random value of any name',
        secret('stringData:\n  value: 96Ah/a2g0/nLeFGK+d/0tzQcccf9hCEIy34PoXX2Qg8='),
        1,
      ],
      [
        'placeholders',
        secret(
          'stringData:\n  password: changeme\n  token: <token>\n  key: ${KEY}\n  empty: ""\ndata:\n  password: cGFzc3dvcmQ=\n  other: ',
        ),
        0,
      ],
      [
        'what is no secret',
        secret(
          `stringData:\n  username: web\n  host: db.shop.svc\n  tls.crt: ${btoa('-----BEGIN CERTIFICATE-----\nMIIB')}\n  auth: web:$apr1$H6uskkkW$IgXLP6ewTrSuBkTrqE8wj/`,
        ),
        0,
      ],
      [
        'encrypted by SOPS',
        secret(
          `data:\n  password: ENC[AES256_GCM,data:tR7kq9Lw2vX5,iv:a1b2,tag:c3d4,type:str]\nsops:\n  version: 3.9.0`,
        ),
        0,
      ],
      ['empty', secret('type: Opaque'), 0],
      [
        'a SealedSecret',
        `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: db\nspec:\n  encryptedData:\n    password: AgBy3i4OJSWK+PiTySYZZA9rO43cGDEq\n`,
        0,
      ],
    ],
  ],
  [
    secretDataNotBase64,
    [
      ['plain text', secret('data:\n  host: db.shop.example # plain\n  port: NTQzMg=='), 1],
      ['a number and a boolean', secret('data:\n  port: 5432\n  tls: true'), 2],
      ['without its padding', secret('data:\n  host: ZGIuc2hvcC5leGFtcGxlLm9y'.slice(0, -2)), 1],
      ['with stringData of the key', secret('data:\n  host: db.shop\nstringData:\n  port: "5432"'), 1],
      [
        'encoded, over several lines, empty, to be filled in',
        secret('data:\n  a: ZGI=\n  b: |\n    ZGIuc2hv\n    cC5leGFtcGxl\n  c: ""\n  d: <base64>\n  e: ${HOST}\n  f:'),
        0,
      ],
    ],
  ],
];

describe.each(cases.map(([rule, list]) => [rule.id, rule, list] as const))('%s', (_, rule, list) => {
  test.each(list)('%s', (_what, text, findings) => check(rule, text, findings));

  test.each(list)('%s: nothing that is said shows a secret', (_what, text) => {
    for (const { message, related, fixes, finding } of inspect(rule, text)) {
      const said = JSON.stringify([message, related, fixes, finding.key]);
      for (const shown of [PASSWORD, TOKEN, BODY, btoa(PASSWORD), 'tR7', 'qT7m', 'Qg8='])
        expect(said).not.toContain(shown);
    }
  });

  test.each(list)('%s: what is pointed at is not the secret', (_what, text) => {
    for (const { text: shown } of inspect(rule, text)) expect(shown).not.toMatch(/tR7|qT7m|96Ah|ghp_q|BEGIN/);
  });
});

describe('words', () => {
  const messages = (rule: Rule, text: string) =>
    inspect(rule, text).map(({ message, severity }) => `${severity}: ${message}`);

  test('say what it is and where', () => {
    expect(
      messages(
        secretInEnvValue,
        pod(`env:\n- {name: GIT, value: ${TOKEN}}\n- {name: DB_PASSWORD, value: ${PASSWORD}}`),
      ),
    ).toEqual([
      'error: The variable "GIT" of container "web" holds a GitHub token in plain text.',
      'warning: The variable "DB_PASSWORD" of container "web" holds what looks like a password in plain text.',
    ]);
    expect(messages(secretInConfigMap, configMap(`app.ini: |\n  [db]\n  password = ${PASSWORD}`))).toEqual([
      'warning: The key "app.ini" of ConfigMap "web" holds what looks like a password in plain text (line 2 of its value, "password").',
    ]);
    expect(messages(secretCommitted, secret(`stringData:\n  password: ${PASSWORD}\n  git: ${TOKEN}`))).toEqual([
      'error: Secret "db" holds a GitHub token under "git", and real values for "password": whoever can read this file or its history has it.',
    ]);
  });
});

describe('fixes', () => {
  test('the value of a variable goes, and nothing else says it', () => {
    const title = 'Read it from Secret "web-secrets", and add an ExternalSecret that makes it';
    const files = applyFix(secretInEnvValue, pod(`env:\n- name: DB_PASSWORD\n  value: ${PASSWORD}`), title);
    const text = Object.values(files).join();
    expect(text).not.toContain(PASSWORD);
    expect(text).toContain(
      '      env:\n      - name: DB_PASSWORD\n        valueFrom:\n          secretKeyRef:\n            name: web-secrets\n            key: DB_PASSWORD\n',
    );
    expect(text).toContain('kind: ExternalSecret\nmetadata:\n  name: web-secrets\n  namespace: shop\n');
  });

  test('two values of one name get two keys', () => {
    const two = `${pod(`env:\n- name: API_KEY\n  value: tR7kq9Lw2vX5`)}    - name: side\n      image: registry.example.com/side:1.0.0\n      env:\n        - name: API_KEY\n          value: aB3kq9Lw2vX5\n`;
    expect(inspect(secretInEnvValue, two).map(({ fixes }) => fixes[0])).toEqual([
      'Read it from key "API_KEY" of Secret "web-secrets"',
      'Read it from key "side.API_KEY" of Secret "web-secrets"',
    ]);
  });

  test('an argument takes it from a variable', () => {
    const title = 'Read it from the variable DB_PASSWORD and Secret "web-secrets"';
    const text = Object.values(applyFix(secretInArgs, pod(`args:\n- --db-password=${PASSWORD}`), title)).join();
    expect(text).toContain('- --db-password=$(DB_PASSWORD)\n');
    expect(text).toContain('      - name: DB_PASSWORD\n        valueFrom:\n');
  });

  test('a Secret becomes an ExternalSecret of all its keys', () => {
    const title = 'Turn it into an ExternalSecret, without the values';
    const text = Object.values(
      applyFix(
        secretCommitted,
        secret(`type: kubernetes.io/basic-auth\nstringData:\n  username: web\n  password: ${PASSWORD}`),
        title,
      ),
    ).join();
    expect(text).toMatch(
      /^apiVersion: external-secrets.io\/v1\nkind: ExternalSecret\nmetadata:\n {2}name: db\n {2}namespace: shop\nspec:\n/,
    );
    expect(text).toMatch(/type: kubernetes.io\/basic-auth/);
    expect(text.match(/secretKey: \w+/g)).toEqual(['secretKey: username', 'secretKey: password']);
    expect(text).not.toContain(PASSWORD);
  });

  test('or a SealedSecret of all its keys, without a value', () => {
    const title = 'Turn it into a SealedSecret, to be filled in with what kubeseal gives';
    const text = secret(`type: kubernetes.io/basic-auth\nstringData:\n  username: web\n  password: ${PASSWORD}`);
    const [fixed = ''] = Object.values(applyFix(secretCommitted, text, title));
    expect(fixed).toMatch(/^apiVersion: bitnami.com\/v1alpha1\nkind: SealedSecret\nmetadata:\n {2}name: db\n/);
    expect(fixed.match(/\w+: REPLACE-[A-Z-]+/g)).toEqual([
      'username: REPLACE-WITH-THE-OUTPUT-OF-KUBESEAL',
      'password: REPLACE-WITH-THE-OUTPUT-OF-KUBESEAL',
    ]);
    expect(fixed).toMatch(/template:\n {4}type: kubernetes.io\/basic-auth\n/);
    expect(fixed).not.toContain(PASSWORD);
  });

  test('base64 without its padding is mended where it stands, other text is moved', () => {
    expect(inspect(secretDataNotBase64, secret('data:\n  host: ZGIuc2hvcA'))[0]?.fixes).toEqual(['Mend the base64']);
    expect(inspect(secretDataNotBase64, secret('data:\n  host: db-shop'))[0]?.fixes).toEqual(['Move it to stringData']);
  });
});

test('what a comment says is to be replaced is none yet, unless its format says so', () => {
  const variables = pod(
    `env:\n- name: API_KEY # REQUIRED: replace with your key\n  value: tR7kq9Lw2vX5\n- name: DB_PASSWORD\n  value: ${PASSWORD} # change this\n- name: GIT\n  value: ${TOKEN} # replace this`,
  );
  expect(inspect(secretInEnvValue, variables).map(({ text }) => text)).toEqual(['GIT']);
  const committed = secret(`stringData:\n  password: ${PASSWORD} # replace it by your own\n  git: ${TOKEN}`);
  expect(inspect(secretCommitted, committed.replace(/ {2}git: .*\n/, ''))).toEqual([]);
  expect(inspect(secretCommitted, committed).map(({ text }) => text)).toEqual(['git']);
});
