import { describeResource } from '../model/kubernetes/resource';
import type { Place } from '../model/workspace/fact';
import { type FileEdit, toFileEdits } from './fix/to-edits';
import type { Refused } from './irsa-setup/account';
import { listParts, planSetup, type SetupPlan } from './irsa-setup/plan';
import { findFault } from './irsa-setup/proof';
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
  /** What it is called when it is offered: it differs where files have changed since. */
  readonly title: string;
  readonly files: readonly FileEdit[];
  /** True where pods change their account, and with it the rights that they have in the cluster. */
  readonly changesAccount: boolean;
}

/** Why nothing of what was offered can be found any more. */
export const CHANGED_SINCE = 'The files have changed since this was offered. Ask for it again.';

/**
 * What the pods of the workload at an offset of a file, or the ServiceAccount there, lack to take on an IAM role: account,
 * annotation, `serviceAccountName`, trust policy. Undefined where neither stands there, or nothing is lacking.
 */
export function getIrsaOffer(project: Project, uri: string, offset: number): SetupOffer | undefined {
  const target = findSetupTarget(project, uri, offset);
  if (!target) return undefined;
  const place = toPlace(target);
  const plan = planSetup(project, target);
  if ('reason' in plan)
    return { title: `Set up IRSA for ${describeResource(target.resource)}`, place, reason: plan.reason };
  const title = toTitle(plan);
  return title === undefined ? undefined : { title, place, reason: undefined };
}

/**
 * Writes what is lacking at a place that was offered, the trust policy in the language in which the workspace keeps its own. What is
 * there is used as it is; a placeholder stands for what is not known. A sentence on why where it cannot be done.
 */
export function setUpIrsa(project: Project, place: Place): Setup | Refused {
  // A copy takes the trees along that are read for this alone.
  const reader = project.fork();
  const target = getSetupTarget(reader, place);
  if (!target) return { reason: CHANGED_SINCE };
  const plan = planSetup(reader, target);
  if ('reason' in plan) return plan;
  const title = toTitle(plan);
  const written = title === undefined ? undefined : reader.ask((workspace) => writeSetup(reader, workspace, plan));
  if (title === undefined || !written) return { reason: CHANGED_SINCE };
  const { operations, file } = written;
  if (file?.isNewFile && reader.has(file.uri)) {
    return { reason: `A file "${toName(file.uri)}" is there already, and does not hold the trust policy.` };
  }
  const changed = operations.length > 0 ? toFileEdits(reader, target, { title: '', safety: 'unsafe', operations }) : [];
  if (!changed) {
    return {
      reason:
        'What is to be changed is written in a way that cannot be kept, such as a part that is used in several places.',
    };
  }
  const files = file ? [...changed, file] : changed;
  const fault = findFault(reader, files, plan.account);
  return fault === undefined ? { title, files, changesAccount: plan.account.isUnnamed } : { reason: fault };
}

function toTitle(plan: SetupPlan): string | undefined {
  const parts = listParts(plan);
  return parts.length === 0
    ? undefined
    : `Set up IRSA for ${describeResource(plan.target.resource)}: ${parts.join(', ')}`;
}

function toName(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}
