// What rules may find once a fix makes policies deny more, for Fix.reveals.

/** What stops where traffic is denied: the other half of a connection, a way in from outside, what pods need to reach. */
export const DENIAL_REVEALS: readonly string[] = [
  'egress-blocks-dns',
  'host-network-pod-selected',
  'ingress-backend-blocked',
  'irsa-sts-blocked',
  'one-sided-allow',
  'pod-identity-agent-blocked',
];

/** What there is to say of rules that come into force, beside what they stop. */
export const FORCE_REVEALS: readonly string[] = [
  ...DENIAL_REVEALS,
  'allow-all-egress',
  'allow-all-ingress',
  'any-namespace-peer',
  'dns-to-anywhere',
  'dns-udp-only',
  'implicit-deny',
  'ip-block-any',
  'ip-block-for-pods',
  'metadata-address-reachable',
  'named-port-unresolved',
  'peer-and-or-confused',
  'peer-selects-nothing',
  'policy-redundant',
  'port-not-served',
  'service-port-confused',
  'udp-port-over-tcp',
];
