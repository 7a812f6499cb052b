import { getCidrProblem } from '../engine/configuration/cidrs';
import { getGlobProblem } from '../engine/configuration/glob';
import { getPolicyPathProblem, getRoleArnProblem, type IrsaRole } from '../engine/configuration/irsa-roles';
import { parseKubernetesVersion } from '../engine/configuration/kubernetes-version';
import { toSuggestion } from '../engine/configuration/nearest';
import { getPodTemplateProblem, POD_TEMPLATE_KEYS, toPodRoute } from '../engine/configuration/pod-templates';
import { getRegistryProblem } from '../engine/configuration/registries';
import { NO_SCOPE, type ScopeConfiguration } from '../engine/configuration/workspace-scope';
import type { SeveritySetting } from '../engine/settings';
import type { PodRoute } from '../model/kubernetes/pod-routes';
import { PSS_LEVELS, type PssLevel } from '../standards/pss';
import { readEditorScope } from './editor-scope';

/** What a person has set in the editor. What was not set is undefined or empty. */
export interface EditorSettings {
  readonly podSecurityLevel: PssLevel | undefined;
  readonly kubernetesMinor: number | undefined;
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** Globs relative to the workspace folder. */
  readonly exclude: readonly string[];
  /** Where custom resources keep their pod templates. */
  readonly podRoutes: readonly PodRoute[];
  /** Registries, or paths in them, that images may come from. */
  readonly allowedRegistries: readonly string[];
  /** Blocks of addresses that pods and Services of the cluster have. */
  readonly clusterCidrs: readonly string[];
  /** Which file of the workspace folder holds the trust policy of which role. */
  readonly irsaRoles: readonly IrsaRole[];
  /** Whether the files are all there is, and which objects live elsewhere. */
  readonly workspace: ScopeConfiguration;
  /** Whether Namespaces have a lens that sums them up. */
  readonly hasCodeLens: boolean;
}

export const NO_EDITOR_SETTINGS: EditorSettings = {
  podSecurityLevel: undefined,
  kubernetesMinor: undefined,
  rules: {},
  exclude: [],
  podRoutes: [],
  allowedRegistries: [],
  clusterCidrs: [],
  irsaRoles: [],
  workspace: NO_SCOPE,
  hasCodeLens: true,
};

const SEVERITIES = ['error', 'warning', 'info', 'off'] as const;

/**
 * Reads the section `breakwater` of an editor's settings. A value that cannot be used is left out, and said to be wrong in a
 * sentence that names the setting.
 */
export function readEditorSettings(
  section: unknown,
  ruleIds: readonly string[],
): { settings: EditorSettings; problems: readonly string[] } {
  const problems: string[] = [];
  const root = toRecord(section, 'breakwater', problems);
  const podSecurity = toRecord(root.podSecurity, 'breakwater.podSecurity', problems);
  const codeLens = toRecord(root.codeLens, 'breakwater.codeLens', problems);
  const irsa = toRecord(root.irsa, 'breakwater.irsa', problems);
  const workspace = toRecord(root.workspace, 'breakwater.workspace', problems);
  const settings: EditorSettings = {
    podSecurityLevel: readLevel(podSecurity.level ?? root['podSecurity.level'], problems),
    kubernetesMinor: readVersion(root.kubernetesVersion, problems),
    rules: readRules(root.rules, ruleIds, problems),
    exclude: readTexts(root.exclude, 'breakwater.exclude', getGlobProblem, problems),
    podRoutes: readPodTemplates(root.podTemplates, problems),
    allowedRegistries: readTexts(root.allowedRegistries, 'breakwater.allowedRegistries', getRegistryProblem, problems),
    clusterCidrs: readTexts(root.clusterCidrs, 'breakwater.clusterCidrs', getCidrProblem, problems),
    irsaRoles: readIrsaRoles(irsa.roles ?? root['irsa.roles'], problems),
    workspace: readEditorScope(
      workspace.complete ?? root['workspace.complete'],
      workspace.external ?? root['workspace.external'],
      problems,
    ),
    hasCodeLens: readSwitch(codeLens.enable ?? root['codeLens.enable'], 'breakwater.codeLens.enable', problems),
  };
  return { settings, problems };
}

function toRecord(value: unknown, name: string, problems: string[]): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  problems.push(`The setting "${name}" must be an object.`);
  return {};
}

/** A setting that is on unless it is turned off. */
function readSwitch(value: unknown, name: string, problems: string[]): boolean {
  if (typeof value === 'boolean') return value;
  if (value !== undefined && value !== null) problems.push(`The setting "${name}" must be true or false.`);
  return true;
}

function readLevel(value: unknown, problems: string[]): PssLevel | undefined {
  if (value === undefined || value === null) return undefined;
  const level = PSS_LEVELS.find((one) => one === value);
  if (!level) {
    problems.push(`The setting "breakwater.podSecurity.level" must be one of ${PSS_LEVELS.join(', ')}.`);
  }
  return level;
}

function readVersion(value: unknown, problems: string[]): number | undefined {
  if (value === undefined || value === null) return undefined;
  const minor = typeof value === 'string' ? parseKubernetesVersion(value) : undefined;
  if (minor === undefined) {
    problems.push('The setting "breakwater.kubernetesVersion" must be "latest" or a version such as "1.31".');
  }
  return minor;
}

function readRules(value: unknown, ruleIds: readonly string[], problems: string[]): EditorSettings['rules'] {
  const rules: Record<string, SeveritySetting> = {};
  for (const [id, wanted] of Object.entries(toRecord(value, 'breakwater.rules', problems))) {
    const severity = SEVERITIES.find((one) => one === wanted);
    if (!ruleIds.includes(id)) {
      problems.push(`The setting "breakwater.rules" names no rule with "${id}".${toSuggestion(id, ruleIds)}`);
    } else if (!severity) {
      problems.push(`The setting "breakwater.rules" must give "${id}" one of ${SEVERITIES.join(', ')}.`);
    } else {
      rules[id] = severity;
    }
  }
  return rules;
}

function readIrsaRoles(value: unknown, problems: string[]): readonly IrsaRole[] {
  return Object.entries(toRecord(value, 'breakwater.irsa.roles', problems)).flatMap(([arn, path]): IrsaRole[] => {
    const problem = getRoleArnProblem(arn) ?? getPolicyPathProblem(path);
    if (problem === undefined) return [{ arn, path: String(path), span: undefined }];
    problems.push(`The setting "breakwater.irsa.roles" cannot use ${JSON.stringify({ [arn]: path })}. ${problem}`);
    return [];
  });
}

function readTexts(
  value: unknown,
  name: string,
  getProblem: (text: string) => string | undefined,
  problems: string[],
): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problems.push(`The setting "${name}" must be a list of texts.`);
    return [];
  }
  return value.filter((entry): entry is string => {
    const problem = typeof entry === 'string' ? getProblem(entry) : 'An entry must be a text.';
    if (problem) problems.push(`The setting "${name}" cannot use ${JSON.stringify(entry)}. ${problem}`);
    return problem === undefined;
  });
}

function readPodTemplates(value: unknown, problems: string[]): readonly PodRoute[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    problems.push('The setting "breakwater.podTemplates" must be a list of objects with apiVersion, kind and path.');
    return [];
  }
  return value.flatMap((entry): PodRoute[] => {
    const [apiVersion, kind, path] = POD_TEMPLATE_KEYS.map((key) => {
      const given: unknown = Object(entry ?? {})[key];
      const text = typeof given === 'string' ? given : undefined;
      const problem = getPodTemplateProblem(key, text);
      if (problem === undefined) return text;
      problems.push(`In the setting "breakwater.podTemplates" ${JSON.stringify(entry)}: "${key}" ${problem}`);
      return undefined;
    });
    if (apiVersion === undefined || kind === undefined || path === undefined) return [];
    return [toPodRoute(apiVersion, kind, path)];
  });
}
