import type { Fix, Operation } from '../../../server/src/engine/operation';
import { type FileFinding, Project } from '../../../server/src/engine/project';
import { defineRule, type Report, type Rule, type RuleContext } from '../../../server/src/engine/rule';
import { toRuleSet } from '../../../server/src/engine/rule-set';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/settings';
import type { Ref } from '../../../server/src/syntax/ref';

/** A rule that reads whole documents. */
export function toyRule(id: string, read: (root: Ref, context: RuleContext) => Iterable<Report>): Rule {
  return defineRule({
    id,
    category: 'yaml',
    title: id,
    severity: 'warning',
    confidence: 'high',
    fixable: 'sometimes',
    standards: [],
    docs: { what: '', why: '', remedy: '', flags: '', passes: '' },
    visit: { document: read },
  });
}

/** A rule that has one fix for each document. */
export function toyFix(toOperations: (root: Ref, context: RuleContext) => readonly Operation[]): Rule {
  return toyRule('toy', function* (root, context) {
    yield { at: root, message: 'A toy.', fixes: [toFix(toOperations(root, context))] };
  });
}

export function toFix(operations: readonly Operation[], safety: Fix['safety'] = 'safe'): Fix {
  return { title: 'Mend it', safety, operations };
}

/** A project of files (name to text) that is judged by the given rules alone. */
export function openToyProject(files: Readonly<Record<string, string>>, ...rules: Rule[]): Project {
  const project = new Project(toRuleSet(rules), () => DEFAULT_SETTINGS);
  for (const [name, text] of Object.entries(files)) {
    project.setFile(toToyUri(name), text, name.endsWith('.json') ? 'json' : 'yaml');
  }
  return project;
}

export function toToyUri(name: string): string {
  return `file:///project/${name}`;
}

/** The findings of a file; throws when the project does not hold it. */
export function findingsOf(project: Project, name: string): readonly FileFinding[] {
  const report = project.check(toToyUri(name));
  if (!report) throw new Error(`no such file: ${name}`);
  return report.findings;
}
