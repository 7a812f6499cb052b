import { DIRECTIONS, getPeerList, getRuleList, isNetworkPolicy } from '../../model/kubernetes/network-policy';
import { getEffectiveNamespace, type Resource, readResources, readStringMap } from '../../model/kubernetes/resource';
import { isSelected, type LabelSelector, readLabelSelector } from '../../model/kubernetes/selectors';
import type { Known } from '../../model/workspace/fact';
import type { ServiceFact, TrafficPolicyFact } from '../../model/workspace/network-topics';
import type { WorkloadFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';
import { type Span, shiftSpan } from '../../text/span';
import type { Project } from '../project';
import { findDocumentAt } from './names';
import { chooseMeant } from './nearest';

/** Workloads that a selector selects the pods of. */
export interface Selected {
  /** The selector with its key, in places of the file. */
  readonly span: Span;
  /** In the order of files and places. */
  readonly workloads: readonly Known<WorkloadFact>[];
}

/** The workloads that the selector at an offset of a file selects, as far as that is known; undefined where there is none. */
export function findSelectedAt(project: Project, uri: string, offset: number): Selected | undefined {
  const document = findDocumentAt(project, uri, offset);
  if (!document) return undefined;
  const { start, tree } = document;
  for (const resource of readResources(tree)) {
    for (const written of readSelectors(resource)) {
      const span = toSpan(written.ref);
      if (!span || offset - start < span.start || span.end < offset - start) continue;
      const workloads = project.ask((workspace) => select(workspace, written, resource.namespace, uri));
      return { span: shiftSpan(span, start), workloads };
    }
  }
  return undefined;
}

/** A Service or NetworkPolicy that selects the pods of a workload. */
export type Selecting = Known<ServiceFact | TrafficPolicyFact>;

/**
 * The Services and NetworkPolicies that select the pods of the workload by whose name an offset of a file stands, as far as that
 * is known: in the order of files, Services first. Undefined where no workload's name stands.
 */
export function findSelecting(project: Project, uri: string, offset: number): readonly Selecting[] | undefined {
  const document = findDocumentAt(project, uri, offset);
  const at = offset - (document?.start ?? 0);
  const found = (document ? readResources(document.tree) : []).find(({ metadata }) => {
    const name = metadata.get('name');
    return name.isPresent && name.anchor.start <= at && at <= name.anchor.end;
  });
  if (!found) return undefined;
  return project.ask((workspace) => {
    const namespace = getEffectiveNamespace(found);
    const workload = workspace.all('workload').find(({ uri: file, value }) => {
      return file === uri && value.kind === found.kind && value.name === found.name && value.namespace === namespace;
    });
    if (!workload) return undefined;
    const isSelecting = (pods: LabelSelector, home: string | undefined, file: string): boolean =>
      isSelected(pods, workload.value.labels) === true &&
      select(workspace, { pods, namespaces: undefined }, home, file).includes(workload);
    const services = workspace.all('service').filter(({ value, uri: file }) => {
      const pods = { matchLabels: value.selector, matchExpressions: [], isKnown: true };
      return isSelecting(pods, value.namespace, file);
    });
    const policies = workspace
      .all('traffic-policy')
      .filter(({ value, uri: file }) => isSelecting(value.policy.podSelector, value.namespace, file));
    return [...services, ...policies];
  });
}

interface WrittenSelector {
  readonly ref: Ref;
  readonly pods: LabelSelector;
  /** Undefined: the namespace of the object itself. */
  readonly namespaces: LabelSelector | undefined;
}

/** Kinds beside policies and Services whose `spec.selector` is a label selector of pods, by group. */
const SELECTING: Readonly<Record<string, readonly string[]>> = {
  apps: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  batch: ['Job'],
  policy: ['PodDisruptionBudget'],
};

function readSelectors(resource: Resource): WrittenSelector[] {
  const { kind, group, spec } = resource;
  const selector = spec.get('selector');
  if (group === '' && (kind === 'Service' || kind === 'ReplicationController')) {
    const isKnown = !selector.isUnknown && selector.entries().every(([, value]) => !value.isUnknown);
    const pods = { matchLabels: readStringMap(selector), matchExpressions: [], isKnown };
    // A Service without a selector selects nothing: somebody else writes its endpoints.
    return selector.keys().length > 0 ? [{ ref: selector, pods, namespaces: undefined }] : [];
  }
  if (isNetworkPolicy(resource)) return readPolicySelectors(spec);
  const isSelecting = Object.hasOwn(SELECTING, group) && SELECTING[group]?.includes(kind) === true;
  if (!isSelecting || !selector.isMapping) return [];
  return [{ ref: selector, pods: readLabelSelector(selector), namespaces: undefined }];
}

function readPolicySelectors(spec: Ref): WrittenSelector[] {
  const own = spec.get('podSelector');
  const peers = DIRECTIONS.flatMap((direction) =>
    getRuleList(spec, direction)
      .items()
      .flatMap((rule) => getPeerList(rule, direction).items()),
  );
  return [
    { ref: own, pods: readLabelSelector(own), namespaces: undefined },
    ...peers.flatMap((peer): WrittenSelector[] => {
      const [pods, namespaces] = [peer.get('podSelector'), peer.get('namespaceSelector')];
      const written = {
        pods: readLabelSelector(pods),
        namespaces: namespaces.isMapping ? readLabelSelector(namespaces) : undefined,
      };
      return [pods, namespaces].filter(({ isMapping }) => isMapping).map((ref) => ({ ref, ...written }));
    }),
  ];
}

function select(
  workspace: Workspace,
  { pods, namespaces }: Omit<WrittenSelector, 'ref'>,
  namespace: string | undefined,
  uri: string,
): readonly Known<WorkloadFact>[] {
  const all = workspace.all('workload').filter(({ value }) => isSelected(pods, value.labels) === true);
  if (!namespaces) return chooseMeant(all, getWritten, namespace, uri);
  return all.filter(({ value }) => {
    const name = getWritten(value);
    return name !== undefined && isNamespaceSelected(workspace, namespaces, name);
  });
}

function getWritten({ namespace, isNamespaceWritten }: WorkloadFact): string | undefined {
  return isNamespaceWritten ? namespace : undefined;
}

function isNamespaceSelected(workspace: Workspace, selector: LabelSelector, name: string): boolean {
  const labels = workspace.find('namespace', name)[0]?.value.labels;
  return isSelected(selector, { ...labels, 'kubernetes.io/metadata.name': name }) === true;
}

function toSpan({ keySpan, node }: Ref): Span | undefined {
  return node && { start: keySpan?.start ?? node.span.start, end: node.span.end };
}
