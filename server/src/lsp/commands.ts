import type { ExecuteCommandParams } from 'vscode-languageserver';
import { guardRequest } from './guard';
import type { Session } from './session';

/** Opens the page of the rule whose id is the one argument. */
export const OPEN_RULE_DOCS = 'breakwater.openRuleDocs';

/** Answers workspace/executeCommand. */
export function registerCommands({ connection, log, project, getDocsUrl }: Session): void {
  connection.onExecuteCommand(
    guardRequest(log, 'workspace/executeCommand', toNothing, async (params: ExecuteCommandParams) => {
      const { command, arguments: [rule] = [] } = params;
      if (command !== OPEN_RULE_DOCS || typeof rule !== 'string' || !project.rules.byId.has(rule)) return undefined;
      const uri = getDocsUrl(rule);
      // An editor shows a file itself; any other address is for the program that it belongs to.
      if (uri !== undefined) await connection.window.showDocument({ uri, external: !uri.startsWith('file:') });
      return undefined;
    }),
  );
}

function toNothing(): undefined {
  return undefined;
}
