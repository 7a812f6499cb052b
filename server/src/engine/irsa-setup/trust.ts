import { getTemplateNames, listSubNames } from '../../model/iam/cloudformation';
import type { Place } from '../../model/workspace/fact';
import type { Ref } from '../../syntax/ref';
import { getEol } from '../../text/lines';
import type { FileEdit } from '../fix/to-edits';
import type { Operation } from '../operation';
import type { Project } from '../project';
import { type SetupAccount, toFolder } from './account';
import { getOnly, type KnownAws, toProviderArn, type WrittenTrust } from './known';
import { findNearest, type TrustStyle } from './language';
import { getObjectPath, toRoleObject } from './role-object';
import { getModuleIssuer } from './terraform-issuer';
import { type Issuer, toEksctlAccount, toPolicyValue, toTemplateRole } from './write-policy';
import { toFreeLabel, toTerraformRole } from './write-terraform';

/** What a trust policy is written by. */
export interface TrustWriting {
  readonly operations: readonly Operation[];
  /** What is written as text, because it is no change of a document that is there. */
  readonly file: FileEdit | undefined;
}

/** What a trust policy is written of. */
export interface TrustInput {
  readonly project: Project;
  /** The file of the workload or account. */
  readonly uri: string;
  readonly account: SetupAccount;
  readonly roleName: string;
  readonly style: TrustStyle;
  readonly trusts: readonly WrittenTrust[];
  readonly known: KnownAws;
}

const NO_PLACEHOLDERS: ReadonlyMap<string, string> = new Map();

/** How the trust policy of a new role is written; undefined where its place is gone. */
export function writeTrust(input: TrustInput): TrustWriting | undefined {
  const { language } = input.style;
  if (language === 'terraform') return writeTerraform(input);
  if (language === 'cloudformation') return writeTemplate(input);
  if (language === 'object') return writeObject(input);
  return language === 'eksctl' ? writeEksctl(input) : writeJson(input);
}

/** Behind the object of another role, of its kind. */
function writeObject({ project, account, roleName, style, trusts, known }: TrustInput): TrustWriting | undefined {
  const { model } = style;
  const issuer = getCommon(trusts.filter((one) => getObjectPath(one.place.path))) ?? toIssuer(known);
  const made = model && toRoleObject(project, model.place, issuer, account, roleName);
  return made && { operations: [{ op: 'insertDocument', ...made }], file: undefined };
}

function writeJson({ project, uri, account, roleName, style, trusts, known }: TrustInput): TrustWriting {
  // Whoever applies the folder of the workload would apply it too, and a chart would render what lies among its templates.
  const folder = style.model ? toFolder(style.model.uri) : `${toFolder(uri.replace(/\/templates\/.*$/, '/'))}iam/`;
  const issuer = getCommon(trusts.filter((one) => one.uri.endsWith('.json'))) ?? toIssuer(known);
  const eol = getEol(project.getText(uri) ?? '');
  const text = `${JSON.stringify(toPolicyValue(issuer, account), null, 2)}\n`.replaceAll('\n', eol);
  return { operations: [], file: toNewFile(`${folder}${roleName}-trust-policy.json`, text) };
}

function writeTerraform({ project, uri, account, roleName, style, trusts, known }: TrustInput): TrustWriting {
  const files = [...project.uris].filter((one) => one.endsWith('.tf'));
  const target =
    style.model?.uri ??
    findNearest(
      files.map((one) => ({ uri: one })),
      uri,
    )?.uri ??
    uri;
  const folder = toFolder(target);
  const isOfModule = (one: { readonly uri: string }) => toFolder(one.uri) === folder;
  const texts = files.filter((one) => isOfModule({ uri: one })).map((one) => project.getText(one) ?? '');
  const { issuer, placeholders } = getModuleIssuer(trusts.filter(isOfModule), texts) ?? {
    issuer: toIssuer(known),
    placeholders: NO_PLACEHOLDERS,
  };
  const eol = getEol(project.getText(target) ?? '');
  const label = toFreeLabel(roleName, texts);
  const blocks = toTerraformRole({ issuer, account, roleName, label, placeholders }, eol);
  if (!style.model) return { operations: [], file: toNewFile(`${folder}${roleName}-irsa.tf`, blocks + eol) };
  const before = project.getText(target) ?? '';
  const end = { start: before.length, end: before.length };
  const gap = before === '' ? '' : before.endsWith('\n') ? eol : eol + eol;
  return {
    operations: [],
    file: { uri: target, edits: [{ span: end, newText: gap + blocks + eol }], isNewFile: false },
  };
}

function writeTemplate({ project, account, roleName, style, trusts, known }: TrustInput): TrustWriting | undefined {
  const place = style.model?.place;
  const found = place && project.locate({ document: place.document, path: [] });
  if (!place || !found) return undefined;
  const { ref: root } = found;
  const isName = getTemplateNames(root.get('Resources'));
  const common = getCommon(trusts.filter((one) => one.place.document === place.document));
  const names = common ? [...listSubNames(common.federated), ...listSubNames(common.provider)] : [];
  const issuer = common && names.every((name) => isName?.(name)) ? common : toTemplateIssuer(known);
  const base = `${roleName.replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9]?)/g, (_, first: string) => first.toUpperCase())}Role`;
  const taken = new Set(root.get('Resources').keys());
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}${n}`;
  const at: Place = { document: place.document, path: ['Resources', id] };
  return { operations: [{ op: 'set', at, value: toTemplateRole(issuer, account, roleName) }], file: undefined };
}

/** CloudFormation itself knows the account in which it makes a role. */
function toTemplateIssuer(known: KnownAws): Issuer {
  const { provider } = toIssuer(known);
  return { provider, federated: `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${provider}` };
}

function writeEksctl(input: TrustInput): TrustWriting | undefined {
  const { account, roleName, known } = input;
  const found = findCluster(input);
  if (!found) return undefined;
  const { document, iam } = found;
  const accounts = iam.get('serviceAccounts');
  const rights = toProviderArn(known).replace(/:oidc-provider\/.*$/, ':policy/YOUR_POLICY');
  const value = toEksctlAccount(account, roleName, rights);
  const operations: Operation[] = [{ op: 'append', at: { document, path: accounts.path }, value }];
  const oidc = iam.get('withOIDC');
  if (oidc.boolean !== true && !oidc.isUnknown) {
    operations.push({ op: 'set', at: { document, path: oidc.path }, value: true });
  }
  return { operations, file: undefined };
}

/** `iam` of the cluster whose account is the model, else of the nearest. */
function findCluster({ project, uri, style: { model } }: TrustInput): { document: string; iam: Ref } | undefined {
  const clusters = project.ask((workspace) => workspace.find('cluster-with-oidc', 'all'));
  const place = model ? model.place : findNearest(clusters, uri)?.place;
  if (!place) return undefined;
  const { document, path } = place;
  const iam = project.locate({ document, path: path.slice(0, path.lastIndexOf('iam') + 1) })?.ref;
  return iam?.isMapping ? { document, iam } : undefined;
}

function getCommon(trusts: readonly WrittenTrust[]): Issuer | undefined {
  const federated = getOnly(trusts.map((one) => one.federated));
  const provider = getOnly(trusts.map((one) => one.provider));
  return federated === undefined || !provider ? undefined : { federated, provider };
}

function toIssuer(known: KnownAws): Issuer {
  const federated = toProviderArn(known);
  return { federated, provider: federated.slice(federated.indexOf(':oidc-provider/') + ':oidc-provider/'.length) };
}

function toNewFile(uri: string, newText: string): FileEdit {
  return { uri, edits: [{ span: { start: 0, end: 0 }, newText }], isNewFile: true };
}
