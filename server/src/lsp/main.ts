import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { toRuleSet } from '../engine/rule-set';
import { RULES } from '../rules/index';
import { nodeFiles } from './node-files';
import { serve } from './server';

// The transport is chosen by the arguments: --stdio, --node-ipc, --socket=PORT or --pipe=NAME.
serve(createConnection(ProposedFeatures.all), { rules: toRuleSet(RULES), files: nodeFiles });
