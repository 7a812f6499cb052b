import { defineRule } from '../../engine/rule';
import { DIRECTIONS } from '../../model/kubernetes/network-policy';
import { coversPolicy } from '../../model/network/cover';
import { getDirection } from '../../model/network/policy';
import { findPolicies, getNamespaceLabels } from '../../model/network/view';
import { toPolicyExample } from './_example';
import { toFile } from './_pods';
import { describePolicy } from './_policies';
import { getScene } from './_scene';

const toRule = (app: string, port = '') =>
  toPolicyExample(
    `policyTypes: [Ingress]\ningress:\n  - from:\n      - podSelector: { matchLabels: { app: ${app} } }${port}`,
  );
const OTHER = toRule('api', '\n    ports:\n      - port: 5432').replace('name: db', 'name: db-port');

export default defineRule({
  id: 'policy-redundant',
  category: 'network',
  title: 'Policy that another one makes superfluous',
  severity: 'info',
  confidence: 'high',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'All that a NetworkPolicy admits, another one of the same pods, or of these and others, admits too, and all that it isolates, the other isolates.',
    why: 'Policies add up: what one admits is admitted, however narrow the other is. A policy that was meant to narrow something down narrows nothing as long as the wider one is there.',
    remedy:
      'Remove the wider policy if the narrow one is meant, else the narrow one. Labels, blocks of addresses and ranges of ports are compared by what they hold. Policies that only deny are not reported: they are the base on which others stand.',
    flags: toFile(toRule('api'), OTHER),
    passes: toFile(toRule('front'), OTHER),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      if (!scene) return;
      const { land, policy, workspace } = scene;
      const directions = DIRECTIONS.map((direction) => getDirection(policy, direction));
      if (!directions.some(({ isIsolating, rules }) => isIsolating && rules.length > 0)) return;
      const policies = findPolicies(land, workspace);
      const path = resource.root.path.join('/');
      const index = policies.findIndex(
        ({ known: { place } }) => place.document === context.document && place.path.join('/') === path,
      );
      const own = policies[index];
      if (!own) return;
      // One name in two files is one object, written for two clusters; and files of no namespace may be alternatives.
      const isBeside = ({ known }: (typeof policies)[number]) =>
        known.value.name !== own.known.value.name && (land.namespace !== undefined || known.uri === context.uri);
      const home = getNamespaceLabels(land.namespace, workspace);
      // Of two that say the same the later one is superfluous.
      const wider = policies.find(
        (other, at) =>
          isBeside(other) && coversPolicy(other, own, home) && (at < index || !coversPolicy(own, other, home)),
      );
      if (!wider) return;
      const name = wider.known.value.name ?? '';
      yield {
        at: resource.root.get('metadata', 'name'),
        message: `${describePolicy(resource)} changes nothing: NetworkPolicy "${name}" is for these pods too and admits all of this.`,
        related: [{ place: wider.known.place, message: `NetworkPolicy "${name}" is here.` }],
        fixes: [
          {
            title: `Remove ${describePolicy(resource)}`,
            safety: 'unsafe',
            operations: [{ op: 'removeDocument', at: resource.root }],
          },
        ],
      };
    },
  },
});
