// Section 5 (Kubernetes policies) of the CIS Kubernetes Benchmark, which the EKS benchmark mirrors in its section 4.
// Source: kube-bench cfg/cis-1.12/policies.yaml for the numbers; titles in our own words.

/** Name and version of the benchmark to which the numbers belong. */
export const CIS_SOURCE = 'CIS Kubernetes Benchmark 1.12';

/** Where the benchmark is offered for download; its items have no public pages of their own. */
export const CIS_URL = 'https://www.cisecurity.org/benchmark/kubernetes';

/** Titles of the recommendations by number. */
export const CIS_TITLES = {
  '5.1.1': 'Bind cluster-admin only where it is required',
  '5.1.2': 'Keep access to Secrets small',
  '5.1.3': 'Avoid wildcards in Roles and ClusterRoles',
  '5.1.4': 'Keep the right to create pods small',
  '5.1.5': 'Leave the default service accounts unused',
  '5.1.6': 'Mount service account tokens only where they are needed',
  '5.1.7': 'Keep out of the group system:masters',
  '5.1.8': 'Restrict the verbs bind, impersonate and escalate',
  '5.1.9': 'Keep the right to create PersistentVolumes small',
  '5.1.10': 'Keep access to nodes/proxy small',
  '5.1.11': 'Keep the right to approve certificate signing requests small',
  '5.1.12': 'Keep access to webhook configurations small',
  '5.1.13': 'Keep the right to create service account tokens small',
  '5.2.1': 'Have a policy mechanism in force for every namespace with workloads',
  '5.2.2': 'Admit no privileged containers',
  '5.2.3': 'Admit no containers that share the process namespace of the node',
  '5.2.4': 'Admit no containers that share the IPC namespace of the node',
  '5.2.5': 'Admit no containers that share the network namespace of the node',
  '5.2.6': 'Admit no containers that may escalate privileges',
  '5.2.7': 'Admit no containers that run as root',
  '5.2.8': 'Admit no containers with the capability NET_RAW',
  '5.2.9': 'Admit no containers with capabilities they do not need',
  '5.2.10': 'Admit no Windows HostProcess containers',
  '5.2.11': 'Admit no hostPath volumes',
  '5.2.12': 'Admit no containers that use host ports',
  '5.3.1': 'Use a CNI plugin that enforces NetworkPolicies',
  '5.3.2': 'Have NetworkPolicies in every namespace',
  '5.4.1': 'Prefer Secrets as files to Secrets as environment variables',
  '5.4.2': 'Consider keeping secrets outside the cluster',
  '5.5.1': 'Verify the provenance of images on admission',
  '5.6.1': 'Separate resources by namespaces',
  '5.6.2': 'Set the seccomp profile of the runtime in pods',
  '5.6.3': 'Give pods and containers a security context',
  '5.6.4': 'Leave the default namespace unused',
} as const satisfies Readonly<Record<string, string>>;

/** Number of a recommendation, such as `5.2.6`. */
export type CisNumber = keyof typeof CIS_TITLES;
