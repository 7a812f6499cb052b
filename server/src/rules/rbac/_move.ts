import type { Fix, Operation, PlainValue } from '../../engine/operation';
import type { RuleContext } from '../../engine/rule';
import type { PolicyRule } from '../../model/kubernetes/rbac';
import { RBAC_GROUP } from '../../model/kubernetes/rbac-roles';
import { RIGHT_REVEALS } from './_dangers';

/**
 * Takes something out of a Role and puts it as the only rule into a ClusterRole of the same name behind it, which somebody has
 * yet to bind; none where the Role has no known name, or where a ClusterRole has it already, which the new one would replace.
 */
export function toMoveFixes(
  { resource: { name, root } }: PolicyRule,
  what: string,
  removal: readonly Operation[],
  moved: PlainValue,
  { workspace }: Pick<RuleContext, 'workspace'>,
): Fix[] {
  if (name === undefined || workspace.find('role', name).some(({ value }) => value.kind === 'ClusterRole')) return [];
  const value = { apiVersion: `${RBAC_GROUP}/v1`, kind: 'ClusterRole', metadata: { name }, rules: [moved] };
  const operations: Operation[] = [...removal, { op: 'insertDocument', after: root, value }];
  return [
    {
      title: `Move ${what} to a ClusterRole "${name}"`,
      safety: 'unsafe',
      operations,
      reveals: [...RIGHT_REVEALS, 'role-unused'],
    },
  ];
}
