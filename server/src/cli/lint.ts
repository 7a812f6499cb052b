import { resolve } from 'node:path';
import { isExcluded, toSettings } from '../engine/configuration';
import { Project } from '../engine/project';
import type { RuleSet } from '../engine/rule-set';
import type { Settings } from '../engine/settings';
import { isHclOfConcern } from '../syntax/hcl/parse';
import type { LintArguments } from './arguments';
import { checkFile, type FileResult, fillProject } from './check';
import { loadConfiguration } from './configuration-file';
import { fixFiles } from './fix';
import { type InputFile, readInputs } from './inputs';
import { loadHcl } from './load-hcl';
import { readModuleFiles } from './module-files';
import { isInFolder, toFilePath, toFileUri, toShownPath } from './paths';
import { readPolicyFiles } from './policy-files';
import { encodeText } from './read-file';
import { toJsonReport } from './report/json';
import { toPrettyFile } from './report/pretty';
import { toPrettyErrors, toPrettyFixed, toPrettySummary } from './report/pretty-end';
import { toStyle } from './report/style';
import { summarize, toExitCode } from './summary';
import type { Terminal } from './terminal';

/** Runs `breakwater lint`. Returns the exit code. Throws a UsageProblem for wrong use or configuration. */
export async function lint(options: LintArguments, rules: RuleSet, terminal: Terminal): Promise<0 | 1 | 3> {
  const { cwd } = terminal;
  const { configuration, folder } = loadConfiguration(options.config, cwd, [...rules.byId.keys()]);
  const isLeftOut = (path: string): boolean =>
    isInFolder(folder, path) && isExcluded(configuration, toShownPath(folder, path));
  const inputs = readInputs(options, cwd, isLeftOut);
  const forced = {
    ...(options.podSecurityLevel && { podSecurityLevel: options.podSecurityLevel }),
    ...(options.kubernetesMinor !== undefined && { kubernetesMinor: options.kubernetesMinor }),
  };
  // Only who has such files waits for their parser.
  const policies = readPolicyFiles(configuration, folder, inputs);
  const others = [
    ...policies,
    ...readModuleFiles({ ...inputs, files: [...inputs.files, ...policies] }, cwd, isLeftOut),
  ];
  if ([...inputs.files, ...others].some(({ language, file }) => language === 'hcl' && isHclOfConcern(file.text)))
    await loadHcl(__dirname);
  const toUri = (path: string): string => toFileUri(resolve(folder, path));
  const known = new Map<string, Settings>();
  const project = new Project(rules, (uri) => {
    const settings =
      known.get(uri) ?? toSettings(configuration, toShownPath(folder, toFilePath(uri)), { forced, toUri });
    known.set(uri, settings);
    return settings;
  });
  const onInternalError = (error: unknown): void => {
    if (options.isDebug && error instanceof Error) terminal.error(`${error.stack ?? error.message}\n`);
  };
  // They are asked, and not judged: nobody named them.
  fillProject(project, others, onInternalError);
  const failed = fillProject(project, inputs.files, onInternalError);
  const fixed = options.isFixing
    ? fixFiles(project, inputs, options.isUnsafe ? 'unsafe' : 'safe', onInternalError)
    : undefined;
  const files = fixed?.files ?? inputs.files;
  const results = files.map((input): FileResult => {
    const error = failed.get(input.uri);
    if (error) return { input, findings: [], errors: [error], resources: 0 };
    const result = checkFile(project, input, onInternalError);
    const unfixed = fixed?.errors.get(input.uri);
    return unfixed ? { ...result, errors: [unfixed, ...result.errors] } : result;
  });
  const stdin = options.isFixing ? files.find(({ path }) => path === undefined) : undefined;
  // Standard output is for the fixed text then, and for nothing else.
  if (stdin) terminal.output(encodeText(stdin.file.text, stdin.file));
  const print = stdin ? terminal.error : terminal.output;
  const summary = summarize(results, inputs.unread);
  const toShown = toNamer(files, cwd);
  const done = fixed && toPrettyFixed(fixed.fixedFindings, fixed.fixedFiles);
  if (options.format === 'json') {
    if (done) terminal.error(done);
    print(toJsonReport(results, inputs.unread, summary, toShown));
  } else {
    const pretty = { style: toStyle(terminal.hasColors && !options.isColorless), width: terminal.width, toShown };
    const blocks = results.map((result) => toPrettyFile(result, pretty)).filter((block) => block !== '');
    for (const block of blocks) print(`${block}\n`);
    print(toPrettyErrors(results, inputs.unread, pretty));
    if (done) print(done);
    print(toPrettySummary(summary, pretty));
  }
  return toExitCode(summary, options.failOn ?? configuration.failOn ?? 'warning');
}

/** Names files as reports do: those that were read by the name under which they were, others by their place. */
function toNamer(files: readonly InputFile[], cwd: string): (uri: string) => string {
  const names = new Map(files.map(({ uri, shown }) => [uri, shown]));
  return (uri) => names.get(uri) ?? toShownPath(cwd, toFilePath(uri));
}
