import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { getLand } from '../../model/network/view';
import { findClosedBackend, getBackends } from './_backends';
import { toControllerFixes } from './_controller';
import { toPolicyExample } from './_example';
import { isIngress, TLS, toIngressExample, toServiceExample } from './_exposed';
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
  title: 'Ingress to pods that only their own namespace may reach',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'sometimes',
  standards: ['k8s/network-policies', 'k8s/ingress'],
  docs: {
    what: 'An Ingress leads to a Service whose pods are isolated, and no policy admits anything from outside of their namespace.',
    why: 'The ingress controller connects to the pods itself, from its own namespace or from outside of the cluster. The policies stop it, and every request ends with 502 or 504.',
    remedy:
      "Admit the controller: a peer with a `namespaceSelector` for its namespace (`kubernetes.io/metadata.name: ingress-nginx`), or an `ipBlock` for the addresses of the cloud's load balancer. Nothing is said where the controller seems to live in the namespace itself.",
    flags: toExample('podSelector: {}'),
    passes: toExample('namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ingress-nginx } }'),
  },
  visit: {
    *resource(resource, context) {
      if (!isIngress(resource) || resource.namespace === undefined) return;
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
    },
  },
});
