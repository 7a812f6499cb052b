import type { PlainValue } from '../../engine/operation';
import { defineRule } from '../../engine/rule';
import { DIRECTIONS } from '../../model/kubernetes/network-policy';
import { describeResource } from '../../model/kubernetes/resource';
import { isIsolated } from '../../model/network/evaluate';
import { findForeignPolicies, findPods, findPolicies, getLand } from '../../model/network/view';
import { getAbsence } from '../../model/workspace/absence';
import { toFreeName } from './_default-deny-fixes';
import { toDefaultDenyExample, WORKLOAD } from './_example';
import { toFile } from './_pods';
import { DENIAL_REVEALS } from './_reveals';

const POD = WORKLOAD.replace('  namespace: shop\n', '  namespace: shop\n  labels: { app: web }\n');

export default defineRule({
  id: 'pod-not-isolated',
  category: 'network',
  title: 'Pods that no policy isolates',
  severity: 'info',
  confidence: 'medium',
  fixable: 'sometimes',
  isDefault: false,
  standards: ['cis/5.3.2', 'nsa/network-policies'],
  docs: {
    what: 'No NetworkPolicy of the workspace isolates the pods of a workload, for what comes in, for what goes out, or for both.',
    why: 'A pod that no policy isolates accepts connections from every pod of the cluster, and may connect to anything.',
    remedy:
      'Give the namespace policies that deny by default, which is what default-deny-missing asks for, and let others allow what is needed. This rule says it of each workload; it is off until it is turned on.',
    flags: POD,
    passes: toFile(POD, toDefaultDenyExample('[Ingress, Egress]')),
  },
  visit: {
    *pod(pod, context) {
      const { workspace, uri, document } = context;
      const { resource } = pod;
      if (pod.isFragment || resource.metadata.get('namespace').isUnknown) return;
      const land = getLand(resource.namespace, uri, workspace);
      const path = resource.root.path.join('/');
      const own = findPods(land, workspace).find(
        ({ known: { place } }) => place.document === document && place.path.join('/') === path,
      );
      if (own?.isHostNetwork !== false) return;
      if (getAbsence({ kind: 'NetworkPolicy', namespace: land.namespace, name: undefined }, context) === 'elsewhere')
        return;
      const foreign = findForeignPolicies(land, workspace);
      const policies = findPolicies(land, workspace);
      const open = DIRECTIONS.filter(
        (direction) =>
          isIsolated(policies, direction, own) === false &&
          !foreign.some((policy) => (direction === 'Ingress' ? policy.isolatesIngress : policy.isolatesEgress)),
      );
      if (open.length === 0) return;
      const { name, namespace, labels } = own.known.value;
      const taken = new Set(policies.flatMap(({ known }) => known.value.name ?? []));
      const value: PlainValue = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: toFreeName(`isolate-${name ?? 'pods'}`, taken), ...(namespace && { namespace }) },
        spec: { podSelector: { matchLabels: labels.values }, policyTypes: open },
      };
      const words = open.map((direction) => direction.toLowerCase()).join(' or ');
      yield {
        at: resource.root.get('metadata', 'name'),
        message: `No policy here isolates the pods of ${describeResource(resource)} for ${words}.`,
        fixes:
          Object.keys(labels.values).length === 0
            ? []
            : [
                {
                  title: `Add a policy that denies ${words.replace(' or ', ' and ')} to the pods of "${name}"`,
                  safety: 'unsafe',
                  operations: [{ op: 'insertDocument', after: resource.root, value }],
                  reveals: DENIAL_REVEALS,
                },
              ],
      };
    },
  },
});
