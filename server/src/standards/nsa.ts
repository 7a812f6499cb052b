// Sections of the Kubernetes Hardening Guide of NSA and CISA, version 1.2 of August 2022; titles in our own words.

/** Name and version of the guide to which the sections belong. */
export const NSA_SOURCE = 'NSA/CISA Kubernetes Hardening Guide 1.2';

/** The guide is one PDF without addressable sections. */
export const NSA_URL =
  'https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF';

/** Titles of the sections by the word that stands for them here. */
export const NSA_TITLES = {
  'pod-security': 'Kubernetes Pod security',
  'non-root-containers': 'Pod security: containers without root, engines without root',
  'immutable-file-systems': 'Pod security: immutable container file systems',
  'secure-images': 'Pod security: building secure container images',
  'pod-security-enforcement': 'Pod security: enforcement on admission',
  'service-account-tokens': 'Pod security: protecting the service account tokens of pods',
  'hardened-environments': 'Pod security: hardening the environment of containers',
  'network-separation': 'Network separation and hardening',
  namespaces: 'Network separation: namespaces',
  'network-policies': 'Network separation: network policies',
  'resource-policies': 'Network separation: resource policies',
  secrets: 'Network separation: secrets',
  'cloud-infrastructure': 'Network separation: protecting sensitive cloud infrastructure',
  authentication: 'Authentication and authorization: authentication',
  rbac: 'Authentication and authorization: role-based access control',
  'audit-logging': 'Audit logging and threat detection',
  upgrading: 'Upgrading and application security practices',
} as const satisfies Readonly<Record<string, string>>;

/** Word for a section of the guide. */
export type NsaSection = keyof typeof NSA_TITLES;
