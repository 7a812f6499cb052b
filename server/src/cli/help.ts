import { version } from '../../../package.json';
import { CONFIGURATION_FILE_NAME } from '../engine/configuration';

/** What `breakwater --version` prints. */
export const VERSION = version;

const EXIT_CODES = `Exit codes:
  0  nothing found at or above the failing severity
  1  findings at or above the failing severity (--fail-on; error and warning unless told otherwise)
  2  wrong use or wrong configuration; nothing was checked
  3  something could not be checked, and there is no finding that would give 1`;

const GENERAL = `breakwater ${version}: finds insecure Kubernetes configuration, explains it and fixes it.

Usage:
  breakwater lint [PATH…|-] [OPTION…]   check files and folders (the current folder unless told otherwise)
  breakwater rules [ID]                 list all rules, or explain one
  breakwater --help, --version

"breakwater lint --help" lists the options of lint.

${EXIT_CODES}
`;

const LINT = `Usage: breakwater lint [PATH…|-] [OPTION…]

Checks Kubernetes manifests (YAML, JSON) and IAM trust policies (JSON, Terraform, CloudFormation and other YAML). A PATH is a file,
or a folder in which these are read: *.yaml, *.yml, *.json (*.tf.json too), *.tf, *.tfvars, and Dockerfiles and Containerfiles for
the user of the images they build; save those in node_modules and .git and those that .gitignore or the configuration leaves out.
"-" is standard input. All paths of one call are judged together: a namespace in one file and its policy in another meet.
Of a file of Terraform by itself the others of its folder are read too, for the values that they define, and not checked.

Options:
  --fix                        apply the safe fixes to the files; with "-", print the fixed text (the report goes to stderr)
  --unsafe-fixes               with --fix: apply also fixes that could stop something from working
  --format pretty|json         for people (the default) or for programs (schemas/report.schema.json)
  --pod-security LEVEL         restricted (the default), baseline or privileged: the level by which pods are judged where their
                               Namespace's labels do not say; wins over the configuration, its overrides included
  --kubernetes-version 1.N     the version by which pods are judged, or latest (the default: the newest known)
  --config FILE                the configuration; without it, ${CONFIGURATION_FILE_NAME} of the current folder when there is one
  --stdin-filename NAME        what to call standard input: in the report, for globs, and to know its language
  --fail-on SEVERITY           error, warning (the default), info or never: the least severity that gives exit code 1
  --no-color                   plain text (so do NO_COLOR and a terminal without colours; FORCE_COLOR asks for colours)
  --debug                      print where in Breakwater an internal error arose

${EXIT_CODES}
`;

const RULES = `Usage: breakwater rules [ID]

Without ID, lists all rules with the severity each has unless configured otherwise. With ID, says what the rule finds, why it
matters, what to do about it and which standards ask for it.

Options:
  --no-color    plain text
`;

/** The help text of a command, or of the whole. */
export function getHelp(topic: 'lint' | 'rules' | undefined): string {
  return topic === 'lint' ? LINT : topic === 'rules' ? RULES : GENERAL;
}
