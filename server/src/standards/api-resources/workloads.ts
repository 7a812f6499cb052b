// Source: api/discovery of kubernetes/kubernetes v1.30.0 to v1.37.0, the union of what those releases serve.
// `resourceclaims/binding` and `resourceclaims/driver` are not served: a change of the status asks whether the caller may
// change them (pkg/registry/resource/utils.go), for `driver` with special verbs only.
import { type ApiResource, SCALE, STATUS, toApiResources } from './types';

/** Resources by which workloads are run, scheduled, connected and given storage or devices. */
export const WORKLOAD_RESOURCES: readonly ApiResource[] = [
  ...toApiResources('apps', [
    ['controllerrevisions', 'ControllerRevision', 'namespaced', 'v1'],
    ['daemonsets', 'DaemonSet', 'namespaced', 'v1', { short: ['ds'], sub: STATUS }],
    ['deployments', 'Deployment', 'namespaced', 'v1', { short: ['deploy'], sub: { ...SCALE, ...STATUS } }],
    ['replicasets', 'ReplicaSet', 'namespaced', 'v1', { short: ['rs'], sub: { ...SCALE, ...STATUS } }],
    ['statefulsets', 'StatefulSet', 'namespaced', 'v1', { short: ['sts'], sub: { ...SCALE, ...STATUS } }],
  ]),
  ...toApiResources('autoscaling', [
    ['horizontalpodautoscalers', 'HorizontalPodAutoscaler', 'namespaced', 'v2 v1', { short: ['hpa'], sub: STATUS }],
  ]),
  ...toApiResources('batch', [
    ['cronjobs', 'CronJob', 'namespaced', 'v1', { short: ['cj'], sub: STATUS }],
    ['jobs', 'Job', 'namespaced', 'v1', { sub: STATUS }],
  ]),
  ...toApiResources('coordination.k8s.io', [
    ['leasecandidates', 'LeaseCandidate', 'namespaced', 'v1beta1 v1alpha2 v1alpha1'],
    ['leases', 'Lease', 'namespaced', 'v1'],
  ]),
  ...toApiResources('discovery.k8s.io', [['endpointslices', 'EndpointSlice', 'namespaced', 'v1']]),
  ...toApiResources('events.k8s.io', [['events', 'Event', 'namespaced', 'v1', { short: ['ev'] }]]),
  ...toApiResources('lifecycle.k8s.io', [
    ['evictionrequests', 'EvictionRequest', 'namespaced', 'v1alpha1', { sub: STATUS }],
    ['evictions', 'Eviction', 'namespaced', 'v1alpha1', { sub: STATUS }],
  ]),
  ...toApiResources('networking.k8s.io', [
    ['ingressclasses', 'IngressClass', 'cluster', 'v1'],
    ['ingresses', 'Ingress', 'namespaced', 'v1', { short: ['ing'], sub: STATUS }],
    ['ipaddresses', 'IPAddress', 'cluster', 'v1 v1beta1 v1alpha1', { short: ['ip'] }],
    ['networkpolicies', 'NetworkPolicy', 'namespaced', 'v1', { short: ['netpol'] }],
    ['servicecidrs', 'ServiceCIDR', 'cluster', 'v1 v1beta1 v1alpha1', { sub: STATUS }],
  ]),
  ...toApiResources('node.k8s.io', [['runtimeclasses', 'RuntimeClass', 'cluster', 'v1']]),
  ...toApiResources('policy', [
    ['poddisruptionbudgets', 'PodDisruptionBudget', 'namespaced', 'v1', { short: ['pdb'], sub: STATUS }],
  ]),
  ...toApiResources('resource.k8s.io', [
    ['deviceclasses', 'DeviceClass', 'cluster', 'v1 v1beta2 v1beta1 v1alpha3'],
    ['devicetaintrules', 'DeviceTaintRule', 'cluster', 'v1 v1beta2 v1alpha3', { sub: STATUS }],
    ['podschedulingcontexts', 'PodSchedulingContext', 'namespaced', 'v1alpha3 v1alpha2', { sub: STATUS }],
    ['resourceclaimparameters', 'ResourceClaimParameters', 'namespaced', 'v1alpha2'],
    [
      'resourceclaims',
      'ResourceClaim',
      'namespaced',
      'v1 v1beta2 v1beta1 v1alpha3 v1alpha2',
      { sub: { ...STATUS, binding: ['update', 'patch'], driver: [] } },
    ],
    ['resourceclaimtemplates', 'ResourceClaimTemplate', 'namespaced', 'v1 v1beta2 v1beta1 v1alpha3 v1alpha2'],
    ['resourceclasses', 'ResourceClass', 'cluster', 'v1alpha2'],
    ['resourceclassparameters', 'ResourceClassParameters', 'namespaced', 'v1alpha2'],
    ['resourcepoolstatusrequests', 'ResourcePoolStatusRequest', 'cluster', 'v1alpha3', { sub: STATUS }],
    ['resourceslices', 'ResourceSlice', 'cluster', 'v1 v1beta2 v1beta1 v1alpha3 v1alpha2'],
  ]),
  ...toApiResources('scheduling.k8s.io', [
    ['compositepodgroups', 'CompositePodGroup', 'namespaced', 'v1alpha3', { sub: STATUS }],
    ['podgroups', 'PodGroup', 'namespaced', 'v1beta1 v1alpha3 v1alpha2', { sub: STATUS }],
    ['priorityclasses', 'PriorityClass', 'cluster', 'v1', { short: ['pc'] }],
    ['workloads', 'Workload', 'namespaced', 'v1beta1 v1alpha3 v1alpha2 v1alpha1'],
  ]),
  ...toApiResources('storage.k8s.io', [
    ['csidrivers', 'CSIDriver', 'cluster', 'v1'],
    ['csinodes', 'CSINode', 'cluster', 'v1', { sub: STATUS }],
    ['csistoragecapacities', 'CSIStorageCapacity', 'namespaced', 'v1'],
    ['storageclasses', 'StorageClass', 'cluster', 'v1', { short: ['sc'] }],
    ['volumeattachments', 'VolumeAttachment', 'cluster', 'v1', { sub: STATUS }],
    ['volumeattributesclasses', 'VolumeAttributesClass', 'cluster', 'v1 v1beta1 v1alpha1', { short: ['vac'] }],
  ]),
];
