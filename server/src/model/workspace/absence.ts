// Whether the workspace can know that an object is not there. Every rule that says "not found" asks here.
import { isLike } from '../iam/wildcard';
import { isBootstrapClusterRole } from '../kubernetes/rbac-roles';
import { toHoldingKey } from './holding-facts';
import { isMadeByKustomization } from './kustomized';
import { isClusterWide } from './reference-topics';
import { DEFAULT_SCOPE, type WorkspaceScope } from './scope';
import type { Workspace } from './workspace';

/**
 * What it means that no file holds an object:
 * - `elsewhere`: it exists. Every cluster has it, a kustomization gives the name to what is here by another one, or the
 *   configuration says that it lives elsewhere. Say nothing.
 * - `open`: it may exist. Say only that something of nearly the name is here.
 * - `likely`: others of its kind and namespace are here, and it is not. Say so as a note (`severity: 'info'`).
 * - `certain`: somebody has said that all there is is here. Say so with the rule's own severity.
 */
export type Absence = 'elsewhere' | 'open' | 'likely' | 'certain';

/**
 * An object that no file holds. `namespace` is undefined where it is not known, and for kinds without one; `name` where an object
 * of any name would do.
 */
export interface MissingObject {
  readonly kind: string;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** What a rule's context holds of what is asked here. */
export interface AbsenceContext {
  readonly settings: { readonly workspace?: WorkspaceScope };
  readonly workspace: Workspace;
  readonly uri: string;
}

// Their objects are made by the cluster or its installer.
const SYSTEM_NAMESPACES: readonly string[] = ['kube-system', 'kube-public', 'kube-node-lease'];

/**
 * What it means that no file of the workspace holds an object. A rule that looks for an object and does not find it (also none
 * whose namespace is left open) asks this first, hands its own context on, and does as the answer says:
 *
 *     const absence = getAbsence({ kind: 'Secret', namespace, name }, context);
 *     if (absence === 'elsewhere') return;
 *     if (near) yield …;                                            // "Did you mean …?" is said always
 *     else if (absence !== 'open') yield { …, ...toSeverity(absence) };
 *
 * For pods, which selectors look for by label, see `getPodAbsence`.
 */
export function getAbsence(object: MissingObject, context: AbsenceContext): Absence {
  const { complete, external } = context.settings.workspace ?? DEFAULT_SCOPE;
  if (isBuiltIn(object) || external.some((one) => isMeant(one, object))) return 'elsewhere';
  const { namespace, kind, name } = object;
  if (name !== undefined && isMadeByKustomization({ kind, namespace, name }, context.workspace)) {
    return 'elsewhere';
  }
  if (complete === false) return 'open';
  if (isSystemNamespace(namespace)) return isNamed(complete, namespace) ? 'certain' : 'open';
  if (complete === true || isNamed(complete, namespace)) return 'certain';
  if (isMadeByInstallers(object)) return 'open';
  return isOtherwisePresent(kind, namespace, context) ? 'likely' : 'open';
}

/**
 * What it means that no workload of the workspace makes the pods of a namespace that a selector asks for. Where the
 * configuration says that anything which makes pods lives elsewhere in that namespace, its labels are not known here.
 * `areOthersKnown`: whether the files show by themselves that they hold the pods of the namespace.
 */
export function getPodAbsence(
  namespace: string | undefined,
  areOthersKnown: boolean,
  { settings }: Pick<AbsenceContext, 'settings'>,
): Absence {
  const { complete, external } = settings.workspace ?? DEFAULT_SCOPE;
  if (POD_MAKERS.some((kind) => external.some((one) => isMeant(one, { kind, namespace, name: undefined })))) {
    return 'elsewhere';
  }
  if (complete === false || (isSystemNamespace(namespace) && !isNamed(complete, namespace))) return 'open';
  if (complete === true || isNamed(complete, namespace)) return 'certain';
  return areOthersKnown ? 'likely' : 'open';
}

/** The severity of a report that an object is missing: a note where nobody has said that all there is is here. */
export function toSeverity(absence: Absence): { readonly severity?: 'info' } {
  return absence === 'certain' ? {} : { severity: 'info' };
}

/** True for a namespace of the cluster itself, whose objects nobody writes. */
export function isSystemNamespace(namespace: string | undefined): boolean {
  return namespace !== undefined && SYSTEM_NAMESPACES.includes(namespace);
}

const POD_MAKERS = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
];

/** True for what every cluster has without anybody writing it. */
export function isBuiltIn({ kind, name }: MissingObject): boolean {
  if (name === undefined) return false;
  if (kind === 'ServiceAccount') return name === 'default';
  if (kind === 'Namespace') return name === 'default' || SYSTEM_NAMESPACES.includes(name);
  if (kind === 'ClusterRole') return isBootstrapClusterRole(name) || name.startsWith('system:');
  if (kind === 'Role') return name.startsWith('system:');
  return kind === 'ConfigMap' && name === 'kube-root-ca.crt';
}

/** Roles with a colon in their names are made by installers and clouds. Namespaces are made by whoever installs into them. */
function isMadeByInstallers({ kind, name }: MissingObject): boolean {
  if (kind === 'Namespace') return true;
  return (kind === 'Role' || kind === 'ClusterRole') && name?.includes(':') === true;
}

function isMeant(external: WorkspaceScope['external'][number], { kind, namespace, name }: MissingObject): boolean {
  if (!isLike(external.kind, kind) || (name !== undefined && !isLike(external.name, name))) return false;
  if (external.namespace === undefined) return true;
  // What leaves its namespace open may be in that one.
  return namespace === undefined ? !isClusterWide(kind) : isLike(external.namespace, namespace);
}

/** True for a namespace that a list of complete ones names. */
function isNamed(complete: WorkspaceScope['complete'], namespace: string | undefined): boolean {
  if (typeof complete !== 'object' || namespace === undefined) return false;
  // A pattern for many does not mean those of the cluster itself.
  if (isSystemNamespace(namespace)) return complete.includes(namespace);
  return complete.some((pattern) => isLike(pattern, namespace));
}

/**
 * True where others of the kind and namespace are here, and for kinds without one where others stand in the same folder; and
 * none in that folder has a name that is filled in later.
 */
function isOtherwisePresent(kind: string, namespace: string | undefined, { workspace, uri }: AbsenceContext): boolean {
  if (namespace === undefined && !isClusterWide(kind)) return false;
  const own = workspace.find('holding', toHoldingKey(kind, namespace));
  const folder = toFolder(uri);
  const beside = own.filter((known) => toFolder(known.uri) === folder);
  const open = workspace.find('holding', toHoldingKey(kind, undefined));
  if ([...beside, ...open].some(({ value, uri: other }) => !value.isNamed && toFolder(other) === folder)) return false;
  return (isClusterWide(kind) ? beside : own).some(({ value }) => value.isNamed);
}

const toFolder = (uri: string) => uri.slice(0, uri.lastIndexOf('/'));
