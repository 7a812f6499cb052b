import { describe, expect, test } from 'vitest';
import { checkFile, fillProject } from '../../server/src/cli/check';
import type { InputFile } from '../../server/src/cli/inputs';
import { summarize, toExitCode } from '../../server/src/cli/summary';
import { Project } from '../../server/src/engine/project';
import { defineRule } from '../../server/src/engine/rule';
import { toRuleSet } from '../../server/src/engine/rule-set';
import { DEFAULT_SETTINGS } from '../../server/src/engine/settings';
import { CONFIG_MAP } from './manifests';

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

function toInput(shown: string, text: string): InputFile {
  const file = { text, encoding: 'utf-8', hasByteOrderMark: false, bytes: Buffer.from(text) } as const;
  return { uri: `file:///${shown}`, shown, path: `/${shown}`, isNamed: false, language: 'yaml', file };
}

describe('a fault of a rule', () => {
  test('is told of the file on which it arose, and the other files are checked', () => {
    const inputs = [toInput('a.yaml', CONFIG_MAP), toInput('b.yaml', CONFIG_MAP.replace('settings', 'broken'))];
    const project = new Project(toRuleSet([FRAGILE]), () => DEFAULT_SETTINGS);
    const errors: unknown[] = [];
    const onInternalError = (error: unknown): void => {
      errors.push(error);
    };
    expect(fillProject(project, inputs, onInternalError).size).toBe(0);
    const results = inputs.map((input) => checkFile(project, input, onInternalError));
    expect(results.map(({ findings }) => findings.length)).toEqual([1, 0]);
    expect(results[1]?.errors.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^Not checked: Breakwater failed on this file \(it fell over\)\./),
    ]);
    expect(errors).toEqual([expect.objectContaining({ message: 'it fell over' })]);
    const summary = summarize(results, []);
    expect(summary.unchecked).toBe(1);
    expect(toExitCode(summary, 'never')).toBe(3);
  });
});
