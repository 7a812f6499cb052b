import {
  CONFIGURATION_FILE_NAME,
  type Configuration,
  type ConfigurationProblem,
  EMPTY_CONFIGURATION,
  parseConfiguration,
} from '../engine/configuration';
import type { FileAccess } from './files';
import { joinUri } from './uri';

const MAX_LENGTH = 1_000_000;

/** A workspace folder's configuration file, read. */
export interface FolderConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

/** The configuration file at the root of a workspace folder; an empty one where there is none. */
export async function readFolderConfiguration(
  files: FileAccess,
  folder: string,
  ruleIds: readonly string[],
): Promise<FolderConfiguration> {
  const text = await files.read(joinUri(folder, CONFIGURATION_FILE_NAME), MAX_LENGTH);
  if (text === undefined) return { configuration: EMPTY_CONFIGURATION, problems: [] };
  return parseConfiguration(text, ruleIds);
}
