import type { Outline } from '../outline';
import type { Project } from '../project';
import type { Draft } from './draft';
import type { GraphTarget, Unread } from './graph';
import { toCount } from './words';

/** Kinds that run pods. */
const WORKLOADS: ReadonlySet<string> = new Set([
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
]);

/** Kinds that give nobody access, whatever they say. Custom resources may make accounts and pods. */
const WITHOUT_ACCESS: ReadonlySet<string> = new Set([
  'ConfigMap',
  'Secret',
  'Service',
  'Endpoints',
  'EndpointSlice',
  'Ingress',
  'IngressClass',
  'NetworkPolicy',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'StorageClass',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
  'PriorityClass',
  'LimitRange',
  'ResourceQuota',
  'Namespace',
  'CustomResourceDefinition',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'APIService',
  'ServiceMonitor',
  'PodMonitor',
  'PrometheusRule',
]);

/**
 * What could not be read and may belong to a graph: objects of kinds that have a part in access, in a namespace that is drawn or in
 * one that their text does not tell. Undefined where there is nothing.
 */
export function findUnread(project: Project, target: GraphTarget, draft: Draft): Unread | undefined {
  const nodes = [...draft.nodes.values()];
  const namespaces = new Set(nodes.flatMap(({ namespace }) => namespace ?? []));
  if (target.kind === 'namespace') namespaces.add(target.name);
  const hasCloud = nodes.some(({ type }) => type === 'iam-role' || type === 'trust-policy');
  const isWorkload =
    target.kind === 'object' && nodes.some(({ type, kind }) => type === 'workload' && kind === target.objectKind);
  const mayBelong = ({ isTrust, kind = '', namespaces: written, isOpen }: Outline): boolean => {
    if (isTrust) return hasCloud;
    // The chain of a workload goes through no other one.
    if (WITHOUT_ACCESS.has(kind) || (isWorkload && WORKLOADS.has(kind))) return false;
    return isOpen || written.some((name) => namespaces.has(name));
  };
  const found = project.unread.filter(({ outline }) => mayBelong(outline)).map(({ uri }) => uri);
  if (found.length === 0) return undefined;
  const uris = [...new Set(found)].sort();
  const what = `${toCount(uris.length, 'file')} could not be read in full, because of a template or faulty text,`;
  return { text: `${what} and may hold more of what is drawn here:`, uris };
}
