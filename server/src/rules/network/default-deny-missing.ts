import { defineRule, type Report, type RuleContext } from '../../engine/rule';
import type { Direction } from '../../model/kubernetes/network-policy';
import { describeResource, type Resource } from '../../model/kubernetes/resource';
import type { Place } from '../../model/workspace/fact';
import type { Ref } from '../../syntax/ref';
import { getFirstWorkload, getNamespaceDefault } from './_default-deny';
import { toDefaultDenyFixes } from './_default-deny-fixes';
import { NAMESPACE, toDefaultDenyExample, WORKLOAD } from './_example';

const MAX_RELATED = 3;

export default defineRule({
  id: 'default-deny-missing',
  category: 'network',
  title: 'No default-deny network policy',
  severity: 'warning',
  confidence: 'high',
  fixable: 'always',
  standards: ['cis/5.3.2', 'nsa/network-policies', 'k8s/network-policies'],
  docs: {
    what: 'A namespace with workloads has no NetworkPolicy that denies traffic by default.',
    why: 'A pod that no policy selects accepts connections from every pod of the cluster and may connect to any address. Whoever gets into one pod then reaches all the others, and can send out what is found there.',
    remedy: `Add a policy that selects every pod (\`podSelector: {}\`) and lists the direction in \`policyTypes\` without a rule for it; then allow what is needed, policy by policy. Denying egress also denies DNS, so add the rule for it at the same time. Connections that no other policy allows will stop.

Policies of Cilium, Calico, Antrea and of the admin and cluster network policy APIs count too, as do policies that Kyverno or Capsule makes in the namespace. Where they live elsewhere, declare them in \`workspace.external\` (kind NetworkPolicy). Not reported: \`kube-system\`, \`kube-public\` and \`kube-node-lease\`, where a default deny can stop the cluster, and workloads whose file names no namespace. A namespace whose workloads all use the host's network, which policies do not reach, gets a note.`,
    flags: [NAMESPACE, WORKLOAD, toDefaultDenyExample('[Egress]')].join('---\n'),
    passes: [NAMESPACE, WORKLOAD, toDefaultDenyExample('[Ingress, Egress]')].join('---\n'),
  },
  visit: {
    *resource(resource, context) {
      const { kind, group, name, metadata, root } = resource;
      if (kind !== 'Namespace' || group !== '' || name === undefined) return;
      if (!isHere(context.workspace.find('namespace', name)[0]?.place, root, context)) return;
      yield* judge(name, metadata.get('name'), resource, context);
    },
    *pod({ resource }, context) {
      const { namespace, metadata, root } = resource;
      if (namespace === undefined || context.workspace.find('namespace', namespace).length > 0) return;
      const first = getFirstWorkload(namespace, context);
      if (isHere(first?.place, root, context)) yield* judge(namespace, metadata.get('namespace'), resource, context);
    },
  },
});

function isHere(place: Place | undefined, root: Ref, { document }: RuleContext): boolean {
  return place?.document === document && place.path.join('/') === root.path.join('/');
}

function* judge(namespace: string, at: Ref, { root }: Resource, context: RuleContext): Iterable<Report> {
  const found = getNamespaceDefault(namespace, context);
  if (!found || found.lacking.length === 0) return;
  const { workloads, lacking, isHostNetworkOnly } = found;
  const others = workloads.filter(({ place }) => !isHere(place, root, context));
  yield {
    at,
    severity: isHostNetworkOnly ? 'info' : 'warning',
    message: `Namespace "${namespace}" runs workloads and has no default-deny network policy for ${toWords(lacking)}: ${toConsequence(lacking)}.${isHostNetworkOnly ? " Its workloads so far use the host's network, which policies do not reach." : ''}`,
    related: others.slice(0, MAX_RELATED).map(({ place, value }, index) => ({
      place,
      message: `${describeResource(value)} runs in namespace "${namespace}"${toRest(index, others.length)}.`,
    })),
    fixes: toDefaultDenyFixes(namespace, root, found),
  };
}

const toWords = (directions: readonly Direction[]) => directions.map((word) => word.toLowerCase()).join(' or ');

const toRest = (index: number, count: number) =>
  index === MAX_RELATED - 1 && count > MAX_RELATED ? `, and ${count - MAX_RELATED} more do` : '';

function toConsequence(lacking: readonly Direction[]): string {
  const accepts = 'accepts connections from every pod of the cluster';
  const connects = 'can connect to any address';
  if (lacking.length > 1) return `a pod that no policy selects ${accepts} and ${connects}`;
  return `a pod that no policy selects for ${toWords(lacking)} ${lacking[0] === 'Ingress' ? accepts : connects}`;
}
