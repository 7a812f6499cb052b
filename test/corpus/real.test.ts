import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type JsonReport, runCli } from '../cli/run-cli';

const CORPUS = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const FOLDER = join(CORPUS, 'real');
const isPresent = existsSync(FOLDER);

if (!isPresent) console.warn(`No real repositories at ${FOLDER} (BREAKWATER_CORPUS names their folder): not measured.`);

/** Every file of a suffix that the command line reads, by its path below the corpus. */
function listFiles(): string[] {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8', withFileTypes: true });
  return names
    .filter((entry) => !entry.isDirectory() && /\.(ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(FOLDER.length + 1))
    .sort();
}

describe.skipIf(!isPresent)('repositories that people run', () => {
  test('every file is checked, or named with the reason why it is not', () => {
    const { code, stdout, stderr } = runCli(['lint', '--format', 'json', '.'], { cwd: FOLDER });
    const report = JSON.parse(stdout) as JsonReport;
    const { files, resources, findings } = report.summary;
    const reasons = new Map<string, number>();
    for (const { message } of report.errors) {
      const reason = message.replace(/^Line \d+, column \d+: /, '');
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    }
    console.log(
      [
        `${files} files, ${resources} resources`,
        `${findings.error} errors, ${findings.warning} warnings, ${findings.info} notes`,
        `${report.errors.length} documents not checked, in ${new Set(report.errors.map(({ file }) => file)).size} files`,
        ...[...reasons].map(([reason, count]) => `${count} times: ${reason}`),
      ].join('\n'),
    );

    expect(stderr).toBe('');
    expect(code).toBe(1);
    const expected = listFiles();
    const unread = new Set(report.errors.filter(({ message }) => !message.startsWith('Line ')).map(({ file }) => file));
    expect(files).toBe(expected.length - unread.size);
    const known = new Set(expected);
    for (const { file } of [...report.errors, ...report.findings]) expect(known.has(file), file).toBe(true);
    expect(report.findings.filter(({ message }) => message.trim() === '')).toEqual([]);
    expect(report.errors.filter(({ message }) => message.includes('fault of Breakwater'))).toEqual([]);
    expect(findings.error + findings.warning + findings.info).toBe(report.findings.length);
  }, 600_000);
});
