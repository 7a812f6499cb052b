import type { Ref } from '../../syntax/ref';
import { followSteps } from './pod-routes';
import type { Resource } from './resource';

/** A Secret or ConfigMap that a controller makes of another object. */
export interface MadeObject {
  readonly kind: 'Secret' | 'ConfigMap';
  /** The scalar that names it. */
  readonly name: Ref;
  readonly namespace: string | undefined;
  /** The keys that it will have; undefined where they are not known here. */
  readonly keys: readonly string[] | undefined;
}

/** Group, kinds, and the route of the scalar that names the Secret. Source: the types of each project's API. */
const NAMED: readonly (readonly [group: string, kinds: readonly string[], path: string])[] = [
  ['cert-manager.io', ['Issuer', 'ClusterIssuer'], 'spec.acme.privateKeySecretRef.name'],
  ['secrets.hashicorp.com', ['VaultStaticSecret', 'VaultDynamicSecret', 'VaultPKISecret'], 'spec.destination.name'],
  ['secrets.hashicorp.com', ['HCPVaultSecretsApp'], 'spec.destination.name'],
  ['onepassword.com', ['OnePasswordItem'], 'metadata.name'],
  ['secrets.infisical.com', ['InfisicalSecret'], 'spec.managedSecretReference.secretName'],
  ['secrets.infisical.com', ['InfisicalSecret'], 'spec.managedKubeSecretReferences.*.secretName'],
  ['secrets.doppler.com', ['DopplerSecret'], 'spec.managedSecret.name'],
  ['k8s.bitwarden.com', ['BitwardenSecret'], 'spec.secretName'],
  ['isindir.github.com', ['SopsSecret'], 'spec.secretTemplates.*.name'],
];

/** The Secrets and ConfigMaps that operators and controllers make of an object of theirs, as far as it names them. */
export function readMadeObjects(resource: Resource): MadeObject[] {
  const { group, kind, metadata, root, spec, namespace } = resource;
  const made: MadeObject[] = [];
  const add = (name: Ref, keys?: readonly string[], home = namespace) =>
    made.push({ kind: 'Secret', name, namespace: home, keys });
  if (group === 'bitnami.com' && kind === 'SealedSecret') {
    const [sealed, plain] = [spec.get('encryptedData'), spec.get('template', 'data')];
    add(metadata.get('name'), sealed.isUnknown || plain.isUnknown ? undefined : [...sealed.keys(), ...plain.keys()]);
  }
  if (group === 'external-secrets.io' && kind === 'ExternalSecret') {
    add(readTargetName(spec, metadata.get('name')), readExternalKeys(spec));
  }
  if (group === 'external-secrets.io' && kind === 'ClusterExternalSecret') {
    const own = spec.get('externalSecretName');
    const inner = spec.get('externalSecretSpec');
    add(readTargetName(inner, own.isWritten ? own : metadata.get('name')), readExternalKeys(inner), undefined);
  }
  if (group === 'cert-manager.io' && kind === 'Certificate') {
    const hasMore = spec.get('keystores').isWritten || spec.get('additionalOutputFormats').isWritten;
    add(spec.get('secretName'), hasMore ? undefined : ['tls.crt', 'tls.key', 'ca.crt']);
  }
  if (group === 'secrets-store.csi.x-k8s.io' && kind === 'SecretProviderClass') {
    for (const item of spec.get('secretObjects').items()) {
      const keys = item.get('data').items();
      add(item.get('secretName'), toKnown(keys.map((one) => one.get('key'))));
    }
  }
  if (group === 'trust.cert-manager.io' && kind === 'Bundle') {
    for (const type of ['Secret', 'ConfigMap'] as const)
      made.push({ kind: type, name: metadata.get('name'), namespace: undefined, keys: undefined });
  }
  for (const [ownGroup, kinds, path] of NAMED) {
    if (group !== ownGroup || !kinds.includes(kind)) continue;
    for (const name of followSteps(root, path)) add(name, undefined, kind === 'ClusterIssuer' ? undefined : namespace);
  }
  // Every managed resource of Crossplane, and the claims for it.
  const connection = spec.get('writeConnectionSecretToRef');
  if (connection.isMapping) add(connection.get('name'), undefined, connection.get('namespace').string ?? namespace);
  if (isServedByCertManager(resource)) {
    const routes = ['spec.tls.*.secretName', 'spec.listeners.*.tls.certificateRefs.*.name'];
    for (const route of routes) for (const name of followSteps(root, route)) add(name);
  }
  return made;
}

/** Groups of operators that call Secrets after an object of theirs: `<name>-app`, `<user>.<name>.credentials`. */
const NAMING_GROUPS: ReadonlySet<string> = new Set([
  ...[
    'postgresql.cnpg.io',
    'acid.zalan.do',
    'postgres-operator.crunchydata.com',
    'pgv2.percona.com',
    'kubegres.reactive-tech.io',
  ],
  ...[
    'mysql.oracle.com',
    'pxc.percona.com',
    'psmdb.percona.com',
    'mongodbcommunity.mongodb.com',
    'mongodb.com',
    'k8s.mariadb.com',
  ],
  ...['elasticsearch.k8s.elastic.co', 'kibana.k8s.elastic.co', 'agent.k8s.elastic.co', 'logstash.k8s.elastic.co'],
  ...[
    'kafka.strimzi.io',
    'rabbitmq.com',
    'minio.min.io',
    'cassandra.datastax.com',
    'k8ssandra.io',
    'scylla.scylladb.com',
  ],
  ...['redis.redis.opstreelabs.in', 'databases.spotahome.com', 'kubedb.com', 'opensearch.opster.io', 'ceph.rook.io'],
  ...[
    'objectbucket.io',
    'keycloak.org',
    'k8s.keycloak.org',
    'helm.toolkit.fluxcd.io',
    'helm.cattle.io',
    'argoproj.io',
    'grafana.integreatly.org',
  ],
]);

/** True for an object whose operator makes Secrets and ConfigMaps with its name for a part of theirs. */
export function isNamesake({ group }: Resource): boolean {
  return NAMING_GROUPS.has(group) || group.endsWith('.kubedb.com');
}

function isServedByCertManager({ kind, metadata }: Resource): boolean {
  if (kind !== 'Ingress' && kind !== 'Gateway') return false;
  const issuer = /^cert-manager\.io\/(?:cluster-)?issuer$|^kubernetes\.io\/tls-acme$/;
  return metadata
    .get('annotations')
    .keys()
    .some((key) => issuer.test(key));
}

function readTargetName(spec: Ref, own: Ref): Ref {
  const target = spec.get('target', 'name');
  return target.isWritten ? target : own;
}

/** The keys of an ExternalSecret's Secret: those of its template where that has any, else those that it fetches one by one. */
function readExternalKeys(spec: Ref): readonly string[] | undefined {
  const template = spec.get('target', 'template');
  const isMerged = ['Merge', 'Orphan'].includes(spec.get('target', 'creationPolicy').string ?? '');
  if (spec.get('dataFrom').isWritten || template.get('templateFrom').isWritten || isMerged) return undefined;
  const fetched = toKnown(
    spec
      .get('data')
      .items()
      .map((item) => item.get('secretKey')),
  );
  return fetched && [...fetched, ...template.get('data').keys()];
}

function toKnown(refs: readonly Ref[]): readonly string[] | undefined {
  const keys = refs.flatMap((ref) => (ref.isPresent && ref.string !== undefined ? [ref.string] : []));
  return keys.length === refs.length ? keys : undefined;
}
