import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import { getLand } from '../../model/network/view';
import { findClosedBackend, getBackends } from './_backends';
import { toControllerFixes } from './_controller';
import { toPolicyExample } from './_example';
import { isIngress, isService, TLS, toIngressExample, toServiceExample } from './_exposed';
import { judgeLoadBalancer } from './_load-balancer';
import { toFile, toWorkload } from './_pods';
import { listNames } from './_scene';

const toExample = (peer: string) =>
  toFile(
    toIngressExample('web.example.com', TLS),
    toServiceExample('type: ClusterIP'),
    toWorkload('web'),
    toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - from:\n      - ${peer}`, '{ matchLabels: { app: web } }'),
  );

export default defineRule({
  id: 'ingress-backend-blocked',
  category: 'network',
  title: 'Ingress or load balancer to pods that it may not reach',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/network-policies', 'k8s/ingress'],
  docs: {
    what: 'An Ingress leads to a Service whose pods are isolated, and no policy admits anything from outside of their namespace; or a Service of type LoadBalancer does, and no policy admits an address.',
    why: 'The ingress controller connects to the pods itself, from its own namespace or from outside of the cluster. The policies stop it, and every request ends with 502 or 504. What a load balancer sends arrives with the address of a node or of the client: no selector of pods or namespaces means these, and connections time out, but for those that happen to enter at the node of a pod.',
    remedy:
      "Admit the controller: a peer with a `namespaceSelector` for its namespace (`kubernetes.io/metadata.name: ingress-nginx`), or an `ipBlock` for the addresses of the cloud's load balancer. For a Service of type LoadBalancer only an `ipBlock` will do: of the nodes, or of the clients where `externalTrafficPolicy` is `Local` and leaves their addresses as they are. Nothing is said where the controller seems to live in the namespace itself, and of load balancers that are pods (`kube-system` is admitted, as for K3s; the class is Tailscale's).",
    flags: toExample('podSelector: {}'),
    passes: toExample('namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } }'),
  },
  visit: {
    *resource(resource, context) {
      if (isService(resource)) yield* judgeLoadBalancer(resource, context);
      else if (isIngress(resource)) yield* judgeBackends(resource, context);
    },
  },
});

function* judgeBackends(resource: Resource, context: RuleContext): Iterable<Report> {
  if (resource.namespace === undefined) return;
  const land = getLand(resource.namespace, context.uri, context.workspace);
  const said = new Set<string>();
  for (const at of getBackends(resource)) {
    const name = at.string ?? '';
    const backend = said.has(name) ? undefined : findClosedBackend(name, land, context);
    said.add(name);
    if (!backend) continue;
    const names = listNames(backend.pods.map(({ known }) => known.value.name));
    yield {
      at,
      message: `${describeResource(resource)} leads to Service "${name}", but the policies of ${names} admit nothing from outside of namespace "${resource.namespace}": the ingress controller cannot connect.`,
      fixes: toControllerFixes(resource, at, backend, context),
    };
  }
}
