import {
  COMPLETE_FORM,
  EXTERNAL_KEYS,
  getExternalProblem,
  isNamespacePattern,
  type ScopeConfiguration,
  toExternal,
} from '../engine/configuration/workspace-scope';
import type { Completeness, ExternalObjects } from '../model/workspace/scope';

/** Reads `breakwater.workspace` of an editor's settings. What cannot be used is left out and named among the problems. */
export function readEditorScope(complete: unknown, external: unknown, problems: string[]): ScopeConfiguration {
  return { complete: readComplete(complete, problems), external: readExternal(external, problems) };
}

function readComplete(value: unknown, problems: string[]): Completeness | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'boolean' || value === 'auto') return value;
  const isPattern = (entry: unknown): entry is string => typeof entry === 'string' && isNamespacePattern(entry);
  if (Array.isArray(value) && value.every(isPattern)) return value;
  problems.push(`The setting "breakwater.workspace.complete" ${COMPLETE_FORM}`);
  return undefined;
}

function readExternal(value: unknown, problems: string[]): ExternalObjects[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problems.push(
      'The setting "breakwater.workspace.external" must be a list of objects with kind, namespace and name.',
    );
    return [];
  }
  return value.flatMap((entry): ExternalObjects[] => {
    let isGood = true;
    const [kind, namespace, name] = EXTERNAL_KEYS.map((key) => {
      const given: unknown = Object(entry ?? {})[key];
      const text = typeof given === 'string' || given === undefined ? given : '';
      const problem = getExternalProblem(key, text);
      if (problem === undefined) return text;
      isGood = false;
      problems.push(`In the setting "breakwater.workspace.external" ${JSON.stringify(entry)}: "${key}" ${problem}`);
      return undefined;
    });
    return isGood && kind !== undefined && name !== undefined ? [toExternal(kind, namespace, name)] : [];
  });
}
