/** Levels of the Pod Security Standards, from the laxest to the strictest. */
export const PSS_LEVELS = ['privileged', 'baseline', 'restricted'] as const;

/** A level of the Pod Security Standards. */
export type PssLevel = (typeof PSS_LEVELS)[number];

/** Whether a text is a level exactly as the API server accepts it (lower case, no space). */
export function isPssLevel(text: string): text is PssLevel {
  return (PSS_LEVELS as readonly string[]).includes(text);
}

/** Compares two levels by strictness: negative when `a` is laxer than `b`, 0 when equal, positive when stricter. */
export function comparePssLevels(a: PssLevel, b: PssLevel): number {
  return PSS_LEVELS.indexOf(a) - PSS_LEVELS.indexOf(b);
}

/** Newest minor of Kubernetes 1.x in which a check changed; anything newer is evaluated as this one. */
export const PSS_NEWEST_MINOR = 37;

/** A policy version: `latest`, or the minor of Kubernetes 1.x that the label pins. */
export interface PssVersion {
  /** The version as the label writes it: `latest` or `v1.N`. */
  readonly text: string;
  /** The minor written, which may be newer than `PSS_NEWEST_MINOR`; `PSS_NEWEST_MINOR` itself for `latest`. */
  readonly minor: number;
  readonly isLatest: boolean;
}

/** The version that applies where no version label stands or it cannot be read. */
export const PSS_LATEST: PssVersion = { text: 'latest', minor: PSS_NEWEST_MINOR, isLatest: true };

const VERSION_PATTERN = /^v1\.([0-9]|[1-9][0-9]*)$/;
// The API server reads the minor into a signed 64-bit integer and refuses what does not fit.
const GREATEST_MINOR = 9_223_372_036_854_775_807n;

/**
 * Reads a policy version as strictly as the API server: `latest` or `v1.N` without leading zeros, patch or spaces.
 * Returns undefined for anything else. Source: pod-security-admission api/helpers.go, ParseVersion.
 */
export function parsePssVersion(text: string): PssVersion | undefined {
  if (text === 'latest') return PSS_LATEST;
  const digits = VERSION_PATTERN.exec(text)?.[1];
  if (digits === undefined || BigInt(digits) > GREATEST_MINOR) return undefined;
  return { text, minor: Number(digits), isLatest: false };
}

/** The minor whose checks are in force for any minor: newer ones are evaluated as the newest known. */
export function toEvaluatedMinor(minor: number): number {
  return Math.max(0, Math.min(Math.trunc(minor), PSS_NEWEST_MINOR));
}
