import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { getChoices } from './_port-choices';
import { getPortCases } from './_ports';
import { listNames } from './_scene';

const toExample = (port: string) =>
  toFile(
    toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - ports:\n      - port: ${port}`),
    toWorkload('db', { port: '{ name: postgres, containerPort: 5432 }' }),
  );

export default defineRule({
  id: 'named-port-unresolved',
  category: 'network',
  title: 'Name of a port that no pod has',
  severity: 'warning',
  confidence: 'high',
  fixable: 'sometimes',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A rule of a NetworkPolicy names a port that no container of the pods behind it has by that name and protocol.',
    why: 'Names of ports are looked up in the pods that are connected to. A name that is not found there stands for no port, so the rule opens nothing by it.',
    remedy:
      "Use a name under `ports` of the containers, in the same protocol (a rule's protocol is TCP where it says none), or the number. The names of a Service's ports are others. Where the pods have one port that it can be, a fix offers that one, however it is called.",
    flags: toExample('postgers'),
    passes: toExample('postgres'),
  },
  visit: {
    *resource(resource, context) {
      for (const found of getPortCases(resource, context)) {
        const { at, data, protocol, pods } = found;
        if (typeof data.port !== 'string' || !pods.every(({ arePortsKnown }) => arePortsKnown)) continue;
        const isNamed = ({ ports }: (typeof pods)[number]) =>
          ports.some(({ name, protocol: own }) => name === data.port && own === protocol);
        if (pods.some(isNamed)) continue;
        const { suggestion, fixes } = getChoices(found, data.port);
        const names = pods.map(({ known }) => known.value.name);
        yield {
          at,
          message: `${describePolicy(resource)} names the ${protocol} port "${data.port}", which no container of ${listNames(names)} declares: the rule opens nothing.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
          fixes,
        };
      }
    },
  },
});
