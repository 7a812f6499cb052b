import type { Report, RuleContext } from '../../engine/rule';
import type { Known } from '../../model/workspace/fact';
import { findRoles, withAggregated } from '../../model/workspace/rbac';
import type { RoleRule } from '../../model/workspace/rbac-topics';
import type { AccountBindingFact } from '../../model/workspace/topics';

interface GraveRight {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** Behind "which can". */
  readonly words: string;
}

// What makes the holder of one stolen token an administrator, or as good as one.
const GRAVE: readonly GraveRight[] = [
  { group: '', resource: 'secrets', verbs: ['get', 'list', 'watch'], words: 'read every Secret' },
  { group: '', resource: 'pods/exec', verbs: ['get', 'create'], words: 'run commands in every pod' },
  { group: '', resource: 'pods/attach', verbs: ['get', 'create'], words: 'attach to the processes of every pod' },
  {
    group: '',
    resource: 'pods/ephemeralcontainers',
    verbs: ['update', 'patch'],
    words: 'start debug containers in every pod',
  },
  { group: '', resource: 'nodes/proxy', verbs: ['get', 'create'], words: 'reach every kubelet' },
  { group: '', resource: 'serviceaccounts/token', verbs: ['create'], words: 'make tokens of every account' },
  { group: '', resource: 'users', verbs: ['impersonate'], words: 'act as anybody' },
  { group: '', resource: 'groups', verbs: ['impersonate'], words: 'act as a member of any group' },
  { group: '', resource: 'serviceaccounts', verbs: ['impersonate'], words: 'act as every account' },
  {
    group: 'rbac.authorization.k8s.io',
    resource: 'clusterroles',
    verbs: ['escalate', 'bind'],
    words: 'give itself any right',
  },
];

// Bound in the whole cluster, these are made for one namespace or for the control plane itself.
const BUILT_IN: Readonly<Record<string, string>> = {
  'cluster-admin': 'do everything',
  admin: 'read every Secret and run any pod',
  edit: 'read every Secret and run any pod',
  'system:kubelet-api-admin': 'reach every kubelet',
};

/** The first right by which the holder of a binding's role rules the cluster, and the rule that grants it. */
export function findGraveRight(
  { value: { role } }: Known<AccountBindingFact>,
  { workspace }: RuleContext,
): { readonly words: string; readonly related: NonNullable<Report['related']> } | undefined {
  if (role === undefined) return undefined;
  const builtIn = Object.hasOwn(BUILT_IN, role) ? BUILT_IN[role] : undefined;
  if (builtIn !== undefined) return { words: builtIn, related: [] };
  const roles = findRoles(workspace, { kind: 'ClusterRole', name: role, namespace: undefined });
  for (const known of withAggregated(workspace, roles, role)) {
    for (const rule of known.value.rules) {
      const right = GRAVE.find((one) => isGranting(rule, one));
      if (!right) continue;
      const place = { ...known.place, path: rule.path };
      const message = `This rule of ClusterRole "${known.value.name ?? role}" grants it.`;
      return { words: right.words, related: [{ place, message }] };
    }
  }
  return undefined;
}

function isGranting(rule: RoleRule, { group, resource, verbs }: GraveRight): boolean {
  const holds = (list: readonly string[], name: string) => list.includes(name) || list.includes('*');
  if (rule.isNarrowed || !holds(rule.apiGroups, group) || !holds(rule.resources, resource)) return false;
  return verbs.some((verb) => holds(rule.verbs, verb));
}
