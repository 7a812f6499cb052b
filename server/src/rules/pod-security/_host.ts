/** What there is to say of pods that are no longer the node's: network policies reach them, and user namespaces are open to them. */
export const HOST_REVEALS: readonly string[] = ['default-deny-missing', 'pod-not-isolated', 'user-namespace-missing'];
