import { readTrustPolicies } from '../../model/iam/read-trust-policies';
import { ROLE_ARN } from '../../model/iam/role';
import { isHclOfConcern } from '../../syntax/hcl/parse';
import { getLanguageOfName } from '../../syntax/language';
import type { Ref } from '../../syntax/ref';
import { readSource } from '../../syntax/source-file';
import type { Span } from '../../text/span';
import type { ConfigurationProblem, ConfigurationReader } from './reader';

/** Where a role's trust policy is, as the configuration says it. */
export interface IrsaRole {
  readonly arn: string;
  /** Relative to the configuration file or the workspace folder, with forward slashes. */
  readonly path: string;
  /** Place of the path in the configuration file; undefined for a setting of the editor. */
  readonly span: Span | undefined;
}

/** What is wrong with a key of `irsa.roles`, as a sentence; undefined for a good one. */
export function getRoleArnProblem(arn: string): string | undefined {
  return ROLE_ARN.test(arn)
    ? undefined
    : `"${arn}" is not the ARN of an IAM role, such as arn:aws:iam::111122223333:role/s3-reader.`;
}

/** What is wrong with a value of `irsa.roles`, as a sentence; undefined for a good one. */
export function getPolicyPathProblem(path: unknown): string | undefined {
  const isGood = typeof path === 'string' && path.trim() !== '' && !/^([/\\]|[A-Za-z]:|[a-z]+:\/\/)|\\/.test(path);
  return isGood
    ? undefined
    : 'A role needs the relative path of the file that holds its trust policy, with forward slashes.';
}

/** Reads `irsa`: which file holds the trust policy of which role. */
export function readIrsaRoles(at: Ref, reader: ConfigurationReader): IrsaRole[] {
  if (!reader.isMapping(at, ['roles'], '"irsa"')) return [];
  const roles = at.get('roles');
  if (roles.isAbsent) return [];
  if (!roles.isMapping) {
    reader.note(roles, '"roles" must be a mapping from ARNs of roles to paths of files.');
    return [];
  }
  return roles.entries().flatMap(([arn, value]): IrsaRole[] => {
    const arnProblem = getRoleArnProblem(arn);
    if (arnProblem !== undefined) reader.note(value, arnProblem, true);
    const path = value.isAbsent ? undefined : value.scalar?.text;
    const pathProblem = getPolicyPathProblem(path);
    if (pathProblem !== undefined) reader.note(value, pathProblem, value.isAbsent);
    if (arnProblem !== undefined || pathProblem !== undefined || path === undefined) return [];
    return [{ arn, path, span: reader.toSpan(value) }];
  });
}

/** What is wrong with the file that a role is said to have its policy in, as a sentence; `text` is undefined where there is none. */
export function getPolicyFileProblem({ arn, path, span }: IrsaRole, text: string | undefined): string | undefined {
  const what = `${span ? '"irsa.roles"' : 'The setting "breakwater.irsa.roles"'} says that the trust policy of ${arn} is in "${path}"`;
  if (text === undefined) return `${what}, but there is no such file, or it cannot be read.`;
  const language = getLanguageOfName(path.split('/').at(-1) ?? '') ?? (/^\s*\{/.test(text) ? 'json' : 'yaml');
  // The parser for HCL may not be loaded yet.
  const isThere =
    language === 'hcl'
      ? isHclOfConcern(text)
      : readSource(text, language).documents.some(({ tree }) => readTrustPolicies(tree).length > 0);
  return isThere ? undefined : `${what}, but there is no trust policy for web identities in that file.`;
}

/** The problems of all roles of a configuration file; `read` gives the text of a file by its path. */
export function getRoleProblems(
  roles: readonly IrsaRole[],
  texts: ReadonlyMap<string, string | undefined>,
): ConfigurationProblem[] {
  return roles.flatMap((role) => {
    const message = getPolicyFileProblem(role, texts.get(role.path));
    return message === undefined || !role.span ? [] : [{ message, span: role.span }];
  });
}
