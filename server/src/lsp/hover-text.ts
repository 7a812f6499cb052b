import type { FileFinding } from '../engine/project';
import type { RuleSet } from '../engine/rule-set';
import { getStandard } from '../standards/catalogue';
import type { GetRuleDocsUrl } from './rule-docs';

/** Explains findings in Markdown: each rule once, with what is found, why it matters, what to do and who says so. */
export function toHoverText(findings: readonly FileFinding[], rules: RuleSet, getDocsUrl: GetRuleDocsUrl): string {
  const firstOfEach = new Map(findings.toReversed().map((finding) => [finding.rule, finding]));
  return [...firstOfEach.values()]
    .reverse()
    .map((finding) => toSection(finding, rules, getDocsUrl(finding.rule)))
    .join('\n\n---\n\n');
}

function toSection(
  { rule: id, severity, standards }: FileFinding,
  rules: RuleSet,
  docsUrl: string | undefined,
): string {
  const rule = rules.byId.get(id);
  const link = docsUrl === undefined ? `\`${id}\`` : `[${id}](${docsUrl})`;
  if (!rule) return link;
  const { what, why, remedy } = rule.docs;
  return [
    `**${rule.title}** · ${severity} · ${link}`,
    what,
    `**Why it matters:** ${why}`,
    `**What to do:** ${remedy}`,
    toStandardsText(standards),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function toStandardsText(ids: readonly string[]): string {
  const items = ids.flatMap((id) => {
    const standard = getStandard(id);
    return standard ? [`- [${standard.source}: ${standard.title}](${standard.url})`] : [];
  });
  return [...new Set(items)].join('\n');
}
