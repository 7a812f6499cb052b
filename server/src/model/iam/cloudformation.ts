import { EMBEDDED } from '../../syntax/embedded';
import type { Ref } from '../../syntax/ref';
import { getTag } from '../../syntax/tag';

/** True for the long forms of CloudFormation's functions and references, which stand where a name is expected. */
export function isFunction(key: string): boolean {
  return key === 'Ref' || key.startsWith('Fn::');
}

/** The text that `Fn::Sub` fills in, in its short and long forms, with or without variables of its own; else the ref itself. */
export function unwrapSub(ref: Ref): Ref {
  if (getTag(ref) === '!Sub' && ref.isSequence) return ref.get(0);
  if (!ref.isMapping || ref.keys().length !== 1 || !ref.get('Fn::Sub').isWritten) return ref;
  const inner = ref.get('Fn::Sub');
  return inner.isSequence ? inner.get(0) : inner;
}

/** True where CloudFormation fills in the `${…}` of the text here. */
export function isSubText(text: Ref | undefined): boolean {
  if (!text) return false;
  if (getTag(text) === '!Sub' || text.step === 'Fn::Sub') return true;
  const { parent } = text;
  return parent !== undefined && text.step === 0 && (getTag(parent) === '!Sub' || parent.step === 'Fn::Sub');
}

/** True where a policy as a whole is such a text: the only way to have `${…}` filled in in its keys. */
export function areKeysSubstituted(policy: Ref): boolean {
  return policy.step === EMBEDDED && isSubText(policy.parent);
}

/** What `${…}` can name in a template: its parameters, resources and the pseudo parameters; undefined outside of templates. `ref` is any place in one. */
export function getTemplateNames(ref: Ref): ((name: string) => boolean) | undefined {
  let root = ref;
  while (root.parent && !root.get('Resources').isMapping) root = root.parent;
  const resources = root.get('Resources');
  const isTemplate = resources.entries().some(([, resource]) => resource.get('Type').string?.startsWith('AWS::'));
  if (!isTemplate) return undefined;
  return (name) =>
    /^AWS::[A-Za-z]+$/.test(name) || root.get('Parameters', name).isWritten || resources.get(name).isWritten;
}

/** The names in `${…}` of a text, without the attribute behind a dot: `Provider` for `${Provider.Arn}`. */
export function listSubNames(text: string): string[] {
  return [...text.matchAll(/\$\{\s*([A-Za-z0-9_:]+)(?:\.[A-Za-z0-9.]+)?\s*\}/g)].map(([, name = '']) => name);
}
