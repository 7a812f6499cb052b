import { EMBEDDED } from '../../syntax/embedded';
import { isTerraform } from '../../syntax/hcl/values';
import { Ref } from '../../syntax/ref';
import { unwrapSub } from './cloudformation';
import { getLiteral, hasPlaceholder } from './placeholder';

/** What the file says of the role that a trust policy belongs to. */
export interface RoleIdentity {
  readonly roleName: string | undefined;
  readonly roleArn: string | undefined;
  /** `/` where the file gives the role none; undefined where it is not known, or no role is named. */
  readonly rolePath: string | undefined;
}

const CROSSPLANE = /^iam\.aws(\.m)?\.(crossplane|upbound)\.io\//;
const ACK = /^iam\.services\.k8s\.aws\//;

/**
 * The role of a policy: by the properties beside it (CloudFormation, the answer of `aws iam get-role`), or by the object that
 * holds it (a Role of ACK or Crossplane).
 */
export function readRoleIdentity(policy: Ref): RoleIdentity {
  if (isTerraform(policy.tree)) return readTerraformRole(policy);
  const holder = getHolder(policy);
  const roleName = getKnown(holder?.get('RoleName'));
  const roleArn = getKnown(holder?.get('Arn'));
  const rolePath = holder && getPath(holder.get('Path'));
  if (roleName !== undefined || roleArn !== undefined || !holder) return { roleName, roleArn, rolePath };
  return { roleName: readObjectName(holder), roleArn, rolePath: undefined };
}

/** The mapping under one of whose keys a policy stands, be it as JSON in a text or inside a function. */
function getHolder(policy: Ref): Ref | undefined {
  let ref: Ref = policy;
  while (ref.parent && isWrapping(ref.step)) ref = ref.parent;
  return ref.parent;
}

function isWrapping(step: Ref['step']): boolean {
  return typeof step === 'number' || step === EMBEDDED || step?.startsWith('Fn::') === true;
}

/** The role that a policy is written in, or that refers to it; of a module for roles, what it calls its role. */
function readTerraformRole(policy: Ref): RoleIdentity {
  const [type, kind = '', name] = policy.path;
  if (type === 'module') return toIdentity(getKnown(policy.get('role_name')) ?? getKnown(policy.get('name')));
  const roles = Ref.root(policy.tree).get('resource', 'aws_iam_role');
  if (type === 'resource' && name !== undefined) {
    return kind === 'aws_iam_role' ? toRole(roles.get(name)) : toIdentity(undefined);
  }
  const document = `\${data.${kind}.${name}.json}`;
  const users = roles.entries().filter(([, role]) => role.get('assume_role_policy').scalar?.text === document);
  const [only, ...others] = users;
  return only && others.length === 0 ? toRole(only[1]) : toIdentity(undefined);
}

function toRole(role: Ref): RoleIdentity {
  return toIdentity(getKnown(role.get('name')), getPath(role.get('path')));
}

function toIdentity(roleName: string | undefined, rolePath?: string): RoleIdentity {
  return { roleName, roleArn: undefined, rolePath };
}

function getPath(written: Ref): string | undefined {
  return written.isAbsent ? '/' : getKnown(written);
}

function readObjectName(holder: Ref): string | undefined {
  let object: Ref | undefined = holder;
  while (object && object.get('apiVersion').string === undefined) object = object.parent;
  const apiVersion = object?.get('apiVersion').string ?? '';
  if (object?.get('kind').string !== 'Role') return undefined;
  if (ACK.test(apiVersion)) return getKnown(object.get('spec', 'name'));
  if (!CROSSPLANE.test(apiVersion)) return undefined;
  const metadata = object.get('metadata');
  const external = metadata.get('annotations', 'crossplane.io/external-name');
  return getKnown(external.isWritten ? external : metadata.get('name'));
}

function getKnown(ref: Ref | undefined): string | undefined {
  const text = ref && getLiteral(unwrapSub(ref));
  return text === undefined || hasPlaceholder(text) ? undefined : text;
}
