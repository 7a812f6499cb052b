// The server in a worker of a browser: it has no disk, so that whatever is not open is read through the client.
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
  ProposedFeatures,
} from 'vscode-languageserver/browser';
import { toRuleSet } from '../engine/rule-set';
import { RULES } from '../rules/index';
import { setHclParser } from '../syntax/hcl/grammar';
import { loadHclParser } from '../syntax/hcl/load';
import { serve } from './server';

// The types of a worker and those of Node, by which everything else is checked, exclude each other.
const port = globalThis as never;
const { close } = globalThis as unknown as { readonly close: () => void };
const connection = createConnection(
  ProposedFeatures.all,
  new BrowserMessageReader(port),
  new BrowserMessageWriter(port),
);
// Nobody else ends the worker of a server that is started anew.
connection.onExit(() => close());
serve(connection, { rules: toRuleSet(RULES), files: undefined, pages: new Map(), prepare: loadHcl });

/** Takes the modules of the HCL parser from the client, which alone knows where they lie; without them HCL is not read. */
async function loadHcl(initializationOptions: unknown): Promise<void> {
  const { hcl } = Object(initializationOptions ?? {});
  const { runtime, grammar } = Object(hcl ?? {});
  if (!(runtime instanceof Uint8Array && grammar instanceof Uint8Array)) return;
  try {
    setHclParser(await loadHclParser({ runtime, grammar }));
  } catch (error) {
    connection.console.error(`The parser for Terraform cannot be used: ${error}`);
  }
}
