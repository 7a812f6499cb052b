const RULE_PAGES = 'https://github.com/breakwater-security/breakwater/blob/main/docs/rules';

/** The public page of a rule. */
export function getRuleDocsUrl(rule: string): string {
  return `${RULE_PAGES}/${rule}.md`;
}
