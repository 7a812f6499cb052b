import type { Place } from '../../model/workspace/fact';
import { EMBEDDED } from '../../syntax/embedded';
import type { PlainMapping, PlainValue } from '../../syntax/plain-value';
import type { Ref, Step } from '../../syntax/ref';
import type { Project } from '../project';
import type { SetupAccount } from './account';
import { type Issuer, toPolicyValue } from './write-policy';

/** What Kubernetes takes as the name of an object. */
const MAX_NAME = 253;

/** Where in a custom resource for roles a trust policy is: JSON as the text of a field of its spec. */
const FIELDS: ReadonlySet<Step | undefined> = new Set(['assumeRolePolicy', 'assumeRolePolicyDocument']);

/** The route of the object that holds the policy at a route; undefined where that is no policy of a custom resource. */
export function getObjectPath(policy: readonly Step[]): readonly Step[] | undefined {
  const spec = policy.lastIndexOf('spec');
  const isObject = policy.at(-1) === EMBEDDED && FIELDS.has(policy.at(-2)) && spec >= 0 && policy.length - spec <= 4;
  return isObject ? policy.slice(0, spec) : undefined;
}

/**
 * A role of the kind that holds the policy at a place, for a further account: an object of Crossplane, Upbound or ACK. Undefined where
 * that object is gone or cannot be read.
 */
export function toRoleObject(
  project: Project,
  model: Place,
  issuer: Issuer,
  account: SetupAccount,
  roleName: string,
): { readonly after: Place; readonly value: PlainValue } | undefined {
  const path = getObjectPath(model.path);
  const after = path && { document: model.document, path };
  const object = after && project.locate(after)?.ref;
  const { string: apiVersion } = object?.get('apiVersion') ?? {};
  const { string: kind } = object?.get('kind') ?? {};
  if (!after || !object || apiVersion === undefined || kind === undefined) return undefined;
  const field = model.path.at(-2);
  const text = `${JSON.stringify(toPolicyValue(issuer, account), null, 2)}\n`;
  const name = toObjectName(roleName);
  const written = object.get('metadata', 'namespace');
  const namespace = written.isPresent && written.string !== undefined ? { namespace: written.string } : {};
  if (model.path.at(-3) !== 'forProvider') {
    const metadata = { name, ...namespace };
    return { after, value: { apiVersion, kind, metadata, spec: { name: roleName, [String(field)]: text } } };
  }
  // The name in AWS is that of the object unless an annotation says otherwise.
  const named = name === roleName ? {} : { annotations: { 'crossplane.io/external-name': roleName } };
  const metadata = { name, ...namespace, ...named };
  const spec = { forProvider: { [String(field)]: text }, ...toConfig(object.get('spec', 'providerConfigRef')) };
  return { after, value: { apiVersion, kind, metadata, spec } };
}

/** The credentials by which the model is made. */
function toConfig(ref: Ref): PlainMapping {
  const fields = ref.entries().flatMap(([key, { string }]) => (string === undefined ? [] : [[key, string] as const]));
  return fields.length > 0 && ref.entries().every(([, one]) => one.isPresent)
    ? { providerConfigRef: Object.fromEntries(fields) }
    : {};
}

/** A name of IAM may have capitals and signs that one of Kubernetes may not. */
function toObjectName(roleName: string): string {
  const name = roleName.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  return name.slice(0, MAX_NAME).replace(/^[.-]+|[.-]+$/g, '');
}
