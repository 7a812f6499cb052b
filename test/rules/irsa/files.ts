import { toFileEdits } from '../../../server/src/engine/fix/to-edits';
import type { FileFinding, Project } from '../../../server/src/engine/project';
import { evaluatePolicy } from '../../../server/src/model/iam/evaluate';
import { readTrustPolicies } from '../../../server/src/model/iam/read-trust-policies';
import { toTrustPolicyFact } from '../../../server/src/model/iam/trust-policy-fact';
import { toAccountExample, toExactPolicyExample, toTrustPolicyExample } from '../../../server/src/rules/irsa/_examples';
import type { Language } from '../../../server/src/syntax/language';
import { readSource } from '../../../server/src/syntax/source-file';
import { checkFile, openProject } from '../../harness/lint-text';
import { applyAll } from '../../harness/prove-fix';

/** Host and path of the provider that the policies of the examples trust. */
export const PROVIDER = 'oidc.eks.eu-west-1.amazonaws.com/id/5C1F0A9B7D3E42869F1D2C3B4A596877';

/** A finding with the text that it underlines. */
export interface Found extends FileFinding {
  readonly text: string;
}

/** What one rule finds in one file of a project. */
export function findIn(project: Project, file: string, rule: string): Found[] {
  const { findings, source } = checkFile(project, file);
  return findings
    .filter((finding) => finding.rule === rule)
    .map((finding) => ({ ...finding, text: source.text.slice(finding.span.start, finding.span.end) }));
}

/** What one rule finds in all files given, file by file. */
export function lintFiles(files: Readonly<Record<string, string>>, rule: string): Found[] {
  const project = openProject(files);
  return Object.keys(files).flatMap((file) => findIn(project, file, rule));
}

/** The subject of an account. */
export const subjectOf = (namespace: string, name: string) => `system:serviceaccount:${namespace}:${name}`;

/** A policy that names one subject exactly. */
export const policyFor = (namespace: string, name: string) => toExactPolicyExample(subjectOf(namespace, name));

export { toAccountExample as account, toTrustPolicyExample as policyWith };

/** The files after one fix of the first finding of a rule; throws when there is no such finding, or when the fix declines. */
export function applyFix(
  files: Readonly<Record<string, string>>,
  rule: string,
  title: RegExp = /./,
): Record<string, string> {
  const project = openProject(files);
  for (const file of Object.keys(files)) {
    for (const finding of findIn(project, file, rule)) {
      const fix = finding.fixes.find((candidate) => title.test(candidate.title));
      const edits = fix && toFileEdits(project, finding, fix);
      if (edits) return applyAll(files, edits, fix.title);
    }
  }
  throw new Error(`no finding of ${rule} has a fix ${title}`);
}

const NAMESPACES = ['production', 'staging', 'kube-system'];
const NAMES = ['s3-reader', 's3-writer', 'default'];
const PROVIDERS = [PROVIDER, 'oidc.eks.eu-west-1.amazonaws.com/id/ANOTHER'];
const AUDIENCES = ['sts.amazonaws.com', 'vault'];

/**
 * Who is let in by the trust policy of a text, of some accounts, audiences and clusters: `production:s3-reader`, with the
 * audience and the cluster where they are not the usual ones.
 */
export function admittedBy(text: string, language: Language = 'json'): string[] {
  const [policy] = readSource(text, language).documents.flatMap(({ tree }) => readTrustPolicies(tree));
  const fact = policy && toTrustPolicyFact(policy);
  if (!fact) throw new Error(`no trust policy in ${text}`);
  const admitted: string[] = [];
  for (const provider of PROVIDERS) {
    for (const audience of AUDIENCES) {
      for (const namespace of NAMESPACES) {
        for (const name of NAMES) {
          if (evaluatePolicy(fact, { provider, audience, namespace, name }) !== 'yes') continue;
          const suffix = `${audience === AUDIENCES[0] ? '' : ` for ${audience}`}${provider === PROVIDER ? '' : ' of another cluster'}`;
          admitted.push(`${namespace}:${name}${suffix}`);
        }
      }
    }
  }
  return admitted;
}
