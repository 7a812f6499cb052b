import { type HclValues, toUnknown } from '../syntax/hcl/values';

/** A file of variables with what it sets. */
export interface VariableFile {
  readonly uri: string;
  readonly values: HclValues;
}

/** True for a file that sets variables of a module of Terraform, by its name. */
export function isVariableFile(uri: string): boolean {
  return /\.tfvars(?:\.json)?$/i.test(uri);
}

/**
 * The variables that files beside a module set, which win over defaults. `terraform.tfvars` and `*.auto.tfvars` are always loaded, in the
 * order that Terraform has; of the others nobody knows whether they are, so what they set is not known.
 */
export function toAssigned(files: readonly VariableFile[]): Map<string, string> {
  const assigned = new Map<string, string>();
  const loaded = files.filter(({ uri }) => getRank(uri) !== undefined);
  for (const { values } of [...loaded].sort(compare)) for (const [name, text] of values) assigned.set(name, text);
  for (const { uri, values } of files) {
    if (getRank(uri) === undefined) for (const name of values.keys()) assigned.set(name, toUnknown(name));
  }
  return assigned;
}

function compare(a: VariableFile, b: VariableFile): number {
  return (getRank(a.uri) ?? 0) - (getRank(b.uri) ?? 0) || (a.uri < b.uri ? -1 : 1);
}

/** When a file is loaded; undefined for one that has to be asked for. */
function getRank(uri: string): number | undefined {
  if (/\/terraform\.tfvars$/.test(uri)) return 0;
  if (/\/terraform\.tfvars\.json$/.test(uri)) return 1;
  return /\.auto\.tfvars(?:\.json)?$/.test(uri) ? 2 : undefined;
}
