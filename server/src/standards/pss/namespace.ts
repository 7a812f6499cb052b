import { comparePssLevels, isPssLevel, PSS_LATEST, type PssLevel, type PssVersion, parsePssVersion } from './levels';

/** Prefix of the labels by which a Namespace chooses its policy. */
export const PSS_LABEL_PREFIX = 'pod-security.kubernetes.io/';

/** What happens to a violation: the pod is refused, an audit annotation is written, or the client is warned. */
export const PSS_MODES = ['enforce', 'audit', 'warn'] as const;

/** A mode of Pod Security Admission. */
export type PssMode = (typeof PSS_MODES)[number];

/** The keys of the two labels of one mode. */
export interface PssLabelKeys {
  readonly level: string;
  readonly version: string;
}

/** Label keys by mode. */
export const PSS_LABELS: Readonly<Record<PssMode, PssLabelKeys>> = {
  enforce: toLabelKeys('enforce'),
  audit: toLabelKeys('audit'),
  warn: toLabelKeys('warn'),
};

/** All label keys that Pod Security Admission reads. */
export const PSS_LABEL_KEYS: readonly string[] = PSS_MODES.flatMap((mode) => [
  PSS_LABELS[mode].level,
  PSS_LABELS[mode].version,
]);

/** A level and a version together: what a pod is measured against. */
export interface PssLevelVersion {
  readonly level: PssLevel;
  readonly version: PssVersion;
}

/** A label that the API server cannot read. */
export interface PssLabelError {
  /** The label's key. */
  readonly label: string;
  readonly value: string;
  readonly field: 'level' | 'version';
  /** What the API server says of it. */
  readonly message: string;
}

/** The policy of one mode, and the labels of that mode that could not be read. */
export interface PssModePolicy extends PssLevelVersion {
  readonly errors: readonly PssLabelError[];
}

/** The policy of a namespace, by mode. */
export type PssNamespacePolicy = Readonly<Record<PssMode, PssModePolicy>>;

/** What applies to a mode whose labels are absent. */
export type PssDefaults = Readonly<Record<PssMode, PssLevelVersion>>;

const PRIVILEGED: PssLevelVersion = { level: 'privileged', version: PSS_LATEST };

/** The defaults of a cluster whose `PodSecurityConfiguration` sets none. */
export const PSS_CLUSTER_DEFAULTS: PssDefaults = { enforce: PRIVILEGED, audit: PRIVILEGED, warn: PRIVILEGED };

// An unreadable level fails closed where pods are refused, and open where only words are spoken.
const LEVEL_WHEN_INVALID: Readonly<Record<PssMode, PssLevel>> = {
  enforce: 'restricted',
  audit: 'privileged',
  warn: 'privileged',
};

/**
 * The policy that the API server applies in a namespace with these labels (keys and values as in `metadata.labels`).
 * Unreadable values are reported in `errors` and replaced: an invalid version by `latest`, an invalid level as above.
 * Without a `warn` label, a valid and stricter `enforce` is also what clients are warned about.
 * The API server refuses to create a Namespace with such errors; it evaluates pods like this in one that has them already.
 * Source: pod-security-admission api/helpers.go, PolicyToEvaluate.
 */
export function resolveNamespacePolicy(
  labels: Readonly<Record<string, string>>,
  defaults: PssDefaults = PSS_CLUSTER_DEFAULTS,
): PssNamespacePolicy {
  const enforce = resolveMode('enforce', labels, defaults.enforce);
  const audit = resolveMode('audit', labels, defaults.audit);
  const warn = resolveMode('warn', labels, defaults.warn);

  const enforceLevel = labels[PSS_LABELS.enforce.level];
  const isEnforceSet = enforceLevel !== undefined && isPssLevel(enforceLevel);
  const isWarnSet = labels[PSS_LABELS.warn.level] !== undefined;
  if (isWarnSet || !isEnforceSet || comparePssLevels(enforce.level, warn.level) <= 0) return { enforce, audit, warn };

  const isWarnVersionSet = labels[PSS_LABELS.warn.version] !== undefined;
  const version = isWarnVersionSet ? warn.version : enforce.version;
  return { enforce, audit, warn: { level: enforce.level, version, errors: warn.errors } };
}

function resolveMode(
  mode: PssMode,
  labels: Readonly<Record<string, string>>,
  fallback: PssLevelVersion,
): PssModePolicy {
  const errors: PssLabelError[] = [];
  let { level, version } = fallback;

  const levelText = labels[PSS_LABELS[mode].level];
  if (levelText !== undefined) {
    const isValid = isPssLevel(levelText);
    level = isValid ? levelText : LEVEL_WHEN_INVALID[mode];
    const message = 'must be one of privileged, baseline, restricted';
    if (!isValid) errors.push({ label: PSS_LABELS[mode].level, value: levelText, field: 'level', message });
  }

  const versionText = labels[PSS_LABELS[mode].version];
  if (versionText !== undefined) {
    const parsed = parsePssVersion(versionText);
    version = parsed ?? PSS_LATEST;
    const message = 'must be "latest" or "v1.x"';
    if (!parsed) errors.push({ label: PSS_LABELS[mode].version, value: versionText, field: 'version', message });
  }
  return { level, version, errors };
}

function toLabelKeys(mode: PssMode): PssLabelKeys {
  return { level: `${PSS_LABEL_PREFIX}${mode}`, version: `${PSS_LABEL_PREFIX}${mode}-version` };
}
