import { PSS_NEWEST_MINOR, type PssLevel } from '../standards/pss';

/** How loud a finding is. */
export type Severity = 'error' | 'warning' | 'info';

/** What a person may set a rule to. */
export type SeveritySetting = Severity | 'off';

/** What the engine needs to know of a person's configuration. */
export interface Settings {
  /** The level by which pods are judged where no Namespace says otherwise. */
  readonly podSecurityLevel: PssLevel;
  /** The minor N of Kubernetes 1.N by which pods are judged. */
  readonly kubernetesMinor: number;
  /** Severity per rule id. */
  readonly rules: Readonly<Record<string, SeveritySetting>>;
}

export const DEFAULT_SETTINGS: Settings = {
  podSecurityLevel: 'restricted',
  kubernetesMinor: PSS_NEWEST_MINOR,
  rules: {},
};
