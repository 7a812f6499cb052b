import { defineRule } from '../../engine/rule';
import { DIRECTIONS, type Direction, getRuleList, isIsolating } from '../../model/kubernetes/network-policy';
import { isEmptySelector } from '../../model/kubernetes/selectors';
import { isSameLand } from '../../model/network/land';
import { getDirection } from '../../model/network/policy';
import { findPolicies } from '../../model/network/view';
import { toPolicyExample } from './_example';
import { getEmptyDirections, isLimitingName, isOpeningName, toEmptyReport } from './_opening';
import { describePolicy } from './_policies';
import { getScene, type Scene } from './_scene';

const toExample = (policyTypes: string) =>
  toPolicyExample(
    `policyTypes: ${policyTypes}\ningress:\n  - from:\n      - podSelector: { matchLabels: { app: api } }`,
  ).replace('name: db', 'name: allow-api');

export default defineRule({
  id: 'implicit-deny',
  category: 'network',
  title: 'Policy that denies what its name allows',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A NetworkPolicy is called an allowance and has no rule; or it has rules for one direction, and `policyTypes` names the other one too, for which it has none.',
    why: 'A direction in `policyTypes` without a rule is denied, whatever the policy is called. A policy written to let something in then stops all that its pods send, DNS included, or the other way round; without any rule it closes what it was written to open.',
    remedy:
      'Take the direction out of `policyTypes`, or write rules for it. Where denying is meant, say so: call it a deny, write the empty list (`egress: []`) beside the rules of the other direction, or leave it to a default-deny policy. Of a direction without a rule beside one with rules nothing is said where another policy denies it for every pod of the namespace.',
    flags: toExample('[Ingress, Egress]'),
    passes: toExample('[Ingress]'),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      const { name = '', spec } = resource;
      if (!scene || !isOpeningName(name)) return;
      const empty = getEmptyDirections(resource);
      if (empty && empty.length > 0) yield toEmptyReport(resource, empty);
      if (empty || isLimitingName(name)) return;
      for (const direction of DIRECTIONS) {
        const other: Direction = direction === 'Ingress' ? 'Egress' : 'Ingress';
        const at = spec
          .get('policyTypes')
          .items()
          .find((item) => item.string === direction);
        if (!at || isIsolating(spec, other) !== true || getRuleList(spec, other).items().length === 0) continue;
        // An empty list is written by someone who means it.
        if (!getRuleList(spec, direction).isAbsent || getRuleList(spec, direction).isWritten) continue;
        if (isDeniedAnyway(scene, name, direction)) continue;
        const word = direction.toLowerCase();
        yield {
          at,
          message: `${describePolicy(resource)} names ${direction} in policyTypes and has no ${word} rule: ${direction === 'Egress' ? 'its pods may connect to nothing, DNS included' : 'nothing may connect to its pods'}.`,
          fixes: [
            {
              title: `Take ${direction} out of policyTypes`,
              safety: 'unsafe',
              operations: [{ op: 'remove', at }],
            },
          ],
        };
      }
    },
  },
});

/** True where a policy for all pods of the namespace isolates the direction, so that this one changes nothing. */
function isDeniedAnyway({ land, workspace }: Scene, own: string, direction: Direction): boolean {
  return findPolicies(land, workspace).some(({ known, policy, land: other }) => {
    const { isIsolating: isolates } = getDirection(policy, direction);
    return (
      known.value.name !== own &&
      isSameLand(land, other) !== false &&
      isEmptySelector(policy.podSelector) &&
      isolates !== false
    );
  });
}
