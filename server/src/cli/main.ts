import { toRuleSet } from '../engine/rule-set';
import { RULES } from '../rules/index';
import { parseArguments } from './arguments';
import { getHelp, VERSION } from './help';
import { lint } from './lint';
import { UsageProblem } from './problem';
import { toStyle } from './report/style';
import { toRuleList, toRulePage } from './rules';
import { getProcessTerminal, type Terminal } from './terminal';

/** Runs the command line. Returns the exit code; throws nothing but what is a fault of Breakwater. */
async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const options = parseArguments(argv);
    if (options.command === 'lint') return await lint(options, toRuleSet(RULES), terminal);
    if (options.command === 'rules') {
      const style = toStyle(terminal.hasColors && !options.isColorless);
      const rules = toRuleSet(RULES);
      const { id } = options;
      terminal.output(id === undefined ? toRuleList(rules, style) : toRulePage(id, rules, style, terminal.width));
    } else {
      terminal.output(options.command === 'help' ? getHelp(options.topic) : `${VERSION}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof UsageProblem)) throw error;
    terminal.error(`breakwater: ${error.message}\n`);
    return 2;
  }
}

const terminal = getProcessTerminal();
const argv = process.argv.slice(2);
const isDebug = argv.includes('--debug');
// The parser makes an error for every fault that it sees, thousands in a folder of templates; their stacks would go unread.
if (!isDebug) Error.stackTraceLimit = 0;
run(argv, terminal).then(toEnd, (error: unknown) => {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const detail = isDebug ? stack : message;
  terminal.error(
    `breakwater: internal error: ${detail}\nThis is a fault of Breakwater; nothing was checked. Please report it.\n`,
  );
  process.exitCode = 3;
});

function toEnd(code: number): void {
  process.exitCode = code;
}
