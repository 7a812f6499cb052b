import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { getPortCases, isServed, resolveTarget } from './_ports';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: db
  namespace: shop
spec:
  selector: { app: db }
  ports:
    - port: 80
      targetPort: 8080
`;

const toExample = (port: number) =>
  toFile(
    toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - ports:\n      - port: ${port}`),
    SERVICE,
    toWorkload('db', { port: 'containerPort: 8080' }),
  );

export default defineRule({
  id: 'service-port-confused',
  category: 'network',
  title: "Port of the Service instead of the pods'",
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A rule of a NetworkPolicy names the port of a Service whose pods listen at another one.',
    why: "Policies are about pods. By the time a connection is judged, the Service's address and port have been replaced by those of a pod, so the rule admits nothing that anybody sends.",
    remedy: "Name the Service's `targetPort`, by number or by its name.",
    flags: toExample(80),
    passes: toExample(8080),
  },
  visit: {
    *resource(resource, context) {
      for (const found of getPortCases(resource, context)) {
        const { at, data, protocol, pods, servicePorts } = found;
        const { port } = data;
        if (typeof port !== 'number' || data.endPort !== undefined || isServed(found, port)) continue;
        const confused = servicePorts.find(
          (other) => other.port.port === port && other.port.protocol === protocol && other.port.targetPort !== port,
        );
        const [target] = confused ? resolveTarget(confused.port, pods) : [];
        if (!confused || target === undefined || target === port) continue;
        const { known } = confused.service;
        yield {
          at,
          message: `${describePolicy(resource)} names port ${port}, which is the Service "${known.value.name}"'s: its pods listen at ${target}, and policies are judged by that.`,
          related: [{ place: known.place, message: `Service "${known.value.name}" sends ${port} to ${target}.` }],
          fixes: [
            { title: `Change it to ${target}`, safety: 'unsafe', operations: [{ op: 'set', at, value: target }] },
          ],
        };
      }
    },
  },
});
