import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparePssLevels,
  isPssLevel,
  PSS_CLUSTER_DEFAULTS,
  PSS_LABEL_KEYS,
  PSS_LABELS,
  PSS_LATEST,
  PSS_LEVELS,
  PSS_MODES,
  type PssDefaults,
  parsePssVersion,
  resolveNamespacePolicy,
} from '../../../server/src/standards/pss';

/** `level:version` of each mode, as `enforce | audit | warn`. */
function resolve(labels: Record<string, string>, defaults?: PssDefaults): string {
  const prefixed = Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [`pod-security.kubernetes.io/${key}`, value]),
  );
  const policy = resolveNamespacePolicy(prefixed, defaults);
  return PSS_MODES.map((mode) => `${policy[mode].level}:${policy[mode].version.text}`).join(' | ');
}

describe('parsePssVersion', () => {
  it('reads latest and every minor without leading zeros', () => {
    expect(parsePssVersion('latest')).toBe(PSS_LATEST);
    fc.assert(
      fc.property(fc.nat(), (minor) => {
        expect(parsePssVersion(`v1.${minor}`)).toEqual({ text: `v1.${minor}`, minor, isLatest: false });
      }),
    );
  });

  it.each([
    '',
    '1.25',
    'v1',
    'v1.',
    'v1.01',
    'v1.25.3',
    'v2.0',
    'V1.25',
    'Latest',
    ' v1.25',
    'v1.25\n',
    'v1.-1',
    'v1.2a',
  ])('refuses %j', (text) => {
    expect(parsePssVersion(text)).toBeUndefined();
  });

  it('refuses a minor that the API server cannot hold', () => {
    const greatest = 2n ** 63n - 1n;
    expect(parsePssVersion(`v1.${greatest}`)?.isLatest).toBe(false);
    expect(parsePssVersion(`v1.${greatest + 1n}`)).toBeUndefined();
  });
});

describe('levels', () => {
  it('are compared by strictness', () => {
    expect([...PSS_LEVELS].reverse().sort(comparePssLevels)).toEqual(['privileged', 'baseline', 'restricted']);
    expect(comparePssLevels('baseline', 'baseline')).toBe(0);
  });

  it('are spelt exactly', () => {
    for (const text of ['Restricted', 'restricted ', '', 'default', 'constructor'])
      expect(isPssLevel(text)).toBe(false);
  });
});

describe('resolveNamespacePolicy', () => {
  it.each([
    [{}, 'privileged:latest | privileged:latest | privileged:latest'],
    [{ enforce: 'baseline' }, 'baseline:latest | privileged:latest | baseline:latest'],
    [{ enforce: 'restricted', 'enforce-version': 'v1.30' }, 'restricted:v1.30 | privileged:latest | restricted:v1.30'],
    [
      { enforce: 'restricted', 'enforce-version': 'v1.30', 'warn-version': 'v1.20' },
      'restricted:v1.30 | privileged:latest | restricted:v1.20',
    ],
    [{ enforce: 'restricted', warn: 'privileged' }, 'restricted:latest | privileged:latest | privileged:latest'],
    [{ enforce: 'privileged', audit: 'baseline' }, 'privileged:latest | baseline:latest | privileged:latest'],
    [{ warn: 'restricted', 'warn-version': 'v1.0' }, 'privileged:latest | privileged:latest | restricted:v1.0'],
    [{ 'enforce-version': 'v1.25' }, 'privileged:v1.25 | privileged:latest | privileged:latest'],
    // Invalid enforce fails closed, and does not become what clients are warned about.
    [{ enforce: 'Restricted' }, 'restricted:latest | privileged:latest | privileged:latest'],
    // Invalid audit and warn fail open.
    [{ audit: 'strict', warn: 'strict' }, 'privileged:latest | privileged:latest | privileged:latest'],
    [{ enforce: 'baseline', warn: 'strict' }, 'baseline:latest | privileged:latest | privileged:latest'],
    // An invalid version is the latest.
    [{ enforce: 'baseline', 'enforce-version': '1.25' }, 'baseline:latest | privileged:latest | baseline:latest'],
    [
      { enforce: 'baseline', 'enforce-version': 'v1.25', 'warn-version': '1.20' },
      'baseline:v1.25 | privileged:latest | baseline:latest',
    ],
  ] as [Record<string, string>, string][])('%j is %s', (labels, expected) => {
    expect(resolve(labels)).toBe(expected);
  });

  it('starts from the defaults of the cluster and warns more only where enforce is stricter', () => {
    const restricted = { level: 'restricted', version: PSS_LATEST } as const;
    const defaults = { ...PSS_CLUSTER_DEFAULTS, warn: restricted };
    expect(resolve({ enforce: 'baseline', 'enforce-version': 'v1.9' }, defaults)).toBe(
      'baseline:v1.9 | privileged:latest | restricted:latest',
    );
    expect(resolve({ warn: 'no such level' }, defaults)).toBe(
      'privileged:latest | privileged:latest | privileged:latest',
    );
  });

  it('names every unreadable label with its value, under its mode', () => {
    const { enforce, audit, warn } = resolveNamespacePolicy({
      [PSS_LABELS.enforce.level]: 'high',
      [PSS_LABELS.enforce.version]: '1.30',
      [PSS_LABELS.audit.version]: 'newest',
      [PSS_LABELS.warn.level]: 'baseline',
    });
    expect(enforce.errors.map(({ label, value, field }) => [label, value, field])).toEqual([
      ['pod-security.kubernetes.io/enforce', 'high', 'level'],
      ['pod-security.kubernetes.io/enforce-version', '1.30', 'version'],
    ]);
    expect(audit.errors.map(({ message }) => message)).toEqual(['must be "latest" or "v1.x"']);
    expect(warn.errors).toEqual([]);
  });

  it('always gives a usable policy, reports exactly the unreadable labels, and never warns of less than a valid enforce', () => {
    const value = fc.oneof(fc.constantFrom(...PSS_LEVELS, 'latest', 'v1.5', 'v1.99', '1.5'), fc.string());
    const labels = fc.dictionary(fc.constantFrom(...PSS_LABEL_KEYS, 'app'), value);
    fc.assert(
      fc.property(labels, (given) => {
        const policy = resolveNamespacePolicy(given);
        const unreadable = PSS_LABEL_KEYS.filter((key) => {
          const text = given[key];
          if (text === undefined) return false;
          return key.endsWith('-version') ? parsePssVersion(text) === undefined : !isPssLevel(text);
        });
        expect(PSS_MODES.flatMap((mode) => policy[mode].errors.map(({ label }) => label))).toEqual(unreadable);
        const isWarnSilent = given[PSS_LABELS.warn.level] === undefined;
        if (isWarnSilent && !unreadable.includes(PSS_LABELS.enforce.level)) {
          expect(policy.warn.level).toBe(policy.enforce.level);
        }
      }),
    );
  });
});
