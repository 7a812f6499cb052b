import type { LabelSet } from '../kubernetes/selectors';
import type { ContainerPort } from '../network/evaluate';
import type { PolicyData } from '../network/policy';

/** A NetworkPolicy. Key: the namespace it names, `UNKNOWN_NAMESPACE` where it names none. */
export interface TrafficPolicyFact {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly policy: PolicyData;
}

/** The pods of a workload as ends of connections. Key: the namespace it names, `UNKNOWN_NAMESPACE` where it names none. */
export interface NetworkPodFact {
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: LabelSet;
  readonly isHostNetwork: boolean | undefined;
}

/** The ports that the pods of a workload declare. Key: see `toPortsKey`. */
export interface PodPortsFact {
  readonly ports: readonly ContainerPort[];
  /** False where containers may declare ports that are not known here. */
  readonly arePortsKnown: boolean;
}

/** The key of a workload's ports. */
export function toPortsKey({ namespace, kind, name }: Pick<NetworkPodFact, 'namespace' | 'kind' | 'name'>): string {
  return JSON.stringify([namespace, kind, name]);
}

/** A Service that selects pods. Key: the namespace it names, `UNKNOWN_NAMESPACE` where it names none. */
export interface ServiceFact {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly selector: Readonly<Record<string, string>>;
  readonly ports: readonly ServicePort[];
}

/** A port of a Service. */
export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** A number, or the name of a container's port; the port itself where none is written. */
  readonly targetPort: number | string;
  readonly protocol: string;
}

/**
 * A custom resource whose controller may make pods, with labels of its own choice. Key: the namespace it names,
 * `UNKNOWN_NAMESPACE` where it names none.
 */
export interface PodMakerFact {
  readonly kind: string;
}

/** What network policies, and the pods and Services that they are about, say to other files. */
export interface NetworkTopics {
  readonly 'traffic-policy': TrafficPolicyFact;
  readonly 'network-pod': NetworkPodFact;
  readonly 'pod-ports': PodPortsFact;
  readonly service: ServiceFact;
  readonly 'pod-maker': PodMakerFact;
}
