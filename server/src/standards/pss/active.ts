import { PSS_CHECK_IDS, PSS_CHECKS, type PssCheck, type PssCheckId, type PssRevision } from './checks';
import { type PssLevel, toEvaluatedMinor } from './levels';

/** The official description of the two levels that forbid something. */
export const PSS_URLS: Readonly<Record<PssCheck['level'], string>> = {
  baseline: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline',
  restricted: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
};

/** The id by which the catalogue of standards, a rule and a report name a check. */
export type PssStandardId = `pss/${PssCheck['level']}/${PssCheckId}`;

/** A check as it is in force at one level and version, with that version's values in `data`. */
export type PssActiveCheck<K extends PssCheckId = PssCheckId> = {
  readonly [I in K]: {
    readonly id: I;
    /** The level that brings the check; a check of `baseline` is also in force at `restricted`. */
    readonly level: PssCheck['level'];
    readonly title: string;
    readonly url: string;
    readonly standardId: PssStandardId;
    readonly forbiddenReason: string;
    /** The plural of `forbiddenReason`, or the same text where the API server has no plural. */
    readonly forbiddenReasonPlural: string;
  } & PssRevision<I>;
}[K];

/** The id of a check in the catalogue of standards. */
export function toPssStandardId(id: PssCheckId): PssStandardId {
  return `pss/${PSS_CHECKS[id].level}/${id}`;
}

/** The revision of a check in force in a minor, whatever the level; undefined before the check exists. */
export function getPssRevision<K extends PssCheckId>(id: K, minor: number): PssRevision<K> | undefined {
  const evaluated = toEvaluatedMinor(minor);
  return PSS_CHECKS[id].revisions.findLast(({ since }) => since <= evaluated);
}

/** A check as it is in force in a minor, whatever the level asked for; undefined before the check exists. */
export function getPssCheck<K extends PssCheckId>(id: K, minor: number): PssActiveCheck<K> | undefined {
  const revision = getPssRevision(id, minor);
  if (revision === undefined) return undefined;
  const { level, title, forbiddenReason, forbiddenReasonPlural = forbiddenReason } = PSS_CHECKS[id];
  const about = { id, level, title, url: PSS_URLS[level], standardId: toPssStandardId(id) };
  // TypeScript cannot see that the mapped union at one id is the object built for that id.
  return { ...about, forbiddenReason, forbiddenReasonPlural, ...revision } as PssActiveCheck<K>;
}

function toActiveChecks(level: PssLevel, minor: number): readonly PssActiveCheck[] {
  if (level === 'privileged') return [];
  const existing = PSS_CHECK_IDS.flatMap((id) => getPssCheck(id, minor) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
  const baseline = existing.filter((check) => check.level === 'baseline');
  if (level === 'baseline') return baseline;
  const restricted = existing.filter((check) => check.level === 'restricted');
  // An override counts only in minors in which the overriding check exists.
  const overridden = new Set(restricted.flatMap(({ id }) => PSS_CHECKS[id].overrides ?? []));
  return [...baseline.filter(({ id }) => !overridden.has(id)), ...restricted];
}

// Every document asks for the same few lists, so each is built once.
const activeChecks = new Map<string, readonly PssActiveCheck[]>();

/**
 * The checks in force at a level in a minor of Kubernetes 1.x, in the order in which the API server evaluates and reports
 * them: Baseline ids sorted, then Restricted ids sorted. A minor newer than `PSS_NEWEST_MINOR` is evaluated as that one.
 * Source: pod-security-admission policy/registry.go, populate.
 */
export function getActiveChecks(level: PssLevel, minor: number): readonly PssActiveCheck[] {
  const evaluated = toEvaluatedMinor(minor);
  const key = `${level}:${evaluated}`;
  const known = activeChecks.get(key);
  if (known !== undefined) return known;
  const checks = Object.freeze(toActiveChecks(level, evaluated));
  activeChecks.set(key, checks);
  return checks;
}
