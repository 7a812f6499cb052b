import type { Completeness, ExternalObjects, WorkspaceScope } from '../../model/workspace/scope';
import type { Ref } from '../../syntax/ref';
import type { ConfigurationReader } from './reader';

/** What a configuration says of what the workspace holds; what it does not say is undefined or empty. */
export interface ScopeConfiguration {
  readonly complete: Completeness | undefined;
  readonly external: readonly ExternalObjects[];
}

/** A configuration that says nothing of what the workspace holds. */
export const NO_SCOPE: ScopeConfiguration = { complete: undefined, external: [] };

/** The keys of an entry of `external`. */
export const EXTERNAL_KEYS = ['kind', 'namespace', 'name'] as const;

type Key = (typeof EXTERNAL_KEYS)[number];

const KIND = /^[A-Z*?][A-Za-z0-9*?]*$/;
// Names of RBAC objects may hold almost anything; those of namespaces are DNS labels.
const NAME = /^[^\s/%]+$/;
const NAMESPACE = /^[a-z0-9*?]([-a-z0-9*?]*[a-z0-9*?])?$/;

const FORMS: Readonly<Record<Key, { readonly pattern: RegExp; readonly what: string }>> = {
  kind: { pattern: KIND, what: 'the kind of an object, such as Secret, or a pattern' },
  namespace: { pattern: NAMESPACE, what: 'the name of a namespace or a pattern, such as team-*' },
  name: { pattern: NAME, what: 'the name of an object or a pattern, such as registry-*' },
};

/** What a value of `complete` that cannot be used is told. */
export const COMPLETE_FORM = 'must be auto, true, false or a list of namespaces, such as [shop, team-*].';

/** Why a value cannot be used for a key of an entry of `external`, as the end of a sentence; undefined where it can. */
export function getExternalProblem(key: Key, value: string | undefined): string | undefined {
  if (value === undefined && key === 'namespace') return undefined;
  const { pattern, what } = FORMS[key];
  return value !== undefined && pattern.test(value) ? undefined : `must be ${what}.`;
}

/** True for a text that names namespaces in a list of `complete`. */
export function isNamespacePattern(text: string): boolean {
  return NAMESPACE.test(text);
}

/** An entry whose values have no problem. */
export function toExternal(kind: string, namespace: string | undefined, name: string): ExternalObjects {
  return namespace === undefined ? { kind, name } : { kind, namespace, name };
}

/** What several layers say together: the last `complete` that is said, and the objects of all. Undefined where none says anything. */
export function toWorkspaceScope(
  layers: readonly (Partial<ScopeConfiguration> | undefined)[],
): WorkspaceScope | undefined {
  const external = layers.flatMap((layer) => layer?.external ?? []);
  const complete = layers.findLast((layer) => layer?.complete !== undefined)?.complete;
  return complete === undefined && external.length === 0 ? undefined : { complete: complete ?? 'auto', external };
}

/** Reads `workspace`: whether its files are all there is, and which objects live elsewhere. */
export function readWorkspaceScope(at: Ref, reader: ConfigurationReader): ScopeConfiguration {
  if (!reader.isMapping(at, ['complete', 'external'], '"workspace"')) return NO_SCOPE;
  return {
    complete: readComplete(at.get('complete'), reader),
    external: readExternal(at.get('external'), reader),
  };
}

function readComplete(at: Ref, reader: ConfigurationReader): Completeness | undefined {
  if (at.isAbsent) return undefined;
  if (at.isSequence) {
    const getProblem = (text: string) => (isNamespacePattern(text) ? undefined : `"complete" ${COMPLETE_FORM}`);
    return reader.texts(at, '"complete"', getProblem);
  }
  if (at.boolean !== undefined) return at.boolean;
  return at.scalar?.text === 'auto' ? 'auto' : reader.note(at, `"complete" ${COMPLETE_FORM}`);
}

function readExternal(at: Ref, reader: ConfigurationReader): ExternalObjects[] {
  if (at.isAbsent) return [];
  if (!at.isSequence) {
    reader.note(at, '"external" must be a list, each entry with kind, name and perhaps namespace.');
    return [];
  }
  return at.items().flatMap((item): ExternalObjects[] => {
    if (item.isAbsent) reader.note(item, 'An entry of "external" must be a mapping with kind, namespace and name.');
    if (!reader.isMapping(item, EXTERNAL_KEYS, 'An entry of "external"')) return [];
    let isGood = true;
    const [kind, namespace, name] = EXTERNAL_KEYS.map((key) => {
      const value = item.get(key);
      const text = value.isAbsent ? undefined : (value.scalar?.text ?? '');
      const problem = getExternalProblem(key, text);
      if (problem === undefined) return text;
      isGood = false;
      return reader.note(value, `"${key}"${value.isAbsent ? ' is missing: it' : ''} ${problem}`);
    });
    return isGood && kind !== undefined && name !== undefined ? [toExternal(kind, namespace, name)] : [];
  });
}
