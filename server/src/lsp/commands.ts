import type { ExecuteCommandParams } from 'vscode-languageserver';
import { getRuleDocsUrl } from '../engine/docs-url';
import { guardRequest } from './guard';
import type { Session } from './session';

/** Opens the page of the rule whose id is the one argument. */
export const OPEN_RULE_DOCS = 'breakwater.openRuleDocs';

/** Answers workspace/executeCommand. */
export function registerCommands({ connection, log, project }: Session): void {
  connection.onExecuteCommand(
    guardRequest(log, 'workspace/executeCommand', toNothing, async (params: ExecuteCommandParams) => {
      const { command, arguments: [rule] = [] } = params;
      if (command !== OPEN_RULE_DOCS || typeof rule !== 'string' || !project.rules.byId.has(rule)) return undefined;
      await connection.window.showDocument({ uri: getRuleDocsUrl(rule), external: true });
      return undefined;
    }),
  );
}

function toNothing(): undefined {
  return undefined;
}
