import * as vscode from 'vscode';
import { OPEN_RULE_DOCS } from './commands';

/** What the Markdown of our hovers may do beyond showing text. */
export const HOVER_TRUST = { enabledCommands: [OPEN_RULE_DOCS] };

/**
 * Turns links to pages of rules, which start with `docsUrl`, into links that run our command: VS Code takes links of its own
 * scheme out of a hover.
 */
export function linkToCommand<H extends vscode.Hover | null | undefined>(hover: H, docsUrl: string): H {
  for (const content of hover?.contents ?? []) {
    if (!(content instanceof vscode.MarkdownString)) continue;
    const parts = content.value.split(`](${docsUrl}`);
    content.value = parts
      .map((part, index) => (index === 0 ? part : part.replace(/^[a-z0-9-]+(?=\))/, toCommand)))
      .join('](');
  }
  return hover;
}

function toCommand(rule: string): string {
  return `command:${OPEN_RULE_DOCS}?${encodeURIComponent(JSON.stringify([rule]))}`;
}
