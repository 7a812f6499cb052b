// Service accounts that every cluster has in `kube-system` and that call nothing outside of it. Sources: the roles `system:controller:…` and
// their bindings in kubernetes/kubernetes (plugin/pkg/auth/authorizer/rbac/bootstrappolicy/controller_policy.go and namespace_policy.go,
// 1.27 to 1.35), and the add-ons that kubeadm and EKS install for DNS and for Services.

/** Namespace of the control plane's accounts. */
export const CONTROL_PLANE_NAMESPACE = 'kube-system';

/** The controllers of kube-controller-manager, the accounts of which no pod runs as. */
export const CONTROLLER_ACCOUNTS: ReadonlySet<string> = new Set([
  'attachdetach-controller',
  'bootstrap-signer',
  'certificate-controller',
  'clusterrole-aggregation-controller',
  'cronjob-controller',
  'daemon-set-controller',
  'deployment-controller',
  'device-taint-eviction-controller',
  'disruption-controller',
  'endpoint-controller',
  'endpointslice-controller',
  'endpointslicemirroring-controller',
  'ephemeral-volume-controller',
  'expand-controller',
  'generic-garbage-collector',
  'horizontal-pod-autoscaler',
  'job-controller',
  'kube-apiserver-serving-clustertrustbundle-publisher',
  'legacy-service-account-token-cleaner',
  'namespace-controller',
  'node-controller',
  'persistent-volume-binder',
  'pod-garbage-collector',
  'podcertificaterequestcleaner',
  'pv-protection-controller',
  'pvc-protection-controller',
  'replicaset-controller',
  'replication-controller',
  'resource-claim-controller',
  'resourcequota-controller',
  'root-ca-cert-publisher',
  'route-controller',
  'selinux-warning-controller',
  'service-account-controller',
  'service-cidrs-controller',
  'service-controller',
  'statefulset-controller',
  'storage-version-garbage-collector',
  'storage-version-migrator-controller',
  'token-cleaner',
  'ttl-after-finished-controller',
  'ttl-controller',
  'validatingadmissionpolicy-status-controller',
  'volumeattributesclass-protection-controller',
]);

/** What pods of the cluster's own DNS and Service network run as. */
export const NETWORK_ACCOUNTS: ReadonlySet<string> = new Set(['coredns', 'kube-dns', 'kube-proxy']);
