import type { PodRoute } from '../model/kubernetes/pod-routes';
import type { WorkspaceScope } from '../model/workspace/scope';
import { PSS_NEWEST_MINOR, type PssLevel } from '../standards/pss';

/** How loud a finding is. */
export type Severity = 'error' | 'warning' | 'info';

/** What a person may set a rule to. */
export type SeveritySetting = Severity | 'off';

/** What the engine needs to know of a person's configuration. */
export interface Settings {
  /** The level by which pods are judged where no Namespace says otherwise. */
  readonly podSecurityLevel: PssLevel;
  /** True to judge by that level whatever the labels of Namespaces say. */
  readonly isLevelForced?: boolean;
  /** The minor N of Kubernetes 1.N by which pods are judged. */
  readonly kubernetesMinor: number;
  /** Severity per rule id. */
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** What holds for the objects of some namespaces only; later ones win. */
  readonly namespaces?: readonly NamespaceSettings[];
  /** Where custom resources that are not known keep their pod templates. */
  readonly podRoutes?: readonly PodRoute[];
  /** The URI of the file that holds the trust policy, by the ARN of the role. */
  readonly irsaRoles?: Readonly<Record<string, string>>;
  /** Registries, or paths in them, that images may come from (`registry.example.com/team`); none means any. */
  readonly allowedRegistries?: readonly string[];
  /** Blocks of addresses (CIDR) that pods and Services of the cluster have. */
  readonly clusterCidrs?: readonly string[];
  /** What the workspace holds, and what lives elsewhere; nothing said is `DEFAULT_SCOPE`. */
  readonly workspace?: WorkspaceScope;
}

/** Settings for the objects of the namespaces named, and for these Namespaces themselves. */
export interface NamespaceSettings {
  readonly names: readonly string[];
  /** Undefined leaves the level as it is. */
  readonly podSecurityLevel: PssLevel | undefined;
  readonly rules: Readonly<Record<string, SeveritySetting>>;
}

export const DEFAULT_SETTINGS: Settings = {
  podSecurityLevel: 'restricted',
  kubernetesMinor: PSS_NEWEST_MINOR,
  rules: {},
};

/** The settings for an object of a namespace; undefined for one whose namespace is not known. */
export function toNamespaceSettings(settings: Settings, namespace: string | undefined): Settings {
  let result = settings;
  for (const { names, podSecurityLevel, rules } of settings.namespaces ?? []) {
    if (namespace === undefined || !names.includes(namespace)) continue;
    const level = podSecurityLevel ?? result.podSecurityLevel;
    result = { ...result, podSecurityLevel: level, rules: { ...result.rules, ...rules } };
  }
  return result;
}
