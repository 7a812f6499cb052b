// Source: api/discovery of kubernetes/kubernetes v1.30.0 to v1.37.0, the union of what those releases serve.
// Rows without a version are not served: `signers` is what one may approve, sign or attest for, and the others of
// authentication.k8s.io are what one may impersonate (k8s.io/apiserver, pkg/endpoints/filters/impersonation). The `…node…`
// subresources of certificate signing requests are what approvers, in the cluster and outside, ask about.
import { type ApiResource, CREATE_ONLY, READ_WRITE, STATUS, toApiResources } from './types';

/** Resources by which the cluster itself is governed: access, admission, certificates, extensions, storage of objects. */
export const CONTROL_PLANE_RESOURCES: readonly ApiResource[] = [
  ...toApiResources('admissionregistration.k8s.io', [
    ['mutatingadmissionpolicies', 'MutatingAdmissionPolicy', 'cluster', 'v1 v1beta1 v1alpha1'],
    ['mutatingadmissionpolicybindings', 'MutatingAdmissionPolicyBinding', 'cluster', 'v1 v1beta1 v1alpha1'],
    ['mutatingwebhookconfigurations', 'MutatingWebhookConfiguration', 'cluster', 'v1'],
    ['validatingadmissionpolicies', 'ValidatingAdmissionPolicy', 'cluster', 'v1 v1beta1 v1alpha1', { sub: STATUS }],
    ['validatingadmissionpolicybindings', 'ValidatingAdmissionPolicyBinding', 'cluster', 'v1 v1beta1 v1alpha1'],
    ['validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', 'cluster', 'v1'],
  ]),
  ...toApiResources('apiextensions.k8s.io', [
    ['customresourcedefinitions', 'CustomResourceDefinition', 'cluster', 'v1', { short: ['crd', 'crds'], sub: STATUS }],
  ]),
  ...toApiResources('apiregistration.k8s.io', [['apiservices', 'APIService', 'cluster', 'v1', { sub: STATUS }]]),
  ...toApiResources('authentication.k8s.io', [
    ['selfsubjectreviews', 'SelfSubjectReview', 'cluster', 'v1 v1beta1 v1alpha1', { verbs: CREATE_ONLY }],
    ['tokenreviews', 'TokenReview', 'cluster', 'v1', { verbs: CREATE_ONLY }],
    ['uids', '', 'cluster', '', { verbs: [] }],
    ['userextras', '', 'cluster', '', { verbs: [] }],
    ['users', '', 'cluster', '', { verbs: [] }],
    ['groups', '', 'cluster', '', { verbs: [] }],
    ['serviceaccounts', '', 'namespaced', '', { verbs: [] }],
    ['nodes', '', 'cluster', '', { verbs: [] }],
  ]),
  ...toApiResources('authorization.k8s.io', [
    ['localsubjectaccessreviews', 'LocalSubjectAccessReview', 'namespaced', 'v1', { verbs: CREATE_ONLY }],
    ['selfsubjectaccessreviews', 'SelfSubjectAccessReview', 'cluster', 'v1', { verbs: CREATE_ONLY }],
    ['selfsubjectrulesreviews', 'SelfSubjectRulesReview', 'cluster', 'v1', { verbs: CREATE_ONLY }],
    ['subjectaccessreviews', 'SubjectAccessReview', 'cluster', 'v1', { verbs: CREATE_ONLY }],
  ]),
  ...toApiResources('certificates.k8s.io', [
    [
      'certificatesigningrequests',
      'CertificateSigningRequest',
      'cluster',
      'v1',
      {
        short: ['csr'],
        sub: {
          approval: READ_WRITE,
          ...STATUS,
          nodeclient: CREATE_ONLY,
          selfnodeclient: CREATE_ONLY,
          selfnodeserver: CREATE_ONLY,
        },
      },
    ],
    ['clustertrustbundles', 'ClusterTrustBundle', 'cluster', 'v1 v1beta1 v1alpha1'],
    ['podcertificaterequests', 'PodCertificateRequest', 'namespaced', 'v1 v1beta1 v1alpha1', { sub: STATUS }],
    ['signers', '', 'cluster', '', { verbs: [] }],
  ]),
  ...toApiResources('flowcontrol.apiserver.k8s.io', [
    ['flowschemas', 'FlowSchema', 'cluster', 'v1 v1beta3', { sub: STATUS }],
    ['prioritylevelconfigurations', 'PriorityLevelConfiguration', 'cluster', 'v1 v1beta3', { sub: STATUS }],
  ]),
  ...toApiResources('internal.apiserver.k8s.io', [
    ['storageversions', 'StorageVersion', 'cluster', 'v1alpha1', { sub: STATUS }],
  ]),
  ...toApiResources('rbac.authorization.k8s.io', [
    ['clusterrolebindings', 'ClusterRoleBinding', 'cluster', 'v1'],
    ['clusterroles', 'ClusterRole', 'cluster', 'v1'],
    ['rolebindings', 'RoleBinding', 'namespaced', 'v1'],
    ['roles', 'Role', 'namespaced', 'v1'],
  ]),
  ...toApiResources('storagemigration.k8s.io', [
    ['storageversionmigrations', 'StorageVersionMigration', 'cluster', 'v1 v1beta1 v1alpha1', { sub: STATUS }],
  ]),
];
