import type { Report, RuleContext } from '../../engine/rule';
import { getPolicyRules, isNarrowed, type PolicyRule, toStrings } from '../../model/kubernetes/rbac';
import { findGrants, withAggregated } from '../../model/workspace/rbac';
import type { RoleRule } from '../../model/workspace/rbac-topics';
import type { Right } from './_grants';
import { findRoleBindings } from './_reach';

const EVICTING: readonly Required<Right>[] = [
  { group: '', resources: ['pods'], verbs: ['delete', 'deletecollection'] },
  { group: '', resources: ['pods/eviction'], verbs: ['create'] },
];

/** That holders of a role can throw pods out, and by what. */
export interface Eviction {
  /** Behind "its holder can …, and". */
  readonly words: string;
  readonly related: NonNullable<Report['related']>;
}

/** Whether a holder of the role of a rule can throw pods out: by the same role, or by another one that it has. */
export function findEviction(rule: PolicyRule, context: RuleContext): Eviction | undefined {
  return findInRole(rule, context) ?? findAtHolders(rule, context);
}

function findInRole(rule: PolicyRule, context: RuleContext): Eviction | undefined {
  const other = getPolicyRules(rule.resource).find((one) => {
    const { apiGroups, resources, verbs } = one;
    return (
      !isNarrowed(one) &&
      isEvicting({ apiGroups: toStrings(apiGroups), resources: toStrings(resources), verbs: toStrings(verbs) })
    );
  });
  if (!other) return undefined;
  const place = { document: context.document, path: other.ref.path };
  const related =
    String(other.ref.path) === String(rule.ref.path) ? [] : [{ place, message: 'This rule lets it throw pods out.' }];
  return { words: 'throw pods out', related };
}

function findAtHolders(rule: PolicyRule, context: RuleContext): Eviction | undefined {
  const { workspace } = context;
  const bindings = findRoleBindings(rule, context).filter(({ value }) => value.kind === 'ClusterRoleBinding');
  for (const subject of bindings.flatMap(({ value }) => value.subjects)) {
    for (const { binding, roles } of findGrants(workspace, subject)) {
      for (const { value, place } of withAggregated(workspace, roles, binding.value.role.name)) {
        const other = value.rules.find((one) => !one.isNarrowed && isEvicting(one));
        if (!other) continue;
        const role = `${value.kind} "${value.name ?? ''}"`;
        const related = [
          { place: { ...place, path: other.path }, message: `This rule of ${role} lets it throw pods out.` },
          {
            place: binding.place,
            message: `${binding.value.kind} "${binding.value.name ?? ''}" gives that role to "${subject.name}" too.`,
          },
        ];
        return { words: `"${subject.name}" may throw pods out by ${role}`, related };
      }
    }
  }
  return undefined;
}

function isEvicting({ apiGroups, resources, verbs }: Pick<RoleRule, 'apiGroups' | 'resources' | 'verbs'>): boolean {
  const holds = (list: readonly string[], names: readonly string[]) =>
    list.includes('*') || names.some((name) => list.includes(name));
  return EVICTING.some(
    (right) => holds(apiGroups, [right.group]) && holds(resources, right.resources) && holds(verbs, right.verbs),
  );
}
