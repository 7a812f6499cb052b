import type { RuleContext } from '../../engine/rule';
import type { PolicyRule } from '../../model/kubernetes/rbac';
import type { Known } from '../../model/workspace/fact';
import { isClusterWide, type ObjectName, type ReferredKind } from '../../model/workspace/reference-topics';
import type { Workspace } from '../../model/workspace/workspace';
import { findRoleBindings, isBoundInNamespacesOnly } from './_reach';
import { isBeside } from './_role-reference';

/**
 * The names of the objects of a kind that the workspace shows where a rule holds: written there, or named by what is written
 * there. None where it may hold in the whole cluster, of which a workspace never shows all.
 */
export function findNames(kind: ReferredKind, rule: PolicyRule, context: RuleContext): string[] {
  const namespaces = getNamespaces(rule, context);
  if (!namespaces && !isClusterWide(kind)) return [];
  const known = context.workspace.conclude(`rbac/names of:${kind}`, (asked) => toNames(asked, kind));
  const isMeant = ({ value, uri }: Known<ObjectName>) => {
    const isOpen = value.namespace === undefined;
    if (isClusterWide(kind) || (isOpen && namespaces?.includes(undefined))) return isBeside(uri, context);
    return !isOpen && namespaces?.includes(value.namespace);
  };
  return [...new Set(known.filter(isMeant).map(({ value }) => value.name))].sort();
}

/** The namespaces in which the workspace shows an object of a name, in order; an empty text among them where one is left open. */
export function findNamespacesOf(kind: ReferredKind, name: string, { workspace }: RuleContext): string[] {
  const known = workspace.conclude(`rbac/names of:${kind}`, (asked) => toNames(asked, kind));
  return [...new Set(known.flatMap(({ value }) => (value.name === name ? (value.namespace ?? '') : [])))].sort();
}

/** The names of webhook configurations and admission policies in the folder of a file, which is where their owner is installed from. */
export function findAdmissionNames(resources: readonly string[], context: RuleContext): string[] {
  const known = resources.flatMap((resource) => context.workspace.find('admission-object', resource));
  return [...new Set(known.filter(({ uri }) => isBeside(uri, context)).map(({ value }) => value.name))].sort();
}

/** The namespaces in which a rule holds, undefined among them where one is left open; undefined where it may be all. */
function getNamespaces(rule: PolicyRule, context: RuleContext): (string | undefined)[] | undefined {
  if (rule.resource.metadata.get('namespace').isUnknown) return undefined;
  if (rule.resource.kind === 'Role') return [rule.resource.namespace];
  if (!isBoundInNamespacesOnly(rule, context)) return undefined;
  return findRoleBindings(rule, context).map(({ value }) => value.namespace);
}

/** Only what is made here counts for accounts: a name that is nowhere made may be a slip. */
function toNames(asked: Workspace, kind: ReferredKind): Known<ObjectName>[] {
  const isOfKind = ({ value }: Known<ObjectName>) => value.kind === kind;
  const made = asked.all('definition').filter(isOfKind);
  return kind === 'Secret' || kind === 'ConfigMap' ? [...made, ...asked.all('reference').filter(isOfKind)] : made;
}
