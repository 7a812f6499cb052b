import type { Fix } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { Resource } from '../../model/kubernetes/resource';
import { NAME_LABEL } from '../../model/kubernetes/selectors';
import type { ServicePort } from '../../model/workspace/network-topics';
import type { Ref } from '../../syntax/ref';
import type { ClosedBackend } from './_backends';
import { toFreeName } from './_default-deny-fixes';
import { getTakenNames } from './_one-sided';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** Where the installation guides of controllers put them, by what the names of their classes contain. */
const USUAL_NAMESPACES: readonly (readonly [RegExp, string])[] = [
  [/nginx/i, 'ingress-nginx'],
  [/traefik/i, 'traefik'],
  [/haproxy/i, 'haproxy-controller'],
  [/contour/i, 'projectcontour'],
  [/kong/i, 'kong'],
];

/** Tells a controller from a plain nginx. */
const CONTROLLER = /ingress|controller|traefik|contour|kong/i;

/**
 * Admits the controller of an Ingress to the pods behind one of its backends (the name of a Service), by a policy behind the
 * Ingress. Nothing where its namespace can only be guessed: some controllers connect from addresses outside of the cluster.
 */
export function toControllerFixes(
  ingress: Resource,
  backend: Ref,
  { service, pods }: ClosedBackend,
  context: RuleContext,
): Fix[] {
  const [first] = pods;
  const controller = findControllerNamespace(ingress, context);
  const { namespace } = ingress;
  if (!first || controller === undefined || namespace === undefined) return [];
  const name = toFreeName(`allow-ingress-to-${service.name}`, getTakenNames(first, context.workspace));
  const ports = getPorts(backend, service.ports).map(({ targetPort, protocol }) => ({ protocol, port: targetPort }));
  const peer = { namespaceSelector: { matchLabels: { [NAME_LABEL]: controller } } };
  return [
    {
      title: `Add a policy that admits namespace "${controller}" to the pods of Service "${service.name}"`,
      safety: 'unsafe',
      operations: [
        {
          op: 'insertDocument',
          after: ingress.root,
          value: {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata: { name, namespace },
            spec: {
              podSelector: { matchLabels: service.selector },
              policyTypes: ['Ingress'],
              ingress: [{ from: [peer], ...(ports.length > 0 ? { ports } : {}) }],
            },
          },
        },
      ],
    },
  ];
}

/** The ports of a Service that a backend leads to. */
function getPorts(backend: Ref, ports: readonly ServicePort[]): readonly ServicePort[] {
  const written = backend.parent?.get('port');
  const [number, name] = [written?.get('number').number, written?.get('name').string];
  return ports.filter(({ port, name: own }) => (name === undefined ? port === number : own === name));
}

function findControllerNamespace({ spec, metadata }: Resource, { workspace }: RuleContext): string | undefined {
  const ofSpec = spec.get('ingressClassName');
  const className = (ofSpec.isAbsent ? metadata.get('annotations', CLASS_ANNOTATION) : ofSpec).string;
  const usual = USUAL_NAMESPACES.find(([words]) => className !== undefined && words.test(className));
  if (!usual) return undefined;
  // Where the controller is here, its own namespace is right, wherever guides put it.
  const [words, namespace] = usual;
  const homes = workspace.all('network-pod').flatMap(({ value }) => {
    const said = [value.name ?? '', ...Object.values(value.labels.values)];
    const isController = said.some((word) => words.test(word) && CONTROLLER.test(word));
    return isController && value.namespace !== undefined ? [value.namespace] : [];
  });
  const [home, ...others] = new Set(homes);
  return home !== undefined && others.length === 0 ? home : namespace;
}
