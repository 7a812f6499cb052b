import { toPathMatcher } from './configuration/glob';
import type { Configuration } from './configuration/shape';
import { toWorkspaceScope } from './configuration/workspace-scope';
import { DEFAULT_SETTINGS, type NamespaceSettings, type Settings } from './settings';

export { FAIL_ON, parseConfiguration } from './configuration/parse';
export type { ConfigurationProblem } from './configuration/reader';
export {
  type Configuration,
  type ConfigurationOverride,
  EMPTY_CONFIGURATION,
  type FailOn,
} from './configuration/shape';

/** Name of the configuration file, in the folder that is checked or opened. */
export const CONFIGURATION_FILE_NAME = '.breakwater.yaml';

/** What stands below and above a configuration file. */
export interface SettingsLayers {
  /** What holds where the file says nothing, such as the editor's settings. */
  readonly base?: Settings;
  /** The URI of a path that is relative to the configuration file. */
  readonly toUri?: (path: string) => string;
  /** What holds whatever the file says, such as options of the command line. */
  readonly forced?: Partial<Pick<Settings, 'podSecurityLevel' | 'kubernetesMinor'>>;
}

/**
 * The settings for one file. What holds for a namespace wins over what holds for paths alone; of two overrides of one kind
 * the later wins. `path` is relative to the configuration file, with forward slashes.
 */
export function toSettings(configuration: Configuration, path: string, layers: SettingsLayers = {}): Settings {
  const { base = DEFAULT_SETTINGS, forced = {} } = layers;
  let level = configuration.podSecurityLevel ?? base.podSecurityLevel;
  let rules = { ...base.rules, ...configuration.rules };
  const namespaces: NamespaceSettings[] = [...(base.namespaces ?? [])];
  for (const override of configuration.overrides) {
    if (override.paths && !toPathMatcher(override.paths)(path)) continue;
    if (override.namespaces) {
      const podSecurityLevel = forced.podSecurityLevel ?? override.podSecurityLevel;
      namespaces.push({ names: override.namespaces, podSecurityLevel, rules: override.rules });
    } else {
      level = override.podSecurityLevel ?? level;
      rules = { ...rules, ...override.rules };
    }
  }
  const podRoutes = [...(base.podRoutes ?? []), ...configuration.podRoutes];
  const workspace = toWorkspaceScope([base.workspace, configuration.workspace]);
  const allowedRegistries = [...(base.allowedRegistries ?? []), ...configuration.allowedRegistries];
  const clusterCidrs = [...(base.clusterCidrs ?? []), ...configuration.clusterCidrs];
  const { toUri } = layers;
  const own = toUri ? configuration.irsaRoles.map(({ arn, path: policy }) => [arn, toUri(policy)] as const) : [];
  const irsaRoles = { ...base.irsaRoles, ...Object.fromEntries(own) };
  return {
    podSecurityLevel: forced.podSecurityLevel ?? level,
    kubernetesMinor: forced.kubernetesMinor ?? configuration.kubernetesMinor ?? base.kubernetesMinor,
    rules,
    ...(namespaces.length > 0 && { namespaces }),
    ...(podRoutes.length > 0 && { podRoutes }),
    ...(allowedRegistries.length > 0 && { allowedRegistries }),
    ...(clusterCidrs.length > 0 && { clusterCidrs }),
    ...(Object.keys(irsaRoles).length > 0 && { irsaRoles }),
    ...(workspace && { workspace }),
  };
}

/** True for a file that the configuration leaves out; `path` is relative to the configuration file, with forward slashes. */
export function isExcluded(configuration: Configuration, path: string): boolean {
  return configuration.exclude.length > 0 && toPathMatcher(configuration.exclude)(path);
}
