import { isExcluded, toSettings } from '../engine/configuration';
import { Project } from '../engine/project';
import type { RuleSet } from '../engine/rule-set';
import type { Settings } from '../engine/settings';
import type { LintArguments } from './arguments';
import { checkFile, type FileResult, fillProject } from './check';
import { loadConfiguration } from './configuration-file';
import { type InputFile, readInputs } from './inputs';
import { isInFolder, toFilePath, toShownPath } from './paths';
import { toJsonReport } from './report/json';
import { toPrettyFile } from './report/pretty';
import { toPrettyErrors, toPrettySummary } from './report/pretty-end';
import { toStyle } from './report/style';
import { summarize, toExitCode } from './summary';
import type { Terminal } from './terminal';

/** Runs `breakwater lint`. Returns the exit code. Throws a UsageProblem for wrong use or configuration. */
export function lint(options: LintArguments, rules: RuleSet, terminal: Terminal): 0 | 1 | 3 {
  const { cwd } = terminal;
  const { configuration, folder } = loadConfiguration(options.config, cwd, [...rules.byId.keys()]);
  const inputs = readInputs(options, cwd, (path) => {
    return isInFolder(folder, path) && isExcluded(configuration, toShownPath(folder, path));
  });
  const forced = {
    ...(options.podSecurityLevel && { podSecurityLevel: options.podSecurityLevel }),
    ...(options.kubernetesMinor !== undefined && { kubernetesMinor: options.kubernetesMinor }),
  };
  const known = new Map<string, Settings>();
  const project = new Project(rules, (uri) => {
    const settings = known.get(uri) ?? toSettings(configuration, toShownPath(folder, toFilePath(uri)), { forced });
    known.set(uri, settings);
    return settings;
  });
  const onInternalError = (error: unknown): void => {
    if (options.isDebug && error instanceof Error) terminal.error(`${error.stack ?? error.message}\n`);
  };
  const failed = fillProject(project, inputs.files, onInternalError);
  const results = inputs.files.map((input): FileResult => {
    const error = failed.get(input);
    return error ? { input, findings: [], errors: [error], resources: 0 } : checkFile(project, input, onInternalError);
  });
  const summary = summarize(results, inputs.unread);
  const toShown = toNamer(inputs.files, cwd);
  if (options.format === 'json') {
    terminal.output(toJsonReport(results, inputs.unread, summary, toShown));
  } else {
    const pretty = { style: toStyle(terminal.hasColors && !options.isColorless), width: terminal.width, toShown };
    const blocks = results.map((result) => toPrettyFile(result, pretty)).filter((block) => block !== '');
    for (const block of blocks) terminal.output(`${block}\n`);
    terminal.output(toPrettyErrors(results, inputs.unread, pretty));
    terminal.output(toPrettySummary(summary, pretty));
  }
  return toExitCode(summary, options.failOn ?? configuration.failOn ?? 'warning');
}

/** Names files as reports do: those that were read by the name under which they were, others by their place. */
function toNamer(files: readonly InputFile[], cwd: string): (uri: string) => string {
  const names = new Map(files.map(({ uri, shown }) => [uri, shown]));
  return (uri) => names.get(uri) ?? toShownPath(cwd, toFilePath(uri));
}
