import { parseArgs } from 'node:util';
import { FAIL_ON, type FailOn } from '../engine/configuration';
import { parseKubernetesVersion } from '../engine/configuration/kubernetes-version';
import { getNearest } from '../engine/configuration/nearest';
import { PSS_LEVELS, type PssLevel } from '../standards/pss';
import { UsageProblem } from './problem';

/** What `breakwater lint` is asked to do. */
export interface LintArguments {
  readonly command: 'lint';
  /** Files and folders, and `-` for standard input. */
  readonly paths: readonly string[];
  readonly isFixing: boolean;
  readonly isUnsafe: boolean;
  readonly format: 'pretty' | 'json';
  readonly podSecurityLevel: PssLevel | undefined;
  readonly kubernetesMinor: number | undefined;
  readonly config: string | undefined;
  readonly stdinFilename: string | undefined;
  readonly failOn: FailOn | undefined;
  readonly isColorless: boolean;
  readonly isDebug: boolean;
}

/** What the command line is asked to do. */
export type Arguments =
  | LintArguments
  | { readonly command: 'rules'; readonly id: string | undefined; readonly isColorless: boolean }
  | { readonly command: 'help'; readonly topic: 'lint' | 'rules' | undefined }
  | { readonly command: 'version' };

const COMMANDS = ['lint', 'rules'] as const;

const OPTIONS = {
  fix: { type: 'boolean' },
  'unsafe-fixes': { type: 'boolean' },
  format: { type: 'string' },
  'pod-security': { type: 'string' },
  'kubernetes-version': { type: 'string' },
  config: { type: 'string' },
  'stdin-filename': { type: 'string' },
  'fail-on': { type: 'string' },
  'no-color': { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
} as const;

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

type Values = { readonly [name: string]: string | boolean | undefined };

/** Reads the arguments behind `breakwater`. Throws a UsageProblem when they make no sense. */
export function parseArguments(argv: readonly string[]): Arguments {
  const { tokens, values, positionals } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) if (token.kind === 'option') checkOption(token);
  const [command, ...rest] = positionals;
  const topic = COMMANDS.find((name) => name === command);
  if (values.version) return { command: 'version' };
  if (values.help || command === 'help') {
    return { command: 'help', topic: topic ?? COMMANDS.find((name) => name === rest[0]) };
  }
  if (topic === 'lint') return toLintArguments(rest, values);
  if (topic === 'rules') return toRulesArguments(rest, values, tokens);
  if (command === undefined) throw new UsageProblem('Say what to do, for example: breakwater lint .');
  const nearest = getNearest(command, COMMANDS);
  const advice = nearest ? `Did you mean "${nearest}"?` : `To check it: breakwater lint ${command}`;
  throw new UsageProblem(`There is no command "${command}". ${advice}`);
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken): void {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name as keyof typeof OPTIONS] : undefined;
  if (!option) {
    const nearest = getNearest(name, Object.keys(OPTIONS));
    const advice = nearest ? `Did you mean --${nearest}?` : '"breakwater lint --help" lists all there are.';
    throw new UsageProblem(`There is no option ${rawName}. ${advice}`);
  }
  if (option.type === 'boolean' && value !== undefined) throw new UsageProblem(`The option --${name} takes no value.`);
  // `--config --fix` is a forgotten value, not a file of that name; `--config=--fix` would be one.
  const isForgotten =
    value === undefined || value === '' || (!inlineValue && value.length > 1 && value.startsWith('-'));
  if (option.type === 'string' && isForgotten) {
    throw new UsageProblem(`The option --${name} needs a value behind it.`);
  }
}

function toLintArguments(paths: readonly string[], values: Values): LintArguments {
  const isFixing = values.fix === true;
  const isUnsafe = values['unsafe-fixes'] === true;
  if (isUnsafe && !isFixing) throw new UsageProblem('The option --unsafe-fixes goes with --fix; add --fix.');
  const stdinFilename = toText(values['stdin-filename']);
  if (stdinFilename !== undefined && !paths.includes('-')) {
    throw new UsageProblem('The option --stdin-filename goes with "-" (standard input) among the paths.');
  }
  const version = toText(values['kubernetes-version']);
  const kubernetesMinor = version === undefined ? undefined : parseKubernetesVersion(version);
  if (version !== undefined && kubernetesMinor === undefined) {
    throw new UsageProblem(`"${version}" is no Kubernetes version; write --kubernetes-version 1.33, or latest.`);
  }
  return {
    command: 'lint',
    paths: paths.length > 0 ? paths : ['.'],
    isFixing,
    isUnsafe,
    format: toWord(values, 'format', ['pretty', 'json'] as const) ?? 'pretty',
    podSecurityLevel: toWord(values, 'pod-security', PSS_LEVELS),
    kubernetesMinor,
    config: toText(values.config),
    stdinFilename,
    failOn: toWord(values, 'fail-on', FAIL_ON),
    isColorless: values['no-color'] === true,
    isDebug: values.debug === true,
  };
}

function toRulesArguments(
  rest: readonly string[],
  values: Values,
  tokens: readonly { readonly kind: string; readonly name?: string }[],
): Arguments {
  const foreign = tokens.find(({ kind, name }) => kind === 'option' && name !== 'no-color' && name !== 'debug');
  if (foreign) throw new UsageProblem(`The option --${foreign.name} goes with "breakwater lint".`);
  if (rest.length > 1) throw new UsageProblem('One rule at a time: breakwater rules ID');
  return { command: 'rules', id: rest[0], isColorless: values['no-color'] === true };
}

function toText(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function toWord<W extends string>(values: Values, name: string, words: readonly W[]): W | undefined {
  const value = toText(values[name]);
  if (value === undefined) return undefined;
  const word = words.find((candidate) => candidate === value);
  if (word !== undefined) return word;
  const nearest = getNearest(value, words);
  const hint = nearest ? ` Did you mean "${nearest}"?` : '';
  throw new UsageProblem(`The option --${name} takes ${words.join(', ')}, not "${value}".${hint}`);
}
