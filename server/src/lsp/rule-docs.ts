/** The address of a rule's page; undefined where there is none that the client can open. */
export type GetRuleDocsUrl = (rule: string) => string | undefined;

/**
 * Where the pages of rules are found. A client that shows them itself says under which address (`docsUrl` of its
 * initialization options, to which the rule's id is added); others get the files that came with the server.
 */
export function createRuleDocs(initializationOptions: unknown, pages: ReadonlyMap<string, string>): GetRuleDocsUrl {
  const { docsUrl } = Object(initializationOptions ?? {});
  if (typeof docsUrl !== 'string' || docsUrl === '') return (rule) => pages.get(rule);
  const prefix = docsUrl.endsWith('/') ? docsUrl : `${docsUrl}/`;
  return (rule) => `${prefix}${encodeURIComponent(rule)}`;
}
