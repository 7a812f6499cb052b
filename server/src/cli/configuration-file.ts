import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  CONFIGURATION_FILE_NAME,
  type Configuration,
  EMPTY_CONFIGURATION,
  parseConfiguration,
} from '../engine/configuration';
import { getRoleProblems } from '../engine/configuration/irsa-roles';
import { LineIndex } from '../text/line-index';
import { toShownPath } from './paths';
import { UsageProblem } from './problem';
import { readTextFile } from './read-file';

/** A configuration with the absolute folder to which its globs are relative. */
export interface LoadedConfiguration {
  readonly configuration: Configuration;
  readonly folder: string;
}

/**
 * Reads the file that `--config` names, else the one in `cwd`, else none. Throws a UsageProblem with every fault and its
 * place (`file:line:column`, counted from one) when the file cannot be used.
 */
export function loadConfiguration(
  named: string | undefined,
  cwd: string,
  ruleIds: readonly string[],
): LoadedConfiguration {
  const path = named === undefined ? join(cwd, CONFIGURATION_FILE_NAME) : resolve(cwd, named);
  if (named === undefined && !existsSync(path)) return { configuration: EMPTY_CONFIGURATION, folder: cwd };
  const shown = toShownPath(cwd, path);
  const file = readTextFile(path, true);
  if ('reason' in file) throw new UsageProblem(`The configuration ${shown} is of no use. ${file.reason}`);
  const { configuration, problems: faults } = parseConfiguration(file.text, ruleIds);
  const policies = configuration.irsaRoles.map(
    (role) => [role.path, readPolicy(resolve(dirname(path), role.path))] as const,
  );
  const problems = [...faults, ...getRoleProblems(configuration.irsaRoles, new Map(policies))];
  if (problems.length === 0) return { configuration, folder: dirname(path) };
  const lines = new LineIndex(file.text);
  const listed = problems.map(({ message, span }) => {
    const { line, character } = lines.positionAt(span.start);
    return `${shown}:${line + 1}:${character + 1}: ${message}`;
  });
  throw new UsageProblem(listed.join('\n'));
}

function readPolicy(path: string): string | undefined {
  const file = readTextFile(path, true);
  return 'reason' in file ? undefined : file.text;
}
