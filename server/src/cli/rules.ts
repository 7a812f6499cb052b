import { toSuggestion } from '../engine/configuration/nearest';
import type { Rule } from '../engine/rule';
import type { RuleSet } from '../engine/rule-set';
import { getStandard } from '../standards/catalogue';
import { UsageProblem } from './problem';
import { type Style, wrap } from './report/style';

/** The list of all rules, by category. */
export function toRuleList(rules: RuleSet, style: Style): string {
  const width = Math.max(...rules.all.map(({ id }) => id.length));
  const categories = [...new Set(rules.all.map(({ category }) => category))];
  const blocks = categories.map((category) => {
    const lines = rules.all
      .filter((rule) => rule.category === category)
      .map((rule) => {
        const severity = rule.isDefault === false ? 'off' : rule.severity;
        return `  ${style('cyan', rule.id.padEnd(width))}  ${severity.padEnd(7)}  ${rule.title}`;
      });
    return `${style('bold', category)}\n${lines.join('\n')}\n`;
  });
  return `${blocks.join('\n')}\n"breakwater rules ID" explains a rule.\n`;
}

/** What a rule finds, why it matters and what to do. Throws a UsageProblem for an id that no rule has. */
export function toRulePage(id: string, rules: RuleSet, style: Style, width: number): string {
  const rule = rules.byId.get(id);
  if (!rule) {
    const hint = toSuggestion(id, rules.byId.keys()) || ' "breakwater rules" lists all there are.';
    throw new UsageProblem(`There is no rule "${id}".${hint}`);
  }
  const { docs } = rule;
  const section = (title: string, body: string): string => `${style('bold', title)}\n${body}\n`;
  const prose = (text: string): string =>
    text
      .split('\n')
      .flatMap((line) => wrap(line, Math.min(width, 100) - 2))
      .map((line) => `  ${line}`.trimEnd())
      .join('\n')
      .replace(/`([^`\n]+)`/g, (_, code: string) => style('cyan', code));
  return [
    `${style(['bold', 'cyan'], rule.id)}  ${rule.title}\n${style('dim', toFacts(rule))}\n`,
    section('What it finds', prose(docs.what)),
    section('Why it matters', prose(docs.why)),
    section('What to do', prose(docs.remedy)),
    section('Flagged', toExampleText(docs.flags)),
    section('Passes', toExampleText(docs.passes)),
    ...(rule.standards.length > 0 ? [section('Asked for by', toStandardsText(rule))] : []),
    section('To turn it off', `  In .breakwater.yaml:\n    rules:\n      ${rule.id}: off`),
  ].join('\n');
}

function toFacts(rule: Rule): string {
  const severity = rule.isDefault === false ? `${rule.severity} when turned on (it is off by default)` : rule.severity;
  const fixes = { always: 'can be fixed', sometimes: 'can sometimes be fixed', never: 'is fixed by hand' };
  return `${rule.category} · ${severity} · confidence ${rule.confidence} · ${fixes[rule.fixable]}`;
}

function toExampleText(example: Rule['docs']['flags']): string {
  const files = typeof example === 'string' ? { '': example } : example;
  return Object.entries(files)
    .map(([name, text]) => {
      const lines = text.trimEnd().split('\n');
      return [...(name === '' ? [] : [`# ${name}`]), ...lines].map((line) => `  ${line}`.trimEnd()).join('\n');
    })
    .join('\n\n');
}

function toStandardsText(rule: Rule): string {
  return rule.standards
    .map((id) => {
      const standard = getStandard(id);
      return standard ? `  ${id}  ${standard.title}\n    ${standard.url}` : `  ${id}`;
    })
    .join('\n');
}
