import type { PodRoute } from '../../model/kubernetes/pod-routes';
import type { PssLevel } from '../../standards/pss';
import type { Severity, SeveritySetting } from '../settings';
import type { IrsaRole } from './irsa-roles';
import { NO_SCOPE, type ScopeConfiguration } from './workspace-scope';

/** The least severity at which the command line fails; `never` for one that only reports. */
export type FailOn = Severity | 'never';

/** What the configuration says of some paths or namespaces only. */
export interface ConfigurationOverride {
  /** Globs, relative to the configuration file; undefined means every file. */
  readonly paths: readonly string[] | undefined;
  /** Names of namespaces; undefined means objects of every namespace and of none. */
  readonly namespaces: readonly string[] | undefined;
  readonly podSecurityLevel: PssLevel | undefined;
  readonly rules: Readonly<Record<string, SeveritySetting>>;
}

/** A configuration file, read. What it does not say is undefined or empty. */
export interface Configuration {
  readonly podSecurityLevel: PssLevel | undefined;
  readonly kubernetesMinor: number | undefined;
  readonly rules: Readonly<Record<string, SeveritySetting>>;
  /** Globs of paths that are not checked, relative to the configuration file. */
  readonly exclude: readonly string[];
  readonly failOn: FailOn | undefined;
  /** Where custom resources keep their pod templates, beside those that are known. */
  readonly podRoutes: readonly PodRoute[];
  /** Registries, or paths in them, that images may come from; none means any. */
  readonly allowedRegistries: readonly string[];
  /** Blocks of addresses (CIDR) that pods and Services of the cluster have. */
  readonly clusterCidrs: readonly string[];
  /** Which file holds the trust policy of which role. */
  readonly irsaRoles: readonly IrsaRole[];
  /** Whether the files are all there is, and which objects live elsewhere. */
  readonly workspace: ScopeConfiguration;
  /** Later ones win over earlier ones. */
  readonly overrides: readonly ConfigurationOverride[];
}

/** The configuration of a folder that has no configuration file. */
export const EMPTY_CONFIGURATION: Configuration = {
  podSecurityLevel: undefined,
  kubernetesMinor: undefined,
  rules: {},
  exclude: [],
  failOn: undefined,
  podRoutes: [],
  allowedRegistries: [],
  clusterCidrs: [],
  irsaRoles: [],
  workspace: NO_SCOPE,
  overrides: [],
};
