import type { Fix } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { toPolicyExample } from './_example';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { areAllDeclared, getPortCases, isServed, type PortCase } from './_ports';
import { listNames } from './_scene';

const MAX_CHOICES = 3;

const toExample = (port: number) =>
  toFile(
    toPolicyExample(`policyTypes: [Ingress]\ningress:\n  - ports:\n      - port: ${port}`),
    toWorkload('db', { port: 'containerPort: 5432' }),
  );

export default defineRule({
  id: 'port-not-served',
  category: 'network',
  title: 'Port at which no pod listens',
  severity: 'info',
  confidence: 'low',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A rule of a NetworkPolicy names a port that none of the pods behind it declares.',
    why: 'The rule opens a port that nobody uses, and the one that is used stays closed. The connection fails without a hint of the policy.',
    remedy:
      'Name a port of the containers. What a container declares is only said and not enforced, so this is a note: if it does listen there, declare the port. Not reported where some pod declares no port at all, or a Service sends to the port.',
    flags: toExample(5433),
    passes: toExample(5432),
  },
  visit: {
    *resource(resource, context) {
      for (const found of getPortCases(resource, context)) {
        const { at, data, protocol, pods, servicePorts } = found;
        const { port } = data;
        if (typeof port !== 'number' || data.endPort !== undefined || !areAllDeclared(found)) continue;
        // The port of a Service is another fault, which has a rule of its own.
        if (isServed(found, port) || servicePorts.some((other) => other.port.port === port)) continue;
        const choices = getChoices(found, protocol);
        const names = [...new Set(pods.map(({ known }) => known.value.name))];
        yield {
          at,
          message: `${describePolicy(resource)} names port ${port}, and ${listNames(names)} ${names.length > 1 ? 'declare' : 'declares'} ${choices.length > 0 ? choices.join(', ') : 'others'} only.`,
          related: pods.slice(0, MAX_CHOICES).map(({ known }) => ({
            place: known.place,
            message: `${known.value.kind} "${known.value.name}" declares no port ${port}.`,
          })),
          fixes: toFixes(found, choices),
        };
      }
    },
  },
});

function getChoices({ pods }: PortCase, protocol: string): number[] {
  const own = pods.flatMap(({ ports }) => ports.filter((port) => port.protocol === protocol));
  return [...new Set(own.map(({ port }) => port))];
}

function toFixes({ at }: PortCase, choices: readonly number[]): Fix[] {
  if (choices.length > MAX_CHOICES || choices.length === 0) {
    const title = 'Remove the port: what no other rule allows is denied';
    return [{ title, safety: 'unsafe', operations: at.parent ? [{ op: 'remove', at: at.parent, upTo: 2 }] : [] }];
  }
  return choices.map((value) => ({
    title: `Change it to ${value}`,
    safety: 'unsafe',
    operations: [{ op: 'set', at, value }],
  }));
}
