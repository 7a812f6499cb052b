import type { DocumentId } from '../model/workspace/fact';
import { WorkspaceIndex } from '../model/workspace/workspace';
import { getActiveChecks, type PssLevel, type PssStandardId, toEvaluatedMinor } from '../standards/pss';
import type { Tree } from '../syntax/node';
import type { Finding } from './finding';
import { type RuleSet, toRuleSet } from './rule-set';
import { runRules } from './run';
import type { Settings } from './settings';

/** A level of the Pod Security Standards in a version: the minor N of Kubernetes 1.N. */
export interface LevelOf {
  readonly level: PssLevel;
  readonly minor: number;
}

/** A document with what it is judged with. */
export interface LevelInput {
  readonly tree: Tree;
  readonly uri: string;
  readonly document: DocumentId;
  readonly rules: RuleSet;
  readonly settings: Settings;
}

/** The settings by which a level is all that counts: neither labels of Namespaces nor severities take part. */
export function toLevelSettings({ podRoutes }: Settings, { level, minor }: LevelOf): Settings {
  const forced = { podSecurityLevel: level, kubernetesMinor: minor, isLevelForced: true, rules: {} };
  return podRoutes ? { ...forced, podRoutes } : forced;
}

/** Tells whether a finding speaks of a check that is in force at a level. */
export function toLevelFilter({ level, minor }: LevelOf): (finding: Pick<Finding, 'standards'>) => boolean {
  const ids = new Set<string>(getActiveChecks(level, minor).map(({ standardId }): PssStandardId => standardId));
  return ({ standards }) => standards.some((id) => ids.has(id));
}

/** What a level finds in the pods of a document, by itself. Remembered for as long as the document is the same. */
export function findAtLevel(input: LevelInput, wanted: LevelOf): readonly Finding[] {
  const { tree, document, rules, uri, settings } = input;
  const name = JSON.stringify([uri, document, wanted.level, toEvaluatedMinor(wanted.minor), settings.podRoutes]);
  const remembered = remember(found, tree, () => new Map<string, readonly Finding[]>());
  const known = remembered.get(name);
  if (known) return known;
  const ofChecks = remember(checkRules, rules, () => toRuleSet(rules.all.filter(({ check }) => check !== undefined)));
  const { findings } = new WorkspaceIndex().ask(document, (workspace) =>
    runRules({ tree, uri, document, rules: ofChecks, settings: toLevelSettings(settings, wanted), workspace }),
  );
  remembered.set(name, findings);
  return findings;
}

const checkRules = new WeakMap<RuleSet, RuleSet>();
const found = new WeakMap<Tree, Map<string, readonly Finding[]>>();

function remember<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  const value = memory.get(key) ?? make();
  memory.set(key, value);
  return value;
}
