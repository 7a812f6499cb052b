import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPssLevel, parsePssVersion } from '../../server/src/standards/pss';
import { failedChecks } from './failed-checks';

// The official fixtures of Pod Security Admission are not part of this repository; the test runs where they are laid.
const corpus = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../shared/corpus');
const folder = join(corpus, 'pss');
const expectations = join(folder, 'expected.jsonl');
const isThere = existsSync(expectations);

/** One official fixture: a Pod, the level and version that judge it, and the checks that it fails. */
interface Fixture {
  readonly path: string;
  readonly level: string;
  readonly version: string;
  readonly failing: readonly string[];
}

if (!isThere) console.log(`Skipped: no official fixtures at ${folder} (set BREAKWATER_CORPUS to where they are).`);

describe.runIf(isThere)('Pod Security Standards, official fixtures', () => {
  const fixtures: Fixture[] = isThere
    ? readFileSync(expectations, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    : [];

  it('fail exactly the checks that the API server says they fail', () => {
    const differences: string[] = [];
    const passed = { baseline: 0, restricted: 0 };
    for (const { path, level, version, failing } of fixtures) {
      const minor = parsePssVersion(version)?.minor;
      if (!isPssLevel(level) || level === 'privileged' || minor === undefined)
        throw new Error(`${path}: ${level}:${version}`);
      const found = failedChecks(readFileSync(join(folder, path), 'utf8'), level, minor);
      const isSame = found.join() === [...failing].sort().join();
      if (isSame) passed[level]++;
      else differences.push(`${path}: expected ${failing.join() || 'nothing'}, found ${found.join() || 'nothing'}`);
    }
    const total = passed.baseline + passed.restricted;
    console.log(
      `Conformance: ${total} of ${fixtures.length} (baseline ${passed.baseline}, restricted ${passed.restricted})`,
    );
    expect(fixtures.length).toBeGreaterThan(0);
    expect(differences).toEqual([]);
  });
});
