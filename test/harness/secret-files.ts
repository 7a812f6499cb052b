// Files with a secret in every place that rules read, alone and beside other faults. The secrets are made up, and put together
// here so that no scanner takes this file for what it tests.

const PASSWORD = 'tR7#kq9Lw2vX';
const OTHER_PASSWORD = 'aB3$zq8Nw5yK';
const TOKEN = ['gh', 'p_', 'qT7mZ2xK9vB4nR8sW3yH6jL1pD5gF0cAeUiO'].join('');
const KEY_ID = ['AK', 'IA', 'Q7RZ2XK4VB5NRWSM'].join('');
const SECRET_KEY = 'wJ7rXUtnF3MI/K9MDENG/bPxRfiCYz4QpL2vN8sT';
const BODY = 'qT7mZ2xK9vB4nR8sW3yH6jL1pD5gF0cAeUiOqT7mZ2xK9vB4nR8sW3yH6jL1pD5g';
const PEM = ['-----BEGIN ', 'PRIVATE KEY-----\n', `${BODY}\n${BODY}\n`, '-----END ', 'PRIVATE KEY-----\n'].join('');
const URL_PASSWORD = 'mK4xTz9QrB7w';
const DSN = `postgres://web:${URL_PASSWORD}@db.shop/web`;
const DOCKER_PASSWORD = 'hG6vLp2XsD8n';
const DOCKER = JSON.stringify({ auths: { 'registry.example.com': { auth: btoa(`web:${DOCKER_PASSWORD}`) } } });

const PLAIN = [PASSWORD, OTHER_PASSWORD, TOKEN, KEY_ID, SECRET_KEY, BODY, URL_PASSWORD, DOCKER_PASSWORD];

/** Every secret of the files in every form in which it stands there: as it is, encoded, encoded twice. */
export const SECRETS: readonly string[] = [
  ...PLAIN.flatMap((text) => [text, btoa(text), btoa(`${text}\n`), btoa(btoa(text))]),
  ...[PEM, DSN, DOCKER].map((text) => btoa(text)),
];

const FRAGMENT = 8;

/** The secrets of which a part can be read in a text. */
export function findShown(text: string): string[] {
  return SECRETS.filter((secret) => {
    for (let at = 0; at + FRAGMENT <= secret.length; at += 2) {
      if (text.includes(secret.slice(at, at + FRAGMENT))) return true;
    }
    return false;
  });
}

const indent = (text: string, width: number) => text.trim().replace(/^(?=.)/gm, ' '.repeat(width));
const pod = (name: string, container: string, spec = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: shop\nspec:\n${spec && `${indent(spec, 2)}\n`}  containers:\n    - name: web\n      image: nginx\n${indent(container, 6)}\n`;
const object = (apiVersion: string, kind: string, name: string, lines: string, annotations = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  namespace: shop\n${annotations && `  annotations:\n${indent(annotations, 4)}\n`}${lines.trim()}\n`;
const secret = (name: string, lines: string, annotations = '') => object('v1', 'Secret', name, lines, annotations);

const ENVIRONMENT = pod(
  'environment',
  `env:\n- name: DB_PASSWORD\n  value: "${PASSWORD}"\n- name: DB_PASSWORD\n  value: ${OTHER_PASSWORD}\n- {name: SOURCE, value: ${TOKEN}}\n- name: DSN\n  value: ${DSN}\n- name: AWS_ACCESS_KEY_ID\n  value: ${KEY_ID}\n- name: AWS_SECRET_ACCESS_KEY\n  value: ${SECRET_KEY}`,
);
const ARGUMENTS = pod(
  'arguments',
  `command: [sh, -c]\nargs:\n- |\n  set -e\n  sudo -u root login --password=${PASSWORD} && export API_TOKEN=${TOKEN}\n- --db-password=${OTHER_PASSWORD}\n- --token\n- tR7kq9Lw2vX5\n- ${TOKEN}\nlivenessProbe:\n  exec:\n    command: [sudo, check, --password=${PASSWORD}]\nreadinessProbe:\n  httpGet:\n    host: ${DSN}\n    port: 8080\n    httpHeaders:\n      - name: Authorization\n        value: Bearer ${TOKEN}\nlifecycle:\n  preStop:\n    exec:\n      command: [stop, ${TOKEN}]`,
);
const DATA = [
  secret(
    'data',
    `type: Opaque\ndata:\n  password: ${btoa(PASSWORD)}\n  twice: ${btoa(btoa(PASSWORD))}\n  line: ${btoa(`${OTHER_PASSWORD}\n`)}\n  plain: ${OTHER_PASSWORD}\n  padding: ${btoa(URL_PASSWORD).replace(/=+$/, '')}A\n  number: 1234\n  dsn: ${btoa(DSN)}\n  tls.key: ${btoa(PEM)}\n  password: ${btoa(OTHER_PASSWORD)}\nstringData:\n  encoded: ${btoa(PASSWORD)}\n  block: |\n    ${PASSWORD}\n  token: ${TOKEN}`,
    `kubectl.kubernetes.io/last-applied-configuration: |\n  {"apiVersion":"v1","data":{"password":"${btoa(PASSWORD)}"},"kind":"Secret"}`,
  ),
  secret('registry', `type: kubernetes.io/dockerconfigjson\ndata:\n  .dockerconfigjson: ${btoa(DOCKER)}`),
  secret(
    'legacy',
    `type: kubernetes.io/service-account-token\ndata:\n  token: ${btoa(TOKEN)}`,
    'kubernetes.io/service-account.name: web',
  ),
].join('---\n');
const MAPS = [
  object(
    'v1',
    'ConfigMap',
    'settings',
    `data:\n  db-password: ${PASSWORD}\n  source: ${TOKEN}\n  dsn: ${DSN}\n  db-password: ${OTHER_PASSWORD}\n  app.properties: |\n    mode=fast\n    db.password=${OTHER_PASSWORD}\n  id: |\n${indent(PEM, 4)}`,
  ),
  object(
    'v1',
    'Service',
    'web',
    'spec:\n  selector:\n    app: web',
    `example.com/api-token: ${TOKEN}\nexample.com/password: ${PASSWORD}`,
  ),
].join('---\n');
const OTHERS = [
  object(
    'helm.toolkit.fluxcd.io/v2',
    'HelmRelease',
    'shop',
    `spec:\n  values:\n    db:\n      password: "${PASSWORD}"\n    env:\n      - name: TOKEN\n        value: ${TOKEN}\n    config: |\n      token = ${TOKEN}\n      password: ${OTHER_PASSWORD}`,
  ),
  object('example.com/v1', 'Mirror', 'shop', `spec:\n  from: ${DSN}\n  args:\n    - --api-token=${TOKEN}`),
].join('---\n');
// Everything on one line, faults of every other kind included.
const ONE_LINE = `${JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'line', namespace: 'shop', annotations: { 'example.com/token': TOKEN } },
  spec: {
    hostNetwork: true,
    containers: [
      {
        name: 'web',
        image: 'nginx',
        securityContext: { privileged: true },
        env: [
          { name: 'DB_PASSWORD', value: PASSWORD },
          { name: 'DSN', value: DSN },
        ],
        args: [`--password=${OTHER_PASSWORD}`],
      },
    ],
  },
})}\n`;
const FLOW = `{apiVersion: v1, kind: Pod, metadata: {name: flow, namespace: shop}, spec: {hostPID: true, containers: [{name: web, image: nginx, env: [{name: DB_PASSWORD, value: ${OTHER_PASSWORD}}], command: [sudo, run, "--password=${PASSWORD}"]}]}}\n`;

/** Files by their names. */
export const SECRET_FILES: Readonly<Record<string, string>> = {
  'environment.yaml': ENVIRONMENT,
  'environment.crlf.yaml': ENVIRONMENT.replace('name: environment', 'name: crlf').replaceAll('\n', '\r\n'),
  'arguments.yaml': ARGUMENTS,
  'data.yaml': DATA,
  'maps.yaml': MAPS,
  'others.yaml': OTHERS,
  'kustomization.yaml': `kind: Kustomization\nsecretGenerator:\n  - name: db\n    literals:\n      - password=${PASSWORD}\n      - ${TOKEN}\n`,
  'values.yaml': `db: {password: ${PASSWORD}, user: web}\n`,
  'line.json': ONE_LINE,
  'flow.yaml': FLOW,
  Dockerfile: `FROM nginx\nENV DB_PASSWORD=${PASSWORD}\nRUN curl -H "Authorization: Bearer ${TOKEN}" https://example.com\n`,
  // What cannot be read is said, too.
  'broken.yaml': `${secret('broken', `stringData:\n  password: "${PASSWORD}`)}  token: ${TOKEN}\n`,
  'broken.json': `{"apiVersion":"v1","kind":"Secret","stringData":{"password":"${PASSWORD}",,"token":"${TOKEN}"}}\n`,
  'template.yaml': `apiVersion: v1\nkind: Secret\n{{- if .Values.on }}\nstringData:\n  password: ${PASSWORD}\n  token: ${TOKEN}\n  url: ${DSN}\n  tls.key: |\n${indent(PEM, 4)}\n{{- end }}\n`,
};
