import { describeResource } from '../model/kubernetes/resource';
import type { Place } from '../model/workspace/fact';
import { type FileEdit, toFileEdits } from './fix/to-edits';
import { listParts, planSetup } from './irsa-setup/plan';
import { isProven } from './irsa-setup/proof';
import { findSetupTarget, getSetupTarget, toPlace } from './irsa-setup/target';
import { writeSetup } from './irsa-setup/write';
import type { Project } from './project';

/** That an IAM role can be set up for pods or an account, or why it cannot. */
export interface SetupOffer {
  /** Starts with a verb and lists what is to be written. */
  readonly title: string;
  /** Names the pods or the account. */
  readonly place: Place;
  /** A sentence on why it cannot be done; undefined where it can. */
  readonly reason: string | undefined;
}

/** The edits by which pods come to their role. */
export interface Setup {
  readonly files: readonly FileEdit[];
  /** True where pods change their account, and with it the rights that they have in the cluster. */
  readonly changesAccount: boolean;
}

/**
 * What the pods of the workload at an offset of a file, or the ServiceAccount there, lack to take on an IAM role: account,
 * annotation, `serviceAccountName`, trust policy. Undefined where neither stands there, or nothing is lacking.
 */
export function getIrsaOffer(project: Project, uri: string, offset: number): SetupOffer | undefined {
  const target = findSetupTarget(project, uri, offset);
  if (!target) return undefined;
  const base = `Set up IRSA for ${describeResource(target.resource)}`;
  const place = toPlace(target);
  const plan = planSetup(project, target);
  if ('reason' in plan) return { title: base, place, reason: plan.reason };
  const parts = listParts(plan);
  return parts.length === 0 ? undefined : { title: `${base}: ${parts.join(', ')}`, place, reason: undefined };
}

/**
 * Writes what is lacking at a place that was offered, the trust policy in the language in which the workspace keeps its own. What is
 * there is used as it is; a placeholder stands for what is not known. Undefined where it cannot be done.
 */
export function setUpIrsa(project: Project, place: Place): Setup | undefined {
  // A copy takes the trees along that are read for this alone.
  const reader = project.fork();
  const target = getSetupTarget(reader, place);
  const plan = target && planSetup(reader, target);
  if (!target || !plan || 'reason' in plan || listParts(plan).length === 0) return undefined;
  const written = reader.ask((workspace) => writeSetup(reader, workspace, plan));
  if (!written) return undefined;
  const { operations, file } = written;
  const changed = operations.length > 0 ? toFileEdits(reader, target, { title: '', safety: 'unsafe', operations }) : [];
  if (!changed || (file?.isNewFile && reader.has(file.uri))) return undefined;
  const files = file ? [...changed, file] : changed;
  return isProven(reader, files, plan.account) ? { files, changesAccount: plan.account.isUnnamed } : undefined;
}
