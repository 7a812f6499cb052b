import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import { hasPlaceholder, isNamePlaceholder } from '../../model/iam/placeholder';
import { isAccountName, toSubject } from '../../model/iam/subject';
import { describeResource } from '../../model/kubernetes/resource';
import type { Place } from '../../model/workspace/fact';
import type { Workspace } from '../../model/workspace/workspace';
import type { Ref } from '../../syntax/ref';
import { findDefinitions } from '../navigation/resolve';
import type { Project } from '../project';
import type { SetupTarget } from './target';

/** The audience of the tokens that EKS puts into pods for AWS. */
const AUDIENCE = 'sts.amazonaws.com';

/** The annotation by which an account has tokens for another audience. */
const AUDIENCE_ANNOTATION = 'eks.amazonaws.com/audience';

/** Why something cannot be set up, as a sentence. */
export interface Refused {
  readonly reason: string;
}

/** The account that is to get a role, and what of it is there. */
export interface SetupAccount {
  readonly namespace: string;
  readonly name: string;
  /** The ServiceAccount object; undefined where there is none. */
  readonly object: { readonly place: Place; readonly root: Ref; readonly uri: string } | undefined;
  /** True where eksctl makes the account, so that no object is to be written. */
  readonly isMadeByTool: boolean;
  /** `eks.amazonaws.com/role-arn` of the object. */
  readonly roleArn: string | undefined;
  /** For whom its tokens are, as far as AWS is concerned: `eks.amazonaws.com/audience` of the object, else what EKS takes. */
  readonly audience: string;
  /** True where the pods do not name the account yet. */
  readonly isUnnamed: boolean;
}

/** The account of a target, or why there can be none. Asks about nothing but names. */
export function findSetupAccount(project: Project, target: SetupTarget): SetupAccount | Refused {
  const { resource, pod } = target;
  const who = describeResource(resource);
  const namespace = getSetupNamespace(project, target);
  if (typeof namespace !== 'string') return namespace;
  const written = pod ? getWrittenAccount(pod.spec) : resource.metadata.get('name');
  if (written.isUnknown || (written.isPresent && (written.string === undefined || isNamePlaceholder(written.string)))) {
    return { reason: `The name of the ServiceAccount of ${who} is filled in by a template.` };
  }
  const isDefault = (written.string ?? 'default') === 'default' || written.string === '';
  if (isDefault && !pod) return { reason: 'Every pod of the namespace that names no account would get the role.' };
  const name = isDefault ? resource.name : written.string;
  if (name === undefined || isNamePlaceholder(name) || !isAccountName(name)) {
    return { reason: `${who} has no name after which an account could be called.` };
  }
  return project.ask((workspace) => toAccount(project, workspace, target, { namespace, name, isUnnamed: isDefault }));
}

/** The field that names the account of pods, in its present or its former spelling; absent where neither is there. */
export function getWrittenAccount(spec: Ref): Ref {
  const current = spec.get('serviceAccountName');
  return current.isWritten ? current : spec.get('serviceAccount');
}

function getSetupNamespace(project: Project, { uri, resource }: SetupTarget): string | Refused {
  const who = describeResource(resource);
  const at = resource.metadata.get('namespace');
  if (at.isAbsent) return { reason: `${who} names no namespace, and a trust policy names accounts by theirs.` };
  const { string: namespace } = at;
  if (at.isUnknown || namespace === undefined || isNamePlaceholder(namespace)) {
    return { reason: `The namespace of ${who} is filled in by a template.` };
  }
  const targets = project.ask((workspace) => workspace.find('deployment-target', 'all'));
  const other = targets.find(({ value, uri: by }) => {
    return value.replacesNamespaces && value.namespace !== namespace && uri.startsWith(toFolder(by));
  });
  if (other) return { reason: `A kustomization puts ${who} into another namespace than "${namespace}".` };
  return namespace;
}

function toAccount(
  project: Project,
  workspace: Workspace,
  target: SetupTarget,
  names: Pick<SetupAccount, 'namespace' | 'name' | 'isUnnamed'>,
): SetupAccount | Refused {
  const { namespace, name } = names;
  if (workspace.find('pod-identity', toSubject({ namespace, name })).length > 0) {
    return { reason: `ServiceAccount "${name}" gets its role by EKS Pod Identity.` };
  }
  const none = { ...names, object: undefined, isMadeByTool: false, roleArn: undefined, audience: AUDIENCE };
  if (!target.pod) return withObject(none, { document: target.document, path: target.resource.root.path }, project);
  const [found, ...others] = findDefinitions(workspace, { kind: 'ServiceAccount', name, namespace }, target.uri);
  if (!found) return none;
  if (others.length > 0) return { reason: `${others.length + 1} files define ServiceAccount "${name}".` };
  if (found.value.namespace !== namespace) {
    return { reason: `ServiceAccount "${name}" names no namespace, and a trust policy names accounts by theirs.` };
  }
  const { document, path } = found.place;
  const isObject = path.at(-1) === 'name' && path.at(-2) === 'metadata' && !path.includes('serviceAccounts');
  if (!isObject) return { ...none, isMadeByTool: true };
  return withObject(none, { document, path: path.slice(0, -2) }, project);
}

function withObject(account: SetupAccount, place: Place, project: Project): SetupAccount | Refused {
  const located = project.locate(place);
  if (!located) return account;
  const { ref: root, uri } = located;
  const at = root.get('metadata', 'annotations', ROLE_ARN_ANNOTATION);
  const roleArn = at.isPresent ? at.string?.trim() : undefined;
  const audience = root.get('metadata', 'annotations', AUDIENCE_ANNOTATION);
  const isOpen = at.isUnknown || audience.isUnknown || (at.isWritten && roleArn === undefined);
  if (isOpen || (roleArn !== undefined && roleArn !== '' && !roleArn.startsWith('arn:') && hasPlaceholder(roleArn))) {
    return { reason: `The role of ServiceAccount "${account.name}" is filled in by a template.` };
  }
  if (roleArn && !roleArn.startsWith('arn:')) {
    return { reason: `The annotation of ServiceAccount "${account.name}" holds no ARN of a role.` };
  }
  return {
    ...account,
    object: { place, root, uri },
    roleArn: roleArn || undefined,
    audience: audience.string || AUDIENCE,
  };
}

/** The folder of a file, with the slash at its end. */
export function toFolder(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
