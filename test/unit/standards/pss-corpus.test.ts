import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getActiveChecks, isPssCheckId, isPssLevel, parsePssVersion } from '../../../server/src/standards/pss';

// The official fixtures of Pod Security Admission are not part of this repository; the test runs where they are laid.
const corpus = process.env.BREAKWATER_CORPUS ?? join(import.meta.dirname, '../../../../shared/corpus');
const expected = join(corpus, 'pss', 'expected.jsonl');

interface Fixture {
  readonly path: string;
  readonly level: string;
  readonly version: string;
  readonly failing: readonly string[];
}

describe.runIf(existsSync(expected))('official fixtures', () => {
  const read = (): Fixture[] =>
    readFileSync(expected, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  it('fail only checks that are in force at their level and version', () => {
    for (const { path, level, version, failing } of read()) {
      const parsed = parsePssVersion(version);
      if (!isPssLevel(level) || parsed === undefined) throw new Error(`${path}: ${level}:${version} is unreadable`);
      const active = getActiveChecks(level, parsed.minor).map(({ id }): string => id);
      expect(
        failing.filter((id) => !active.includes(id)),
        path,
      ).toEqual([]);
    }
  });

  it('show every check failing at every level and version at which it is in force', () => {
    const seen = new Map<string, Set<string>>();
    for (const { level, version, failing } of read()) {
      const key = `${level}:${version}`;
      const ids = seen.get(key) ?? new Set();
      seen.set(key, ids);
      for (const id of failing.filter(isPssCheckId)) ids.add(id);
    }
    expect(seen.size).toBeGreaterThan(0);
    for (const [key, failing] of seen) {
      const [level = '', version = ''] = key.split(':');
      if (!isPssLevel(level)) throw new Error(`${level} is no level`);
      const active = getActiveChecks(level, parsePssVersion(version)?.minor ?? -1).map(({ id }) => id);
      expect([...failing].sort(), key).toEqual([...active].sort());
    }
  });
});
