import type { Fix } from '../../engine/operation';
import type { Report } from '../../engine/rule';
import { DIRECTIONS, type Direction, getRuleList, isIsolating } from '../../model/kubernetes/network-policy';
import type { Resource } from '../../model/kubernetes/resource';
import { DNS_PEER, DNS_PORTS, describePolicy } from './_policies';

// Whole words of a name. `open` and `enable` by themselves begin the names of programs and of things that close.
const OPENING =
  /(^|[-.])(allow(s|ed|ing)?|permits?|permitted|admits?|accepts?|(open|enable)-(access|dns|egress|from|ingress|internet|ports?|to|traffic))([-.]|$)/;
const CLOSING =
  /(^|[-.])(den(y|ies|ied|ying)|block(s|ed)?|isolat(es?|ed|ion)|restrict(s|ed)?|no|not|none|nobody|nothing|never|lockdown|disabled?|drops?|rejects?|forbids?|quarantine|closed?)([-.]|$)/;

/** True for a name by which a policy is meant to open something; words that deny have the say. */
export function isOpeningName(name: string): boolean {
  return OPENING.test(name) && !CLOSING.test(name);
}

/** True for a name that says what is open and that the rest is not. */
export function isLimitingName(name: string): boolean {
  return /(^|[-.])only([-.]|$)/.test(name);
}

/** The directions that a policy isolates without a rule in any; undefined for one that has rules, or that is not known here. */
export function getEmptyDirections({ spec }: Resource): readonly Direction[] | undefined {
  const isEmpty = DIRECTIONS.every((direction) => {
    const list = getRuleList(spec, direction);
    return !list.isUnknown && (list.isAbsent || (list.isSequence && list.items().length === 0));
  });
  const answers = DIRECTIONS.map((direction) => isIsolating(spec, direction));
  if (!isEmpty || answers.includes(undefined)) return undefined;
  return DIRECTIONS.filter((_, index) => answers[index]);
}

/** Says that a policy whose name opens something has no rule at all, for the directions that it closes instead. */
export function toEmptyReport(resource: Resource, directions: readonly Direction[]): Report {
  const types = resource.spec.get('policyTypes').items();
  const effects = directions.map((direction) =>
    direction === 'Ingress' ? 'nothing may connect to its pods' : 'they may connect to nothing',
  );
  const effect = directions[0] === 'Egress' ? 'its pods may connect to nothing' : effects.join(', and ');
  return {
    at: types.find((item) => item.string === directions[0]) ?? resource.root.get('metadata', 'name'),
    message: `${describePolicy(resource)} has no rule at all and allows nothing: ${effect}, unless another policy allows it.`,
    fixes: [toRulesFix(resource, directions)],
  };
}

const SAME_NAMESPACE = { podSelector: {} };
const TITLES: Readonly<Record<Direction, string>> = {
  Ingress: 'Admit the pods of the same namespace',
  Egress: "Allow connections to the pods of the same namespace and to the cluster's DNS",
};

function toRulesFix({ spec }: Resource, directions: readonly Direction[]): Fix {
  const [first = 'Ingress', second] = directions;
  return {
    title: second ? "Allow traffic with the pods of the same namespace, and the cluster's DNS" : TITLES[first],
    safety: 'unsafe',
    operations: directions.map((direction) => ({
      op: 'set',
      at: getRuleList(spec, direction),
      value:
        direction === 'Ingress'
          ? [{ from: [SAME_NAMESPACE] }]
          : [{ to: [SAME_NAMESPACE] }, { to: [DNS_PEER], ports: DNS_PORTS }],
    })),
  };
}
