import type { Ref, Step } from '../../syntax/ref';

/** One instruction of a Dockerfile. */
export interface Instruction {
  /** In upper case. */
  readonly keyword: string;
  readonly arguments: readonly string[];
  /** Route of the instruction in its tree. */
  readonly path: readonly Step[];
}

/** One stage: from its FROM to the next. */
export interface Stage {
  /** The image or earlier stage that it starts from, as written. */
  readonly base: string;
  /** Its name after AS, in lower case as Docker compares them. */
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile (the root of its tree), in order, and the defaults of the ARGs before the first of them. */
export function readStages(root: Ref): { stages: readonly Stage[]; globals: ReadonlyMap<string, string> } {
  const stages: { base: string; name: string | undefined; instructions: Instruction[] }[] = [];
  const globals = new Map<string, string>();
  for (const ref of root.get('instructions').items()) {
    const keyword = ref.get('keyword').string ?? '';
    const args = ref
      .get('arguments')
      .items()
      .flatMap((item) => item.string ?? []);
    if (keyword === 'FROM') {
      const [base = '', as, name] = args;
      stages.push({ base, name: as?.toUpperCase() === 'AS' ? name?.toLowerCase() : undefined, instructions: [] });
      continue;
    }
    const stage = stages.at(-1);
    if (stage) stage.instructions.push({ keyword, arguments: args, path: ref.path });
    else if (keyword === 'ARG') for (const arg of args) addDefault(globals, arg);
  }
  return { stages, globals };
}

/** Notes the value of `NAME=value`. */
function addDefault(values: Map<string, string>, text: string): void {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) values.set(name, value.replace(/^(["'])(.*)\1$/, '$2'));
}

/** Replaces `$NAME`, `${NAME}` and `${NAME:-default}`; undefined where a value is not known. */
export function expand(text: string, values: ReadonlyMap<string, string>): string | undefined {
  let isKnown = true;
  const result = text.replace(/\$\{(\w+)(?::-([^}]*))?\}|\$(\w+)/g, (_, braced, fallback, bare) => {
    const value = values.get(braced ?? bare) ?? fallback;
    if (value === undefined) isKnown = false;
    return value ?? '';
  });
  return isKnown && !result.includes('$') ? result : undefined;
}

/** The values of ARG and ENV after the instructions of a stage. */
export function readValues(stage: Stage, globals: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const { keyword, arguments: args } of stage.instructions) {
    if (keyword !== 'ARG' && keyword !== 'ENV') continue;
    const [first, second] = args;
    // The old form: ENV NAME value.
    if (keyword === 'ENV' && first !== undefined && !first.includes('=') && second !== undefined) {
      values.set(first, args.slice(1).join(' '));
      continue;
    }
    for (const arg of args) {
      const known = keyword === 'ARG' && !arg.includes('=') ? globals.get(arg) : undefined;
      if (known === undefined) addDefault(values, arg);
      else values.set(arg, known);
    }
  }
  return values;
}
