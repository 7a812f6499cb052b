import { defineRule } from '../../engine/rule';
import { DIRECTIONS, type Direction, getRuleList, isIsolating } from '../../model/kubernetes/network-policy';
import { isEmptySelector } from '../../model/kubernetes/selectors';
import { isSameLand } from '../../model/network/land';
import { getDirection } from '../../model/network/policy';
import { findPolicies } from '../../model/network/view';
import { toPolicyExample } from './_example';
import { describePolicy } from './_policies';
import { getScene, type Scene } from './_scene';

const toExample = (policyTypes: string) =>
  toPolicyExample(
    `policyTypes: ${policyTypes}\ningress:\n  - from:\n      - podSelector: { matchLabels: { app: api } }`,
  ).replace('name: db', 'name: allow-api');

/** Names by which a policy is meant to open something; words that deny have the say. */
const OPENING = /(^|[-.])(allow|allows|permit|enable|open)([-.]|$)/;
const CLOSING = /(^|[-.])(deny|denies|block|isolate|restrict|only|no|lockdown)([-.]|$)/;

export default defineRule({
  id: 'implicit-deny',
  category: 'network',
  title: 'Policy that allows one direction and denies the other',
  severity: 'warning',
  confidence: 'medium',
  fixable: 'always',
  standards: ['k8s/network-policies'],
  docs: {
    what: 'A NetworkPolicy is called an allowance and has rules for one direction; `policyTypes` names the other one too, for which it has none.',
    why: 'A direction in `policyTypes` without a rule is denied. A policy written to let something in then stops all that its pods send, DNS included, or the other way round.',
    remedy:
      'Take the direction out of `policyTypes`, or write rules for it. Where denying is meant, say so: write the empty list (`egress: []`), or leave it to a default-deny policy. Nothing is said where another policy denies the direction for every pod of the namespace.',
    flags: toExample('[Ingress, Egress]'),
    passes: toExample('[Ingress]'),
  },
  visit: {
    *resource(resource, context) {
      const scene = getScene(resource, context);
      const { name = '', spec } = resource;
      if (!scene || !OPENING.test(name) || CLOSING.test(name)) return;
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
