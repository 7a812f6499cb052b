import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { lintJson } from '../cli/run-cli';
import { TestClient } from './client';

const EXAMPLES = join(import.meta.dirname, '../../examples');
const SEVERITIES = ['', 'error', 'warning', 'info'];

test('the editor and the command line give the same findings for the same files', async () => {
  const { report } = lintJson([], { cwd: EXAMPLES });
  const client = await TestClient.start({ folders: [pathToFileURL(EXAMPLES).href] });
  await client.scans.take();
  const names = readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(yaml|json)$/.test(name),
  );
  for (const name of names) {
    const uri = pathToFileURL(join(EXAMPLES, name)).href;
    await client.open(uri, readFileSync(join(EXAMPLES, name), 'utf8'));
    const shown = (await client.diagnose(uri)).map(({ code, severity = 0, range, message }) => {
      return { rule: code, severity: SEVERITIES[severity], range, message };
    });
    const listed = report.findings
      .filter(({ file }) => file === name)
      .map(({ rule, severity, range, message }) => ({ rule, severity, range, message }));
    expect(shown, name).toEqual(listed);
  }
  expect(new Set(report.findings.map(({ file }) => file)).size).toBeGreaterThan(names.length / 2);
});
