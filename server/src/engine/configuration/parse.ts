import { PSS_LEVELS } from '../../standards/pss';
import { Ref } from '../../syntax/ref';
import { readSource } from '../../syntax/source-file';
import { shiftSpan } from '../../text/span';
import type { SeveritySetting } from '../settings';
import { getCidrProblem } from './cidrs';
import { getGlobProblem } from './glob';
import { readIrsaRoles } from './irsa-roles';
import { parseKubernetesVersion } from './kubernetes-version';
import { toSuggestion } from './nearest';
import { readPodTemplates } from './pod-templates';
import { type ConfigurationProblem, ConfigurationReader } from './reader';
import { getRegistryProblem } from './registries';
import { type Configuration, type ConfigurationOverride, EMPTY_CONFIGURATION, type FailOn } from './shape';
import { readWorkspaceScope } from './workspace-scope';

/** What `failOn` and `--fail-on` may say. */
export const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'info', 'never'];

const SEVERITIES: readonly SeveritySetting[] = ['error', 'warning', 'info', 'off'];
const KEYS = [
  'podSecurity',
  'kubernetesVersion',
  'rules',
  'exclude',
  'failOn',
  'podTemplates',
  'allowedRegistries',
  'clusterCidrs',
  'irsa',
  'workspace',
  'overrides',
];
const OVERRIDE_KEYS = ['paths', 'namespaces', 'podSecurity', 'rules'];

/**
 * Reads a configuration file (YAML). Never throws. What is wrong is among the problems, in the order of places, and left out of
 * the configuration: a caller that must not go on with half a configuration asks whether there are problems.
 */
export function parseConfiguration(
  text: string,
  knownRuleIds: readonly string[],
): { readonly configuration: Configuration; readonly problems: readonly ConfigurationProblem[] } {
  const documents = readSource(text, 'yaml').documents;
  const problems: ConfigurationProblem[] = documents.flatMap(({ tree, start }) =>
    tree.problems.map(({ message, span }) => ({
      message: message.replace(/^Not checked: /, 'This configuration cannot be read: '),
      span: shiftSpan(span, start),
    })),
  );
  const [first, second] = documents.filter(({ tree }) => tree.root && tree.isReliable);
  if (!first) return { configuration: EMPTY_CONFIGURATION, problems };
  const reader = new ConfigurationReader(first.start);
  const configuration = readConfiguration(Ref.root(first.tree), reader, knownRuleIds);
  problems.push(...reader.problems);
  if (second) {
    const message = 'A configuration file holds one YAML document; this is a second one.';
    problems.push({ message, span: shiftSpan(Ref.root(second.tree).anchor, second.start) });
  }
  return { configuration, problems: problems.sort((a, b) => a.span.start - b.span.start) };
}

function readConfiguration(root: Ref, reader: ConfigurationReader, ruleIds: readonly string[]): Configuration {
  if (!reader.isMapping(root, KEYS, 'The configuration')) return EMPTY_CONFIGURATION;
  return {
    podSecurityLevel: readLevel(root.get('podSecurity'), reader),
    kubernetesMinor: readMinor(root.get('kubernetesVersion'), reader),
    rules: readRules(root.get('rules'), reader, ruleIds),
    exclude: reader.texts(root.get('exclude'), '"exclude"', getGlobProblem) ?? [],
    failOn: reader.word(root.get('failOn'), FAIL_ON, '"failOn"'),
    podRoutes: readPodTemplates(root.get('podTemplates'), reader),
    clusterCidrs: reader.texts(root.get('clusterCidrs'), '"clusterCidrs"', getCidrProblem) ?? [],
    allowedRegistries: reader.texts(root.get('allowedRegistries'), '"allowedRegistries"', getRegistryProblem) ?? [],
    irsaRoles: readIrsaRoles(root.get('irsa'), reader),
    workspace: readWorkspaceScope(root.get('workspace'), reader),
    overrides: readOverrides(root.get('overrides'), reader, ruleIds),
  };
}

function readLevel(at: Ref, reader: ConfigurationReader): Configuration['podSecurityLevel'] {
  if (!reader.isMapping(at, ['level'], '"podSecurity"')) return undefined;
  return reader.word(at.get('level'), PSS_LEVELS, '"level"');
}

function readMinor(at: Ref, reader: ConfigurationReader): number | undefined {
  if (at.isAbsent) return undefined;
  // The decoded text, not the value: a plain 1.30 is the number 1.3.
  const text = at.scalar?.text;
  const minor = text === undefined ? undefined : parseKubernetesVersion(text);
  if (minor !== undefined) return minor;
  return reader.note(at, '"kubernetesVersion" must be a version such as "1.33", or latest.');
}

function readRules(
  at: Ref,
  reader: ConfigurationReader,
  ruleIds: readonly string[],
): Readonly<Record<string, SeveritySetting>> {
  if (at.isAbsent) return {};
  if (!at.isMapping) {
    reader.note(at, '"rules" must be a mapping from rule ids to error, warning, info or off.');
    return {};
  }
  const rules: Record<string, SeveritySetting> = {};
  for (const [id, value] of at.entries()) {
    if (!ruleIds.includes(id)) {
      const hint = toSuggestion(id, ruleIds) || ' "breakwater rules" lists all there are.';
      reader.note(value, `There is no rule "${id}".${hint}`, true);
      continue;
    }
    const severity = reader.word(value, SEVERITIES, `The severity of "${id}"`);
    if (severity) rules[id] = severity;
    else if (value.isAbsent) reader.note(value, `"${id}" needs a severity: error, warning, info or off.`, true);
  }
  return rules;
}

function readOverrides(at: Ref, reader: ConfigurationReader, ruleIds: readonly string[]): ConfigurationOverride[] {
  if (at.isAbsent) return [];
  if (!at.isSequence) {
    reader.note(at, '"overrides" must be a list, each entry with paths or namespaces and what holds there.');
    return [];
  }
  return at.items().flatMap((item): ConfigurationOverride[] => {
    if (!reader.isMapping(item, OVERRIDE_KEYS, 'An override')) return [];
    const paths = reader.texts(item.get('paths'), '"paths"', getGlobProblem);
    const namespaces = reader.texts(item.get('namespaces'), '"namespaces"');
    if (item.get('paths').isAbsent && item.get('namespaces').isAbsent) {
      reader.note(item, 'An override needs "paths" or "namespaces", to say where it holds.');
    }
    const podSecurityLevel = readLevel(item.get('podSecurity'), reader);
    return [{ paths, namespaces, podSecurityLevel, rules: readRules(item.get('rules'), reader, ruleIds) }];
  });
}
