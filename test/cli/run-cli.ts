import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { getBuilt, ROOT } from '../harness/built';

/** What a run of the command line gave. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface CliOptions {
  readonly cwd?: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `breakwater` with arguments and waits for its end. Colours of the test run itself are not handed on. */
export function runCli(args: readonly string[], { cwd = ROOT, input = '', env = {} }: CliOptions = {}): CliRun {
  const { FORCE_COLOR: _, NO_COLOR: __, ...own } = process.env;
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [getBuilt('cli'), ...args], {
    cwd,
    input,
    env: { ...own, ...env },
    maxBuffer: 1 << 30,
  });
  if (error) throw error;
  return { code: status, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') };
}

/** Makes a folder that is gone when the test ends, with files in it by their paths. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'breakwater-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The text of a file in a folder. */
export function readText(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** The JSON report, in the parts that tests look at. */
export interface JsonReport {
  readonly version: number;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly message: string;
    readonly file: string;
    readonly range: JsonRange;
    readonly resource?: Readonly<Record<string, string>>;
    readonly standards: readonly string[];
    readonly fixes: readonly {
      readonly title: string;
      readonly safety: string;
      readonly edits: readonly {
        readonly file: string;
        readonly range: JsonRange;
        readonly newText: string;
        readonly create?: true;
      }[];
    }[];
  }[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
  readonly summary: {
    readonly files: number;
    readonly resources: number;
    readonly findings: Readonly<Record<'error' | 'warning' | 'info', number>>;
  };
}

/** A range in a report. */
export interface JsonRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Runs `breakwater lint --format json` and reads its report. */
export function lintJson(args: readonly string[], options: CliOptions = {}): CliRun & { readonly report: JsonReport } {
  const run = runCli(['lint', '--format', 'json', ...args], options);
  return { ...run, report: JSON.parse(run.stdout) as JsonReport };
}
