import { isNetworkPolicy } from '../kubernetes/network-policy';
import type { PodTemplate } from '../kubernetes/pod';
import type { Resource } from '../kubernetes/resource';
import { readStringMap } from '../kubernetes/resource';
import { type LabelSet, readLabelSet } from '../kubernetes/selectors';
import { readPolicy } from '../network/read-policy';
import type { Fact } from './fact';
import { type NetworkPodFact, type PodPortsFact, type ServiceFact, toPortsKey } from './network-topics';
import { UNKNOWN_NAMESPACE } from './topics';

/** What an object says of traffic: as a NetworkPolicy, as the maker of pods, or as a Service. */
export function readNetworkFacts(resource: Resource, pods: readonly PodTemplate[]): Fact[] {
  const { name, namespace, root } = resource;
  const place = { key: namespace ?? UNKNOWN_NAMESPACE, path: root.path };
  if (isNetworkPolicy(resource)) {
    return [{ topic: 'traffic-policy', value: { name, namespace, policy: readPolicy(resource.spec) }, ...place }];
  }
  if (pods.length > 0) {
    return pods.flatMap((pod): Fact[] => {
      const value = toPodFact(pod);
      return [
        { topic: 'network-pod', value, ...place },
        { topic: 'pod-ports', key: toPortsKey(value), value: readPorts(pod), path: root.path },
      ];
    });
  }
  if (resource.kind === 'Service' && resource.group === '') {
    const value = readService(resource);
    return value ? [{ topic: 'service', value, ...place }] : [];
  }
  if (!isPodMaker(resource)) return [];
  const { spec } = resource;
  // Argo CD and Flux make pods in the namespace that they deploy to.
  const target = spec.get('destination', 'namespace').string ?? spec.get('targetNamespace').string;
  return [{ topic: 'pod-maker', value: { kind: resource.kind }, ...place, key: target ?? place.key }];
}

function toPodFact({ resource, metadata, spec }: PodTemplate): NetworkPodFact {
  const { kind, name, namespace, group } = resource;
  const host = spec.get('hostNetwork');
  return {
    kind,
    name,
    namespace,
    labels: withControllerLabels(kind, group, readLabelSet(metadata.get('labels'))),
    isHostNetwork: host.isUnknown ? undefined : host.boolean === true,
  };
}

function readPorts({ containers }: PodTemplate): PodPortsFact {
  const lists = containers.map(({ ref }) => ref.get('ports'));
  const items = lists.flatMap((list) => list.items());
  const ports = items.flatMap((item) => {
    const port = item.get('containerPort').number;
    if (port === undefined) return [];
    return { name: item.get('name').string, port, protocol: item.get('protocol').string ?? 'TCP' };
  });
  const parts = items.flatMap((item) => [item.get('containerPort'), item.get('name'), item.get('protocol')]);
  return {
    ports,
    arePortsKnown: ![...lists, ...items, ...parts].some((ref) => ref.isUnknown) && ports.length === items.length,
  };
}

/** Labels that the cluster's own controllers add to the pods they make; other controllers may add any. */
const CONTROLLER_LABELS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['pod-template-hash'],
  ReplicaSet: [],
  ReplicationController: [],
  StatefulSet: ['statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index', 'controller-revision-hash'],
  DaemonSet: ['controller-revision-hash', 'pod-template-generation'],
  Job: ['job-name', 'controller-uid', 'batch.kubernetes.io/job-name', 'batch.kubernetes.io/controller-uid'],
  CronJob: ['job-name', 'controller-uid', 'batch.kubernetes.io/job-name', 'batch.kubernetes.io/controller-uid'],
  Pod: [],
};

function withControllerLabels(kind: string, group: string, labels: LabelSet): LabelSet {
  const isBuiltIn = ['', 'apps', 'batch', 'extensions'].includes(group) && Object.hasOwn(CONTROLLER_LABELS, kind);
  const added = isBuiltIn ? CONTROLLER_LABELS[kind] : undefined;
  if (!added) return { ...labels, isComplete: false };
  return { ...labels, unknown: [...labels.unknown, ...added.filter((key) => !Object.hasOwn(labels.values, key))] };
}

/** A Service as other files know it; undefined for one that selects no pods, or whose selector is not known. */
export function readService({ name, namespace, spec }: Resource): ServiceFact | undefined {
  const selector = spec.get('selector');
  const labels = readStringMap(selector);
  const isKnown = !selector.isUnknown && selector.entries().every(([, value]) => !value.isUnknown);
  if (!isKnown || Object.keys(labels).length === 0) return undefined;
  const ports = spec
    .get('ports')
    .items()
    .flatMap((item) => {
      const [port, target] = [item.get('port').number, item.get('targetPort')];
      if (port === undefined || target.isUnknown) return [];
      const protocol = item.get('protocol').string ?? 'TCP';
      return { name: item.get('name').string, port, targetPort: target.number ?? target.string ?? port, protocol };
    });
  return { name, namespace, selector: labels, ports };
}

// Kinds of other projects whose objects never become pods, and are in every other repository.
const PODLESS: ReadonlySet<string> = new Set([
  ...['ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'Probe', 'AlertmanagerConfig', 'ScrapeConfig'],
  ...['Certificate', 'Issuer', 'ClusterIssuer', 'ExternalSecret', 'SecretStore', 'ClusterSecretStore', 'SealedSecret'],
  ...['VirtualService', 'DestinationRule', 'PeerAuthentication', 'AuthorizationPolicy', 'HTTPRoute', 'Gateway'],
  ...['CiliumNetworkPolicy', 'NetworkPolicy', 'IngressRoute', 'Middleware', 'ScaledObject', 'VerticalPodAutoscaler'],
]);

/** True for an object of a group that is not Kubernetes' own. */
function isPodMaker({ group, kind, namespace, metadata }: Resource): boolean {
  if (!group.includes('.') || /(^|\.)k8s\.io$/.test(group) || PODLESS.has(kind)) return false;
  return namespace !== undefined || metadata.isMapping;
}
