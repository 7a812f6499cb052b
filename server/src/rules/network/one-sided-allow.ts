import { defineRule } from '../../engine/rule';
import { describeResource } from '../../model/kubernetes/resource';
import { toCounterpart } from './_counterpart';
import { toDefaultDenyExample, toPolicyExample } from './_example';
import { findOneSided } from './_one-sided';
import { toFile, toWorkload } from './_pods';
import { describePolicy } from './_policies';
import { listNames } from './_scene';

const FROM_API =
  'policyTypes: [Ingress]\ningress:\n  - from:\n      - podSelector: { matchLabels: { app: api } }\n    ports:\n      - port: 5432';
const PODS = [toWorkload('db', { port: 'containerPort: 5432' }), toWorkload('api')];
const DENY = toDefaultDenyExample('[Ingress, Egress]');

export default defineRule({
  id: 'one-sided-allow',
  category: 'network',
  title: 'Connection allowed on one side only',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A NetworkPolicy lets pods connect, and the policies of the pods at the other end do not.',
    why: 'A connection has to be let out at the one end and let in at the other. With one half missing it fails as if the policy were not there.',
    remedy:
      'Add the other half. Only what the workspace can know is reported: both workloads are in it, those at the closed end are isolated, and no policy that could apply to them, of whatever kind, may allow the connection.',
    flags: toFile(DENY, toPolicyExample(FROM_API), ...PODS),
    passes: toFile(toDefaultDenyExample('[Ingress]'), toPolicyExample(FROM_API), ...PODS),
  },
  visit: {
    *resource(resource, context) {
      for (const found of findOneSided(resource, context)) {
        const { closed, missing, scene, at } = found;
        const own = listNames(scene.selection.pods.map(({ known }) => known.value.name));
        const other = listNames(closed.map(({ known }) => known.value.name));
        const isOut = missing === 'Egress';
        yield {
          at,
          message: isOut
            ? `${describePolicy(resource)} admits ${other} to ${own}, but no policy lets ${other} connect there: its egress is isolated.`
            : `${describePolicy(resource)} lets ${own} connect to ${other}, but no policy of ${other} admits that: its ingress is isolated.`,
          related: closed.slice(0, 3).map(({ known }) => ({
            place: known.place,
            message: `${describeResource(known.value)} is isolated for ${missing.toLowerCase()}.`,
          })),
          fixes: [toCounterpart(found, resource.root)],
        };
      }
    },
  },
});
