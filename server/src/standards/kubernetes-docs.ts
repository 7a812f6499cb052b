// Pages of the Kubernetes documentation that say what the API does or what its makers advise.

/** Name of the documentation. */
export const KUBERNETES_SOURCE = 'Kubernetes documentation';

/** Where the documentation begins. */
export const KUBERNETES_URL = 'https://kubernetes.io/docs/';

/** Title and path below `KUBERNETES_URL` by the word that stands for the page here. */
export const KUBERNETES_PAGES = {
  apparmor: ['AppArmor profiles of containers', 'tutorials/security/apparmor/'],
  'certificate-signing-requests': [
    'Certificates and certificate signing requests',
    'reference/access-authn-authz/certificate-signing-requests/',
  ],
  'container-images': ['Names, tags and digests of images', 'concepts/containers/images/'],
  'container-resources': ['Requests and limits of containers', 'concepts/configuration/manage-resources-containers/'],
  ingress: ['Ingress', 'concepts/services-networking/ingress/'],
  'kubelet-authorization': [
    'Authentication and authorization at the kubelet',
    'reference/access-authn-authz/kubelet-authn-authz/',
  ],
  'limit-ranges': ['Limit ranges of a namespace', 'concepts/policy/limit-range/'],
  namespaces: ['Namespaces', 'concepts/overview/working-with-objects/namespaces/'],
  'network-policies': ['Network policies', 'concepts/services-networking/network-policies/'],
  'pod-security-admission': ['Pod Security Admission and its labels', 'concepts/security/pod-security-admission/'],
  'pod-security-standards': ['Pod Security Standards', 'concepts/security/pod-security-standards/'],
  rbac: ['Role-based access control', 'reference/access-authn-authz/rbac/'],
  'rbac-good-practices': ['Good practices for RBAC', 'concepts/security/rbac-good-practices/'],
  'rbac-admission-webhooks': [
    'RBAC risks: control of admission webhooks',
    'concepts/security/rbac-good-practices/#control-admission-webhooks',
  ],
  'rbac-bind': ['RBAC risks: the verb bind', 'concepts/security/rbac-good-practices/#bind-verb'],
  'rbac-certificates': [
    'RBAC risks: signing requests and the issue of certificates',
    'concepts/security/rbac-good-practices/#csrs-and-certificate-issuing',
  ],
  'rbac-escalate': ['RBAC risks: the verb escalate', 'concepts/security/rbac-good-practices/#escalate-verb'],
  'rbac-impersonate': ['RBAC risks: the verb impersonate', 'concepts/security/rbac-good-practices/#impersonate-verb'],
  'rbac-least-privilege': ['RBAC: least privilege', 'concepts/security/rbac-good-practices/#least-privilege'],
  'rbac-listing-secrets': ['RBAC risks: reading Secrets', 'concepts/security/rbac-good-practices/#listing-secrets'],
  'rbac-namespace-modification': [
    'RBAC risks: changing the labels of namespaces',
    'concepts/security/rbac-good-practices/#namespace-modification',
  ],
  'rbac-nodes-proxy': [
    'RBAC risks: access to nodes/proxy',
    'concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes',
  ],
  'rbac-persistent-volumes': [
    'RBAC risks: creation of PersistentVolumes',
    'concepts/security/rbac-good-practices/#persistent-volume-creation',
  ],
  'rbac-token-request': ['RBAC risks: token requests', 'concepts/security/rbac-good-practices/#token-request'],
  'rbac-workload-creation': [
    'RBAC risks: creation of workloads',
    'concepts/security/rbac-good-practices/#workload-creation',
  ],
  'resource-quotas': ['Resource quotas of a namespace', 'concepts/policy/resource-quotas/'],
  seccomp: ['Seccomp profiles of containers', 'tutorials/security/seccomp/'],
  'secrets-good-practices': ['Good practices for Secrets', 'concepts/security/secrets-good-practices/'],
  'security-context': ['Security contexts of pods and containers', 'tasks/configure-pod-container/security-context/'],
  'service-account-tokens': [
    'Service accounts of pods and their tokens',
    'tasks/configure-pod-container/configure-service-account/',
  ],
  'service-accounts': ['Service accounts', 'concepts/security/service-accounts/'],
  services: ['Services', 'concepts/services-networking/service/'],
  sysctls: ['Sysctls in a cluster', 'tasks/administer-cluster/sysctl-cluster/'],
  'user-impersonation': ['User impersonation', 'reference/access-authn-authz/user-impersonation/'],
  'user-namespaces': ['User namespaces', 'concepts/workloads/pods/user-namespaces/'],
  volumes: ['Volumes', 'concepts/storage/volumes/'],
} as const satisfies Readonly<Record<string, readonly [title: string, path: string]>>;

/** Word for a page of the Kubernetes documentation. */
export type KubernetesPage = keyof typeof KUBERNETES_PAGES;
