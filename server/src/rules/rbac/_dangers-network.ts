import { CHANGE, type Danger, WRITE, WRITE_OR_DELETE } from './_danger';

/** Dangerous rights over where traffic goes, by the id of the rule that reports them. */
export const NETWORK_DANGERS = {
  'services-status-writable': {
    rights: [{ group: '', resources: ['services/status'], verbs: CHANGE }],
    severity: 'warning',
    allows: 'give Services the addresses of others and so intercept traffic to them',
  },
  'services-writable': {
    rights: [
      { group: '', resources: ['services'], verbs: WRITE },
      { group: 'networking.k8s.io', resources: ['ingresses'], verbs: WRITE },
      {
        group: 'gateway.networking.k8s.io',
        resources: ['gateways', 'httproutes', 'grpcroutes', 'tlsroutes', 'tcproutes', 'udproutes', 'referencegrants'],
        verbs: WRITE,
      },
    ],
    severity: 'warning',
    allows: 'lead the traffic of Services and host names to pods of its choice, and open pods to the outside',
  },
  'endpoints-writable': {
    rights: [
      { group: '', resources: ['endpoints'], verbs: WRITE },
      { group: 'discovery.k8s.io', resources: ['endpointslices'], verbs: WRITE },
    ],
    severity: 'warning',
    allows: 'send the traffic of Services and ingresses to any address, that of other namespaces included',
  },
  'network-policy-writable': {
    rights: [
      { group: 'networking.k8s.io', resources: ['networkpolicies'], verbs: WRITE_OR_DELETE },
      {
        group: 'policy.networking.k8s.io',
        resources: ['adminnetworkpolicies', 'baselineadminnetworkpolicies', 'clusternetworkpolicies'],
        verbs: WRITE_OR_DELETE,
      },
      {
        group: 'cilium.io',
        resources: ['ciliumnetworkpolicies', 'ciliumclusterwidenetworkpolicies'],
        verbs: WRITE_OR_DELETE,
      },
      {
        group: 'crd.projectcalico.org',
        resources: ['networkpolicies', 'globalnetworkpolicies'],
        verbs: WRITE_OR_DELETE,
      },
      { group: 'projectcalico.org', resources: ['networkpolicies', 'globalnetworkpolicies'], verbs: WRITE_OR_DELETE },
    ],
    severity: 'warning',
    allows: 'open the network for pods that policies keep apart',
  },
} as const satisfies Readonly<Record<string, Danger>>;
