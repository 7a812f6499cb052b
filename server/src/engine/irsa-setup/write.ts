import { ROLE_ARN_ANNOTATION } from '../../model/iam/annotations';
import type { Known, Place } from '../../model/workspace/fact';
import type { ServiceAccountFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';
import type { FileEdit } from '../fix/to-edits';
import type { Operation } from '../operation';
import type { Project } from '../project';
import { toFolder } from './account';
import { getKnownAws, listWrittenTrusts, toRoleArn } from './known';
import { toTrustStyle } from './language';
import type { SetupPlan } from './plan';
import { writeTrust } from './trust';

/** Stands where a trust policy is there, but nothing says of which role it is. */
const ROLE_PLACEHOLDER = 'YOUR_ROLE';

/** What a plan does: operations on documents, and a file of text beside them. */
export interface SetupWriting {
  readonly operations: readonly Operation[];
  readonly file: FileEdit | undefined;
}

/** Turns a plan into what is to be written; undefined where a place is gone. */
export function writeSetup(project: Project, workspace: Workspace, plan: SetupPlan): SetupWriting | undefined {
  const { target, account, role, language, admission } = plan;
  const trusts = listWrittenTrusts(project, workspace.all('trust-policy'));
  const known = getKnownAws(workspace, trusts);
  const arn = role.arn ?? toRoleArn(known, role.name ?? ROLE_PLACEHOLDER);
  const { uri } = target;
  const style = toTrustStyle(workspace, language, uri);
  const trust =
    role.trust === 'missing' && role.name !== undefined
      ? writeTrust({ project, uri, account, roleName: role.name, style, trusts, known })
      : { operations: admission?.operations ?? [], file: undefined };
  if (!trust) return undefined;
  const operations: Operation[] = [];
  if (plan.isAccountMissing) operations.push(toNewAccount(project, workspace, plan, arn));
  if (plan.isAnnotationMissing && account.object) {
    const { document, path } = account.object.place;
    operations.push({
      op: 'set',
      at: { document, path: [...path, 'metadata', 'annotations', ROLE_ARN_ANNOTATION] },
      value: arn,
    });
  }
  return { operations: [...operations, ...toPodOperations(plan), ...trust.operations], file: trust.file };
}

function toPodOperations({ target: { document, pod }, account: { name, isUnnamed } }: SetupPlan): Operation[] {
  if (!pod || !isUnnamed) return [];
  const former = pod.spec.get('serviceAccount');
  const fields = ['serviceAccountName', ...(former.isWritten ? ['serviceAccount'] : [])];
  return fields.map((field) => ({ op: 'set', at: { document, path: [...pod.spec.path, field] }, value: name }));
}

/** The account goes where its folder keeps its accounts, be that one file, else behind the workload. */
function toNewAccount(project: Project, workspace: Workspace, { target, account }: SetupPlan, arn: string): Operation {
  const { name, namespace } = account;
  const value = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, annotations: { [ROLE_ARN_ANNOTATION]: arn } },
    // The token for AWS comes by a volume of its own; that for the API server is of use only where rights are bound.
    ...(workspace.find('account-binding', name).length === 0 && { automountServiceAccountToken: false }),
  };
  const { document, uri, resource } = target;
  const own: Place = { document, path: resource.root.path };
  const neighbours = workspace
    .all('service-account')
    .filter((one) => toFolder(one.uri) === toFolder(uri) && isInYaml(project, one));
  const files = new Set(neighbours.map((one) => one.uri));
  const last = neighbours.at(-1);
  const after = last && files.size === 1 ? last.place : own;
  return { op: 'insertDocument', after, value };
}

function isInYaml(project: Project, { place }: Known<ServiceAccountFact>): boolean {
  const found = project.locate(place);
  return found?.source.language === 'yaml' && found.ref.get('kind').string === 'ServiceAccount';
}
