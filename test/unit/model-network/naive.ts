// A second, plain reading of the NetworkPolicy API, straight from its reference, for cases in which everything is known.

export interface NaiveSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface NaivePeer {
  podSelector?: NaiveSelector;
  namespaceSelector?: NaiveSelector;
  ipBlock?: { cidr: string; except?: string[] };
}

export interface NaiveRule {
  from?: NaivePeer[] | null;
  to?: NaivePeer[] | null;
  ports?: { port?: number | string; protocol?: string; endPort?: number }[] | null;
}

export interface NaiveSpec {
  podSelector: NaiveSelector;
  policyTypes?: string[];
  ingress?: NaiveRule[];
  egress?: NaiveRule[];
}

export interface NaivePod {
  namespace: string;
  labels: Record<string, string>;
  ports: { name: string; port: number; protocol: string }[];
}

export type NaiveEnd = NaivePod | string;

export interface NaiveCluster {
  namespaces: Record<string, Record<string, string>>;
  policies: { namespace: string; spec: NaiveSpec }[];
}

export function naiveSelects(selector: NaiveSelector, labels: Record<string, string>): boolean {
  for (const key in selector.matchLabels) if (labels[key] !== selector.matchLabels[key]) return false;
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const has = key in labels;
    if (operator === 'Exists' && !has) return false;
    if (operator === 'DoesNotExist' && has) return false;
    if (operator === 'In' && !(has && values.includes(labels[key] as string))) return false;
    if (operator === 'NotIn' && has && values.includes(labels[key] as string)) return false;
  }
  return true;
}

/** Addresses as text of bits, so that a prefix is a prefix. */
function toBits(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
}

function isIn(address: string, cidr: string): boolean {
  const [network = '', length] = cidr.split('/');
  return toBits(address).startsWith(toBits(network).slice(0, Number(length)));
}

function naivePeer(peer: NaivePeer, namespace: string, end: NaiveEnd, cluster: NaiveCluster): boolean {
  if (typeof end === 'string') {
    if (!peer.ipBlock) return false;
    return isIn(end, peer.ipBlock.cidr) && !(peer.ipBlock.except ?? []).some((hole) => isIn(end, hole));
  }
  if (peer.ipBlock) return false;
  const isNamespace = peer.namespaceSelector
    ? naiveSelects(peer.namespaceSelector, {
        'kubernetes.io/metadata.name': end.namespace,
        ...cluster.namespaces[end.namespace],
      })
    : end.namespace === namespace;
  return isNamespace && (!peer.podSelector || naiveSelects(peer.podSelector, end.labels));
}

function naiveSide(
  cluster: NaiveCluster,
  isIngress: boolean,
  pod: NaivePod,
  peer: NaiveEnd,
  to: NaiveEnd,
  at: NaivePort,
) {
  let isIsolated = false;
  for (const { namespace, spec } of cluster.policies) {
    if (namespace !== pod.namespace || !naiveSelects(spec.podSelector, pod.labels)) continue;
    const types = spec.policyTypes?.length
      ? spec.policyTypes
      : ['Ingress', ...((spec.egress ?? []).length > 0 ? ['Egress'] : [])];
    if (!types.includes(isIngress ? 'Ingress' : 'Egress')) continue;
    isIsolated = true;
    for (const rule of (isIngress ? spec.ingress : spec.egress) ?? []) {
      const peers = (isIngress ? rule.from : rule.to) ?? [];
      const ports = rule.ports ?? [];
      const isPeer = peers.length === 0 || peers.some((item) => naivePeer(item, namespace, peer, cluster));
      const isPort =
        ports.length === 0 ||
        ports.some(({ port, protocol = 'TCP', endPort }) => {
          if (protocol !== at.protocol) return false;
          if (port === undefined) return true;
          if (typeof port === 'number') return at.port >= port && at.port <= (endPort ?? port);
          return (
            typeof to !== 'string' &&
            to.ports.some((own) => own.name === port && own.port === at.port && own.protocol === protocol)
          );
        });
      if (isPeer && isPort) return true;
    }
  }
  return !isIsolated;
}

export interface NaivePort {
  port: number;
  protocol: string;
}

export function naiveAllowed(cluster: NaiveCluster, from: NaiveEnd, to: NaiveEnd, at: NaivePort): boolean {
  const out = typeof from === 'string' || naiveSide(cluster, false, from, to, to, at);
  const into = typeof to === 'string' || naiveSide(cluster, true, to, from, to, at);
  return out && into;
}
