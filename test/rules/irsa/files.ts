import type { FileFinding, Project } from '../../../server/src/engine/project';
import { toAccountExample, toExactPolicyExample, toTrustPolicyExample } from '../../../server/src/rules/irsa/_examples';
import { checkFile, openProject } from '../../harness/lint-text';

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
