import type { Fix, PlainValue } from '../../engine/operation';
import type { Report, RuleContext } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { matchSelector } from '../../model/kubernetes/selectors';
import { parseCidr, toCidrText } from '../../model/network/cidr';
import { matchPort, type Port } from '../../model/network/evaluate';
import type { PeerData, RuleData } from '../../model/network/policy';
import { selectPods } from '../../model/network/select';
import {
  findPolicies,
  getLand,
  getNamespaceLabels,
  hasForeignPolicies,
  type KnownPod,
  withPorts,
} from '../../model/network/view';
import { readService } from '../../model/workspace/network-facts';
import type { ServiceFact } from '../../model/workspace/network-topics';
import type { Workspace } from '../../model/workspace/workspace';
import { isClosedTo } from './_backends';
import { toFreeName } from './_default-deny-fixes';
import { isInternal } from './_internal';
import { getTakenNames } from './_one-sided';
import { resolveTarget } from './_ports';
import { listNames } from './_scene';

/** Classes of load balancers that are pods, in namespaces of their own. */
const POD_CLASSES = /tailscale|ngrok|inlets/i;

/** What there is to say of a load balancer whose pods admit no address at any of its ports. */
export function* judgeLoadBalancer(resource: Resource, context: RuleContext): Iterable<Report> {
  const { workspace, uri } = context;
  const { spec, namespace, metadata } = resource;
  const [type, balancer] = [spec.get('type'), spec.get('loadBalancerClass')];
  if (type.isUnknown || type.string !== 'LoadBalancer' || metadata.get('namespace').isUnknown) return;
  const service = readService(resource);
  const isOfPods = balancer.isUnknown || POD_CLASSES.test(balancer.string ?? '');
  const land = getLand(namespace, uri, workspace);
  if (!service || isOfPods || service.ports.length < spec.get('ports').items().length) return;
  if (hasForeignPolicies(land, context)) return;
  const selector = { matchLabels: service.selector, matchExpressions: [], isKnown: true };
  const { pods, isSure } = selectPods(selector, land, workspace);
  const policies = findPolicies(land, workspace);
  const areClosed = pods.every((pod) => {
    const ports = getTargets(service, withPorts(pod, workspace));
    return ports && isClosedTo(pod, policies, (rule) => mayAdmitAddress(rule, pod, ports, workspace));
  });
  const [first] = pods;
  if (!first || !isSure || !areClosed) return;
  yield {
    at: type,
    message: `${describeResource(resource)} is a load balancer, but the policies of ${listNames(pods.map(({ known }) => known.value.name))} admit no address at its ports: what it forwards comes from nodes or clients, not from pods, and is dropped.`,
    fixes: toFixes(resource, service, first, workspace),
  };
}

/** The ports at which a pod gets what a Service forwards; undefined where one of them is not known. */
function getTargets({ ports }: ServiceFact, pod: KnownPod): Port[] | undefined {
  const targets = ports.map((port) => resolveTarget(port, [pod]).map((number) => ({ ...port, port: number })));
  return ports.length > 0 && targets.every(({ length }) => length > 0) ? targets.flat() : undefined;
}

function mayAdmitAddress(rule: RuleData, pod: KnownPod, targets: readonly Port[], workspace: Workspace): boolean {
  const { peers, arePeersKnown, ports, arePortsKnown } = rule;
  // K3s forwards through pods of kube-system.
  const system = { ...getNamespaceLabels('kube-system', workspace), isComplete: true };
  const mayMean = ({ isKnown, ipBlock, namespaceSelector }: PeerData) =>
    !isKnown || ipBlock || (namespaceSelector && matchSelector(namespaceSelector, system) !== false);
  const isOpen = !arePeersKnown || peers.length === 0 || peers.some(mayMean);
  const isPort = (port: Port) => ports.some((item) => matchPort(item, pod, port) !== false);
  return isOpen && (!arePortsKnown || ports.length === 0 || targets.some(isPort));
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];

/** Admits the addresses that are meant; nothing where that is the whole internet, which nobody should open unasked. */
function toFixes(resource: Resource, service: ServiceFact, pod: KnownPod, workspace: Workspace): Fix[] {
  const sources = getSources(resource);
  const { namespace, root } = resource;
  if (!sources) return [];
  const name = toFreeName(`allow-load-balancer-to-${service.name}`, getTakenNames(pod, workspace));
  const from = sources.cidrs.map((cidr) => ({ ipBlock: { cidr } }));
  const ports = service.ports.map(({ protocol, targetPort }) => ({ protocol, port: targetPort }));
  const value: PlainValue = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
    spec: { podSelector: { matchLabels: service.selector }, policyTypes: ['Ingress'], ingress: [{ from, ports }] },
  };
  return [
    {
      title: `Add a policy that admits ${sources.words} to the pods of Service "${service.name}"`,
      safety: 'unsafe',
      operations: [{ op: 'insertDocument', after: root, value }],
    },
  ];
}

/** Nodes hide who connects, unless told not to; their addresses are private nearly everywhere. */
function getSources(resource: Resource): { readonly words: string; readonly cidrs: readonly string[] } | undefined {
  const [route, ranges] = ['externalTrafficPolicy', 'loadBalancerSourceRanges'].map((key) => resource.spec.get(key));
  if (!route || route.isUnknown || !ranges || ranges.isUnknown) return undefined;
  if (route.string !== 'Local') return { words: 'private addresses, those of nodes,', cidrs: PRIVATE };
  const blocks = ranges.items().map((item) => (item.isUnknown ? undefined : parseCidr(item.string ?? '')));
  if (blocks.length === 0 && isInternal(resource)) return { words: 'private addresses', cidrs: PRIVATE };
  const cidrs = blocks.flatMap((block) => (block && block.length > 0 ? toCidrText(block) : []));
  return cidrs.length > 0 && cidrs.length === blocks.length ? { words: 'its source ranges', cidrs } : undefined;
}
