import { describe, expect, test } from 'vitest';
import { toFileEdits } from '../../server/src/engine/fix/to-edits';
import { RULES } from '../../server/src/rules/index';
import { checkFile, openProject } from '../harness/lint-text';
import { findShown, SECRET_FILES } from '../harness/secret-files';

const EVERY_RULE = { rules: Object.fromEntries(RULES.map(({ id, severity }) => [id, severity])) };
const project = openProject(SECRET_FILES, EVERY_RULE);
const reports = Object.keys(SECRET_FILES).map((file) => [file, checkFile(project, file)] as const);

test.each(reports)('%s: no finding of any rule says a secret', (_file, { findings, unchecked }) => {
  const said = findings.map(({ message, related, fixes, key, resource }) => ({
    message,
    key,
    resource,
    related: related.map((one) => one.message),
    titles: fixes.map(({ title }) => title),
  }));
  expect(findShown(JSON.stringify(said))).toEqual([]);
  expect(findShown(JSON.stringify(unchecked.map(({ message }) => message)))).toEqual([]);
});

test.each(reports)('%s: no finding about a secret points at one', (_file, { findings, source }) => {
  const shown = findings
    .filter(({ category }) => category === 'secrets')
    .map(({ span }) => source.text.slice(span.start, span.end));
  expect(findShown(shown.join('\n'))).toEqual([]);
});

test.each(reports)('%s: a fix that writes a secret is marked as one whose text is not for reports', (_file, report) => {
  for (const finding of report.findings.filter(({ category }) => category === 'secrets')) {
    for (const fix of finding.fixes) {
      const edits =
        toFileEdits(project, finding, fix)?.flatMap((file) => file.edits.map(({ newText }) => newText)) ?? [];
      if (findShown(edits.join('\n')).length > 0) expect([fix.title, fix.isConfidential]).toEqual([fix.title, true]);
    }
  }
});

describe('the files', () => {
  const found = new Set(reports.flatMap(([, { findings }]) => findings.map(({ rule }) => rule)));

  test.each([
    ...['secret-in-env-value', 'secret-in-args', 'secret-in-config-map', 'secret-in-annotation', 'secret-committed'],
    ...['secret-in-other-field', 'secret-data-not-base64', 'secret-data-double-encoded'],
    ...['secret-data-trailing-newline', 'legacy-token-secret', 'duplicate-key', 'sudo-in-command'],
  ])('give findings of %s', (rule) => {
    expect(found).toContain(rule);
  });
});
