import { expect, test } from 'vitest';
import { readFacts } from '../../../server/src/model/workspace/read-facts';
import { readSource } from '../../../server/src/syntax/source-file';

/** Kind, namespace, name and keys of the Secrets and ConfigMaps that a text holds or makes. */
const read = (text: string) =>
  readSource(text, 'yaml').documents.flatMap(({ tree }) =>
    readFacts(tree).facts.flatMap((fact) => {
      if (fact.topic !== 'data') return [];
      const { kind, name, namespace, keys } = fact.value;
      return [`${kind} ${namespace ?? '-'}/${name}: ${keys?.join(' ') ?? '?'}`];
    }),
  );
const object = (apiVersion: string, kind: string, lines: string, namespace = '  namespace: shop\n') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: db\n${namespace}${lines}\n`;

test.each([
  ['a Secret', object('v1', 'Secret', 'data:\n  a: YQ==\nstringData:\n  b: b'), ['Secret shop/db: a b']],
  ['an empty Secret', object('v1', 'Secret', 'type: Opaque'), ['Secret shop/db: ?']],
  [
    'a token',
    object('v1', 'Secret', 'type: kubernetes.io/service-account-token\ndata:\n  a: YQ=='),
    ['Secret shop/db: ?'],
  ],
  [
    'a Secret with a template for a key',
    object('v1', 'Secret', 'data:\n  a: YQ==\n  ${KEY}: YQ=='),
    ['Secret shop/db: ?'],
  ],
  ['a ConfigMap', object('v1', 'ConfigMap', 'data:\n  a: a\nbinaryData:\n  b: Yg=='), ['ConfigMap shop/db: a b']],
  ['no namespace', object('v1', 'ConfigMap', 'data:\n  a: a', ''), ['ConfigMap -/db: a']],
  [
    'a SealedSecret',
    object(
      'bitnami.com/v1alpha1',
      'SealedSecret',
      'spec:\n  encryptedData:\n    a: Ag\n  template:\n    data:\n      b: b',
    ),
    ['Secret shop/db: a b'],
  ],
  [
    'an ExternalSecret',
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'spec:\n  target:\n    name: other\n  data:\n    - secretKey: a',
    ),
    ['Secret shop/other: a'],
  ],
  [
    'an ExternalSecret with a template',
    object(
      'external-secrets.io/v1',
      'ExternalSecret',
      'spec:\n  target:\n    template:\n      data:\n        url: x\n  data:\n    - secretKey: a',
    ),
    ['Secret shop/db: a url'],
  ],
  [
    'an ExternalSecret of a whole entry',
    object('external-secrets.io/v1', 'ExternalSecret', 'spec:\n  dataFrom:\n    - extract: {key: db}'),
    ['Secret shop/db: ?'],
  ],
  [
    'one for many namespaces',
    object(
      'external-secrets.io/v1',
      'ClusterExternalSecret',
      'spec:\n  externalSecretName: all\n  externalSecretSpec:\n    data:\n      - secretKey: a',
      '',
    ),
    ['Secret -/all: a'],
  ],
  [
    'a Certificate',
    object('cert-manager.io/v1', 'Certificate', 'spec:\n  secretName: tls'),
    ['Secret shop/tls: tls.crt tls.key ca.crt'],
  ],
  [
    'an Ingress that cert-manager serves',
    object(
      'networking.k8s.io/v1',
      'Ingress',
      'spec:\n  tls:\n    - secretName: tls',
      '  namespace: shop\n  annotations:\n    cert-manager.io/cluster-issuer: acme\n',
    ),
    ['Secret shop/tls: ?'],
  ],
  [
    'the CSI driver',
    object(
      'secrets-store.csi.x-k8s.io/v1',
      'SecretProviderClass',
      'spec:\n  secretObjects:\n    - secretName: synced\n      data:\n        - key: a',
    ),
    ['Secret shop/synced: a'],
  ],
  [
    'the Vault operator',
    object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', 'spec:\n  destination:\n    name: made'),
    ['Secret shop/made: ?'],
  ],
  [
    'Crossplane',
    object(
      'rds.aws.crossplane.io/v1',
      'Instance',
      'spec:\n  writeConnectionSecretToRef:\n    name: made\n    namespace: till',
      '',
    ),
    ['Secret till/made: ?'],
  ],
  [
    'generators of kustomize',
    'kind: Kustomization\nnamespace: shop\nsecretGenerator:\n  - name: s\n    literals: [a=1]\n    files: [b.txt=x/y, dir/c.pem]\nconfigMapGenerator:\n  - name: m\n    envs: [.env]\n  - name: more\n    behavior: merge\n    literals: [a=1]\n',
    ['Secret shop/s: a b.txt c.pem', 'ConfigMap shop/m: ?', 'ConfigMap shop/more: ?'],
  ],
])('%s', (_what, text, expected) => {
  expect(read(text)).toEqual(expected);
});
