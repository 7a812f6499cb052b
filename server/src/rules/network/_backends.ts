import type { RuleContext } from '../../engine/rule';
import type { Resource } from '../../model/kubernetes/resource';
import { isIsolated, isSelecting } from '../../model/network/evaluate';
import type { Land } from '../../model/network/land';
import type { PeerData, RuleData } from '../../model/network/policy';
import { getNamedNamespaces, selectPods } from '../../model/network/select';
import {
  findPods,
  findPolicies,
  getKeys,
  hasForeignPolicies,
  type KnownPod,
  type KnownPolicy,
  type KnownService,
  listServices,
} from '../../model/network/view';
import type { Ref } from '../../syntax/ref';

/** The scalars by which an Ingress names the Services behind it. */
export function getBackends({ spec }: Resource): Ref[] {
  const paths = spec
    .get('rules')
    .items()
    .flatMap((rule) => rule.get('http', 'paths').items());
  const backends = [spec.get('defaultBackend'), ...paths.map((path) => path.get('backend'))];
  return backends.map((backend) => backend.get('service', 'name')).filter((name) => name.isPresent && name.string);
}

/** What is written on the pods of the controllers in wide use. */
const CONTROLLER = /ingress|nginx|traefik|haproxy|contour|envoy|kong|gateway|istio/i;

/** A Service with the pods behind it. */
export interface ClosedBackend {
  readonly service: KnownService['known']['value'];
  readonly pods: readonly KnownPod[];
}

/** A Service of a namespace with its pods, where none of them may be reached from outside of it; undefined where one may. */
export function findClosedBackend(service: string, land: Land, context: RuleContext): ClosedBackend | undefined {
  const { workspace } = context;
  const { namespace } = land;
  if (namespace === undefined || hasForeignPolicies(land, context)) return undefined;
  const found = getKeys(land).flatMap((key) => listServices(key, workspace));
  const named = found.filter(({ known, land: other }) => known.value.name === service && other.namespace === namespace);
  const [one] = named;
  if (!one || named.length > 1) return undefined;
  // A controller may live in the namespace itself.
  const words = findPods(land, workspace).flatMap(({ labels, known }) => [
    ...Object.values(labels.values),
    known.value.name ?? '',
  ]);
  if (words.some((word) => CONTROLLER.test(word))) return undefined;
  const selector = { matchLabels: one.known.value.selector, matchExpressions: [], isKnown: true };
  const { pods, isSure } = selectPods(selector, land, workspace);
  const policies = findPolicies(land, workspace);
  const areClosed = pods.every((pod) => isClosedTo(pod, policies, (rule) => mayAdmitOutside(rule, namespace)));
  return isSure && pods.length > 0 && areClosed ? { service: one.known.value, pods } : undefined;
}

/** True for a pod that is isolated for ingress, and for which no policy has a rule of which `mayAdmit` holds. */
export function isClosedTo(
  pod: KnownPod,
  policies: readonly KnownPolicy[],
  mayAdmit: (rule: RuleData) => boolean,
): boolean {
  if (pod.isHostNetwork !== false || isIsolated(policies, 'Ingress', pod) !== true) return false;
  return !policies.some((placed) => {
    const { isIsolating, rules, areRulesKnown } = placed.policy.ingress;
    if (isIsolating === false || isSelecting(placed, pod) === false) return false;
    return !areRulesKnown || rules.some(mayAdmit);
  });
}

function mayAdmitOutside({ peers, arePeersKnown }: RuleData, namespace: string): boolean {
  return !arePeersKnown || peers.length === 0 || peers.some((peer) => !isOfNamespace(peer, namespace));
}

function isOfNamespace({ namespaceSelector, podSelector, ipBlock, isKnown }: PeerData, namespace: string): boolean {
  if (!isKnown || ipBlock) return false;
  if (!namespaceSelector) return podSelector !== undefined;
  return getNamedNamespaces(namespaceSelector)?.every((name) => name === namespace) ?? false;
}
