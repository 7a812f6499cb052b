import { join } from 'node:path';
import { createConnection, ProposedFeatures, StreamMessageReader } from 'vscode-languageserver/node';
import { toRuleSet } from '../engine/rule-set';
import { RULES } from '../rules/index';
import { findRulePages } from './node-docs';
import { nodeFiles } from './node-files';
import { loadHcl } from './node-hcl';
import { createWriter } from './node-writer';
import { serve } from './server';

const isStdio = process.argv.includes('--stdio');
// Any other transport is chosen by the library: --node-ipc, --socket=PORT or --pipe=NAME.
const connection = isStdio
  ? createConnection(ProposedFeatures.all, new StreamMessageReader(process.stdin), createWriter(process.stdout))
  : createConnection(ProposedFeatures.all);
// In the package and in the checkout alike the pages lie beside the folder of the bundle.
const pages = findRulePages(join(__dirname, '..', 'docs', 'rules'));
// Begun at once, as it takes no longer than the client needs to send its first message.
const hcl = loadHcl(__dirname);
const served = serve(connection, {
  rules: toRuleSet(RULES),
  files: nodeFiles,
  pages,
  prepare: async () => void (await hcl),
});
if (isStdio) process.stdin.once('end', () => process.exit(served.isShutDown() ? 0 : 1));

if (isStdio) {
  // What any part of the program logs must not get between the messages.
  console.log = console.error;
  console.info = console.error;
  console.debug = console.error;
}
