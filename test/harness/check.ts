import type { FileFinding, FileReport, Project } from '../../server/src/engine/project';
import type { Example, Rule } from '../../server/src/engine/rule';
import type { Settings } from '../../server/src/engine/settings';
import { checkFile, languageOf, openProject } from './lint-text';
import { proveFixes } from './prove-fix';
import { JSON_VARIANTS, YAML_VARIANTS } from './variants';

/** Files of one case, by name. */
export type Files = Readonly<Record<string, string>>;

/** An example as files: a single text gets a name after its language. */
export function toFiles(example: Example): Files {
  if (typeof example !== 'string') return example;
  return { [example.trimStart().startsWith('{') ? 'example.json' : 'example.yaml']: example };
}

/** A finding of one rule, with the file that it was found in. */
export interface FoundIn {
  readonly file: string;
  readonly report: FileReport;
  readonly finding: FileFinding;
}

/** The findings of one rule in all files of a project. */
export function findingsOf(project: Project, files: Files, rule: Pick<Rule, 'id'>): FoundIn[] {
  return Object.keys(files).flatMap((file) => {
    const report = checkFile(project, file);
    return report.findings.filter((finding) => finding.rule === rule.id).map((finding) => ({ file, report, finding }));
  });
}

/** Settings under which a rule runs although it is off by default, or silent until something is configured. */
export function settingsFor(rule: Rule, settings: Partial<Settings> = {}): Partial<Settings> {
  const own = { ...rule.docs.settings, ...settings };
  if (rule.isDefault !== false) return own;
  return { ...own, rules: { [rule.id]: rule.severity, ...own.rules } };
}

/** The ways of writing a file; a Dockerfile and a file of HCL have only their own. */
function variantsOf(name: string) {
  return { json: JSON_VARIANTS, yaml: YAML_VARIANTS, dockerfile: [], hcl: [] }[languageOf(name)];
}

/** One way of writing a case, by the name of the way. */
export function toVariants(files: Files): { name: string; files: Files }[] {
  const names = Object.keys(files);
  const variants = [...new Set(names.flatMap(variantsOf))];
  const byName = new Map<string, Record<string, string>>();
  for (const { name: variant } of variants) {
    const texts: Record<string, string> = {};
    for (const name of names) {
      const own = variantsOf(name).find((other) => other.name === variant);
      const text = own ? own.toText(files[name] ?? '') : files[name];
      if (own?.toName && names.length > 1) continue;
      if (text !== undefined) texts[own?.toName?.(name) ?? name] = text;
    }
    if (Object.keys(texts).length === names.length) byName.set(variant, texts);
  }
  return [...byName].map(([name, texts]) => ({ name, files: texts }));
}

/**
 * Proves a case of a rule in every way of writing it: `expected` findings of the rule, the same in each; and for every fix of
 * every one of them all that DESIGN section 5 asks. Throws an Error that says which of these does not hold.
 */
export function check(rule: Rule, example: Example, expected: number, settings: Partial<Settings> = {}): void {
  const own = settingsFor(rule, settings);
  for (const { name, files } of toVariants(toFiles(example))) {
    const project = openProject(files, own);
    const found = findingsOf(project, files, rule);
    const title = `${rule.id}, ${name}`;
    for (const file of Object.keys(files)) {
      const [problem] = checkFile(project, file).unchecked;
      if (problem) throw new Error(`${title}: ${file}: ${problem.message}\n${files[file]}`);
    }
    if (found.length !== expected) {
      const list = found.map(({ finding }) => `  ${finding.message}`).join('\n');
      throw new Error(
        `${title}: ${found.length} findings, not ${expected}\n${list}\n${Object.values(files).join('\n')}`,
      );
    }
    proveFixes(rule, files, own, found, title);
  }
}
