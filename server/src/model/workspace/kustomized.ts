import { toObjectKey } from './reference-topics';
import type { Workspace } from './workspace';

/**
 * True for an object that no file holds under its name or namespace, but that a kustomization of the workspace may make of one
 * that is here: by a prefix or suffix of names, or by the namespace that is written into all of its files.
 */
export function isMadeByKustomization(
  { kind, name, namespace }: { readonly kind: string; readonly name: string; readonly namespace: string | undefined },
  workspace: Workspace,
): boolean {
  const isMoved = workspace.find('deployment-target', 'all').some(({ value }) => value.namespace === namespace);
  const isHere = ({ value }: { readonly value: { readonly namespace: string | undefined } }) =>
    isMoved || value.namespace === undefined || namespace === undefined || value.namespace === namespace;
  const names = isMoved ? [name] : [];
  for (const { value } of workspace.find('kustomized-names', 'all')) names.push(...toOriginal(name, value));
  return names.some((one) => workspace.find('definition', toObjectKey({ kind, name: one })).some(isHere));
}

function toOriginal(name: string, { prefix, suffix }: { readonly prefix: string; readonly suffix: string }): string[] {
  const isLonger = name.length > prefix.length + suffix.length;
  return isLonger && name.startsWith(prefix) && name.endsWith(suffix)
    ? [name.slice(prefix.length, name.length - suffix.length)]
    : [];
}
