import { expect, test } from 'vitest';
import { EMPTY_CONFIGURATION } from '../../server/src/engine/configuration';
import { Project } from '../../server/src/engine/project';
import { defineRule } from '../../server/src/engine/rule';
import { toRuleSet } from '../../server/src/engine/rule-set';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import { ConfigurationStore } from '../../server/src/lsp/configuration-store';
import { OpenDocuments } from '../../server/src/lsp/documents';
import { nodeFiles } from '../../server/src/lsp/node-files';
import { Reports } from '../../server/src/lsp/reports';
import { RoleFiles } from '../../server/src/lsp/role-files';
import { UNTITLED } from './texts';

const FRAGILE = defineRule({
  id: 'fragile',
  category: 'yaml',
  title: 'Breaks on purpose',
  severity: 'error',
  confidence: 'high',
  fixable: 'never',
  standards: [],
  docs: { what: '', why: '', remedy: '', flags: '', passes: '' },
  visit: {
    *resource(resource) {
      if (resource.name === 'broken') throw new TypeError('it fell over');
      yield { at: resource.root, message: 'It held.' };
    },
  },
});

const toText = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

test('a fault of a rule is shown where the findings would be, until the text is another', () => {
  const project = new Project(toRuleSet([FRAGILE]), () => DEFAULT_SETTINGS);
  const documents = new OpenDocuments(project);
  const source = {
    fetchSection: async () => undefined,
    fetchHidden: async () => undefined,
    findFolder: () => undefined,
    readFolder: async () => EMPTY_CONFIGURATION,
    onProblem: () => {},
  };
  const errors: unknown[] = [];
  const configuration = new ConfigurationStore(source, [FRAGILE.id]);
  const reports = new Reports(
    project,
    documents,
    configuration,
    () => undefined,
    new RoleFiles({ files: nodeFiles, documents, configuration, tell: () => {} }),
    (error) => errors.push(error),
  );
  const document = documents.open({ uri: UNTITLED, languageId: 'yaml', version: 1, text: toText('broken') });
  if (!document) throw new Error('YAML is not read');
  const failed = reports.get(document);
  expect(failed.diagnostics).toEqual([
    expect.objectContaining({
      code: 'not-checked',
      message: expect.stringMatching(/failed on this file \(it fell over\)/),
    }),
  ]);
  expect(reports.get(document)).toBe(failed);
  expect(errors).toEqual([expect.objectContaining({ message: 'it fell over' })]);
  documents.change({ textDocument: { uri: UNTITLED, version: 2 }, contentChanges: [{ text: toText('whole') }] });
  expect(reports.get(document).diagnostics.map(({ code }) => code)).toEqual(['fragile']);
});
