import { readResources } from '../model/kubernetes/resource';
import type { Known } from '../model/workspace/fact';
import {
  findBindings,
  findGrants,
  findRoles,
  isBuiltInRole,
  type RoleReference,
  withAggregated,
} from '../model/workspace/rbac';
import type { RoleBindingFact, RoleFact, SubjectFact } from '../model/workspace/rbac-topics';
import type { Workspace } from '../model/workspace/workspace';
import { findDocument } from '../syntax/source-file';
import { escapeMarkdown, toCode } from '../text/markdown';
import { type Span, shiftSpan } from '../text/span';
import { createPlaceLinks, type ToLink } from './place-links';
import type { Project } from './project';
import { toRuleLines } from './rbac-lines';
import { findRbacTarget, type RbacTarget } from './rbac-target';
import { toBuiltInWords, toSubjectWords } from './rbac-words';

/** A hover is read, not studied: of more lines than this only the first are shown. */
const MAX_LINES = 25;

/** What there is to say of rights at a place. */
export interface RbacHover {
  /** Markdown, with links to the lines that grant the rights. */
  readonly markdown: string;
  /** The name that it is about, in places of the file. */
  readonly span: Span;
}

/**
 * Says what a ServiceAccount, user, group, role or binding at an offset of a file allows, and who holds a role, as far as the
 * workspace knows; undefined where no such name stands. `toUri` gives the URI that links lead to.
 */
export function getRbacHover(
  project: Project,
  uri: string,
  offset: number,
  toUri: (uri: string) => string = (own) => own,
): RbacHover | undefined {
  const sources = (project.checkDocuments(uri) ?? []).map(({ source }) => source);
  const source = sources[findDocument(sources, offset)];
  const target =
    source && findRbacTarget(readResources(source.tree), offset - source.start, project.getSettings(uri).podRoutes);
  if (!source || !target) return undefined;
  const toLink = createPlaceLinks(project, toUri);
  const markdown = project.ask((workspace) => toMarkdown(workspace, target, toLink));
  return { markdown, span: shiftSpan(target.span, source.start) };
}

function toMarkdown(workspace: Workspace, target: RbacTarget, toLink: ToLink): string {
  if ('binding' in target) return toBindingText(workspace, target.binding, toLink);
  return 'subject' in target
    ? toSubjectText(workspace, target.subject, toLink)
    : toRoleText(workspace, target.role, target.labels, toLink);
}

function toSubjectText(workspace: Workspace, subject: SubjectFact, toLink: ToLink): string {
  const grants = findGrants(workspace, subject);
  const who = toSubjectWords(subject);
  if (grants.length === 0) return `**${who}** is given no rights by the files of the workspace.`;
  const byReach = new Map<string, string[]>();
  for (const { binding, via, roles } of grants) {
    const { role, namespace, kind } = binding.value;
    const reach =
      kind === 'ClusterRoleBinding' ? 'In the whole cluster' : `In namespace ${toCode(namespace ?? 'default')}`;
    const by = toLink(describe(binding.value), binding.place);
    const how = isSame(via, subject) ? `by ${by}` : `as ${toSubjectWords(via)}, by ${by}`;
    const isLocal = kind === 'RoleBinding';
    const entries = toRoleLines(workspace, { ...role, namespace }, roles, isLocal, toLink).map(
      (line) => `- ${line}, ${how}`,
    );
    byReach.set(reach, [...(byReach.get(reach) ?? []), ...entries]);
  }
  const sections = [...byReach].sort(([a], [b]) => (a < b ? -1 : 1)).sort(([a], [b]) => rank(a) - rank(b));
  return [`**${who}** can:`, ...sections.map(([reach, entries]) => `${reach}:\n${cut([...new Set(entries)])}`)].join(
    '\n\n',
  );
}

const rank = (reach: string) => (reach.endsWith('cluster') ? 0 : 1);

function toRoleText(
  workspace: Workspace,
  role: RoleReference,
  labels: Readonly<Record<string, string>>,
  toLink: ToLink,
): string {
  const roles = findRoles(workspace, role);
  const kind = role.kind === 'Role' ? 'Role' : 'ClusterRole';
  const known = roles[0]?.value.labels ?? labels;
  const bindings = findBindings(workspace, { kind, name: role.name, namespace: role.namespace, labels: known });
  const where = kind === 'ClusterRole' ? 'wherever it is bound' : `in namespace ${toCode(role.namespace ?? 'default')}`;
  const rules = toRoleLines(workspace, role, roles, kind === 'Role', toLink).map((line) => `- ${line}`);
  const holders = bindings.flatMap((binding) => toHolderLines(binding, role.name, toLink));
  return [
    `**${kind} ${toCode(role.name)}** lets its holders, ${where}:`,
    cut(rules),
    holders.length > 0 ? `Held by:\n${cut(holders)}` : 'No file of the workspace gives it to anybody.',
  ].join('\n\n');
}

function toBindingText(workspace: Workspace, binding: RoleBindingFact, toLink: ToLink): string {
  const { namespace, kind, subjects } = binding;
  const role = { ...binding.role, namespace };
  const isLocal = kind === 'RoleBinding';
  const roles = findRoles(workspace, role);
  const words = `${escapeMarkdown(role.kind)} ${toCode(role.name)}`;
  const what = roles[0] ? toLink(words, roles[0].place) : words;
  const where = isLocal ? `in namespace ${toCode(namespace ?? 'default')}` : 'in the whole cluster';
  const holders = subjects.map((subject) => `- ${toSubjectWords(subject)}`);
  const lines = toRoleLines(workspace, role, roles, isLocal, toLink).map((line) => `- ${line}`);
  return [
    `**${describe(binding)}** gives ${what}, ${where}, to:`,
    holders.length > 0 ? cut(holders) : '- nobody that can be read here',
    `They can:\n${cut(lines)}`,
  ].join('\n\n');
}

/** What a role grants, a line for each rule with a link to it. */
function toRoleLines(
  workspace: Workspace,
  reference: RoleReference,
  roles: readonly Known<RoleFact>[],
  isLocal: boolean,
  toLink: ToLink,
): string[] {
  const all = withAggregated(workspace, roles, reference.name);
  const lines = all.flatMap(({ value, place }) =>
    value.rules.flatMap((rule) => {
      const from = toLink(`${value.kind} ${toCode(value.name ?? '')}`, { ...place, path: rule.path });
      return toRuleLines(rule, isLocal).map((line) => `${line} (${from})`);
    }),
  );
  if (isBuiltInRole(reference))
    return [`${toBuiltInWords(reference.name)} (ClusterRole ${toCode(reference.name)})`, ...lines];
  if (roles.length === 0)
    return [`do what ${escapeMarkdown(reference.kind)} ${toCode(reference.name)} grants, which no file here holds`];
  return lines.length > 0
    ? lines
    : [`do nothing (${escapeMarkdown(reference.kind)} ${toCode(reference.name)} has no rules)`];
}

function toHolderLines({ value, place }: Known<RoleBindingFact>, role: string, toLink: ToLink): string[] {
  const reach =
    value.kind === 'ClusterRoleBinding'
      ? 'in the whole cluster'
      : `in namespace ${toCode(value.namespace ?? 'default')}`;
  const through = value.role.name === role ? '' : ` through ${toCode(value.role.name)}`;
  const by = toLink(describe(value), place);
  if (value.subjects.length === 0) return [`- nobody that can be read here, by ${by}`];
  return value.subjects.map((subject) => `- ${toSubjectWords(subject)} ${reach}${through}, by ${by}`);
}

function describe({ kind, name }: RoleBindingFact): string {
  return `${kind}${name === undefined ? '' : ` ${toCode(name)}`}`;
}

function isSame(a: SubjectFact, b: SubjectFact): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function cut(lines: readonly string[]): string {
  if (lines.length <= MAX_LINES) return lines.join('\n');
  return [...lines.slice(0, MAX_LINES), `- and ${lines.length - MAX_LINES} more`].join('\n');
}
