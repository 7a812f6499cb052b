import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { isNear } from '../../model/network/near-label';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { getPortCases, type PortCase } from './_ports';
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
      "Use a name under `ports` of the containers, in the same protocol (a rule's protocol is TCP where it says none), or the number. The names of a Service's ports are others.",
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
        const choices = getChoices(found, data.port);
        const [first] = choices;
        const suggestion = first === undefined ? '' : ` Did you mean ${JSON.stringify(first)}?`;
        const names = pods.map(({ known }) => known.value.name);
        yield {
          at,
          message: `${describePolicy(resource)} names the ${protocol} port "${data.port}", which no container of ${listNames(names)} declares: the rule opens nothing.${suggestion}`,
          fixes: choices.map(
            (value): Fix => ({
              title: `Change it to ${value}`,
              safety: 'unsafe',
              operations: [{ op: 'set', at, value }],
            }),
          ),
        };
      }
    },
  },
});

/** Names of the containers' ports that are nearly so written, and where a Service's port of the name leads. */
function getChoices({ pods, servicePorts, protocol }: PortCase, wanted: string): (string | number)[] {
  const ports = pods.flatMap((pod) => pod.ports).filter((port) => port.protocol === protocol);
  const names = new Set(ports.flatMap(({ name }) => name ?? []));
  const near = [...names].filter((name) => isNear(wanted, name));
  const targets = servicePorts.filter(({ port }) => port.name === wanted).map(({ port }) => port.targetPort);
  return [...new Set([...near, ...targets.filter((target) => typeof target === 'number' || names.has(target))])];
}
