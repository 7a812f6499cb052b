import { type FileReport, Project } from '../../server/src/engine/project';
import { toRuleSet } from '../../server/src/engine/rule-set';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/engine/settings';
import { RULES } from '../../server/src/rules/index';
import { getLanguageOfName, type Language } from '../../server/src/syntax/language';

/** All rules, arranged once for every test. */
export const RULE_SET = toRuleSet(RULES);

/** How tests name a file's language. */
export function languageOf(fileName: string): Language {
  return getLanguageOfName(fileName.split('/').at(-1) ?? '') ?? 'yaml';
}

/** A project of the given files (name to text), judged with the default settings and what is given over them. */
export function openProject(files: Readonly<Record<string, string>>, settings: Partial<Settings> = {}): Project {
  const project = new Project(RULE_SET, () => ({ ...DEFAULT_SETTINGS, ...settings }));
  for (const [name, text] of Object.entries(files)) project.setFile(toUri(name), text, languageOf(name));
  return project;
}

/** The URI by which tests know a file. */
export function toUri(name: string): string {
  return `file:///project/${name}`;
}

/** The report of one file of a project; throws when the project does not hold it. */
export function checkFile(project: Project, name: string): FileReport {
  const report = project.check(toUri(name));
  if (!report) throw new Error(`no such file: ${name}`);
  return report;
}

/** Lints one text by itself, as the command line would. What could not be checked throws. */
export async function lintText(fileName: string, text: string): Promise<readonly { rule: string; message: string }[]> {
  const report = checkFile(openProject({ [fileName]: text }), fileName);
  const [problem] = report.unchecked;
  if (problem) throw new Error(problem.message);
  return report.findings.map(({ rule, message }) => ({ rule, message }));
}
