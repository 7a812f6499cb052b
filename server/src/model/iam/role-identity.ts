import { EMBEDDED } from '../../syntax/embedded';
import type { Ref } from '../../syntax/ref';
import { unwrapSub } from './cloudformation';
import { getLiteral, hasPlaceholder } from './placeholder';

/** What the file says of the role that a trust policy belongs to. */
export interface RoleIdentity {
  readonly roleName: string | undefined;
  readonly roleArn: string | undefined;
}

const CROSSPLANE = /^iam\.aws(\.m)?\.(crossplane|upbound)\.io\//;
const ACK = /^iam\.services\.k8s\.aws\//;

/**
 * The role of a policy: by the properties beside it (CloudFormation, the answer of `aws iam get-role`), or by the object that
 * holds it (a Role of ACK or Crossplane).
 */
export function readRoleIdentity(policy: Ref): RoleIdentity {
  const holder = getHolder(policy);
  const roleName = getKnown(holder?.get('RoleName'));
  const roleArn = getKnown(holder?.get('Arn'));
  if (roleName !== undefined || roleArn !== undefined || !holder) return { roleName, roleArn };
  return { roleName: readObjectName(holder), roleArn };
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
