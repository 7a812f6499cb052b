import type { RoleRule, SubjectFact } from '../model/workspace/rbac-topics';
import { escapeMarkdown, toCode } from '../text/markdown';

/** `a, b and c`. */
export function toList(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

/** Verbs as people say them: the three of reading and the two of changing are one each. */
export function toVerbWords(verbs: readonly string[]): string {
  if (verbs.includes('*')) return '**do everything** with';
  const has = (verb: string) => verbs.includes(verb);
  const isReading = has('get') && has('list');
  const words = new Set<string>();
  for (const verb of verbs) {
    if (isReading && ['get', 'list', 'watch'].includes(verb)) words.add('read');
    else words.add((Object.hasOwn(SAID, verb) && SAID[verb]) || toCode(verb));
  }
  return words.size > 0 ? toList([...words]) : 'do nothing with';
}

const SAID: Readonly<Record<string, string>> = {
  get: 'get',
  list: 'list',
  watch: 'watch',
  create: 'create',
  update: 'change',
  patch: 'change',
  delete: 'delete',
  deletecollection: 'delete all at once',
};

/** Resources with their group: ``\`deployments\` of \`apps\` ``. */
export function toObjectWords(apiGroups: readonly string[], resources: readonly string[]): string {
  const groups = apiGroups.includes('*') ? 'every API group' : toGroupWords(apiGroups);
  if (resources.includes('*')) return `**every resource** of ${groups}`;
  const what = resources.length > 0 ? toList(resources.map(toCode)) : 'nothing';
  // Nobody says "of the core group" of Pods and Services.
  return apiGroups.length === 1 && apiGroups[0] === '' ? what : `${what} of ${groups}`;
}

function toGroupWords(groups: readonly string[]): string {
  if (groups.length === 0) return 'no API group';
  return toList(groups.map((group) => (group === '' ? 'the core group' : toCode(group))));
}

/** What a rule on URLs lets its holder do. */
export function toUrlWords({ nonResourceURLs, verbs }: Pick<RoleRule, 'nonResourceURLs' | 'verbs'>): string {
  const methods = verbs.includes('*')
    ? 'send any request to'
    : `${toList(verbs.map((verb) => escapeMarkdown(verb.toUpperCase())))} at`;
  if (nonResourceURLs.includes('*')) return `${methods} **every URL** that is no resource`;
  return `${methods} ${toList(nonResourceURLs.map(toCode))}`;
}

const BUILT_IN: Readonly<Record<string, string>> = {
  'cluster-admin': '**do everything**',
  admin: 'read and write nearly everything of a namespace, Secrets, Roles and RoleBindings included',
  edit: 'read and write nearly everything of a namespace, Secrets included, but not Roles',
  view: 'read nearly everything of a namespace, but not Secrets and Roles',
};

/** What a role of the API server lets its holder do. */
export function toBuiltInWords(name: string): string {
  const said = Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
  return said ?? `do what ${toCode(name)} grants, a role of the API server`;
}

/** `ServiceAccount "web" of namespace "shop"`; groups that hold everybody are said in words. */
export function toSubjectWords({ kind, name, namespace }: SubjectFact): string {
  if (kind === 'ServiceAccount') {
    return `ServiceAccount ${toCode(name)}${namespace === undefined ? '' : ` of namespace ${toCode(namespace)}`}`;
  }
  if (kind === 'Group' && Object.hasOwn(GROUPS, name)) return `${GROUPS[name]} (${toCode(name)})`;
  const ofNamespace = kind === 'Group' ? /^system:serviceaccounts:(.+)$/.exec(name)?.[1] : undefined;
  if (ofNamespace !== undefined) return `every ServiceAccount of namespace ${toCode(ofNamespace)}`;
  return `${escapeMarkdown(kind)} ${toCode(name)}`;
}

const GROUPS: Readonly<Record<string, string>> = {
  'system:authenticated': 'everybody who is logged in',
  'system:unauthenticated': 'everybody who is not logged in',
  'system:serviceaccounts': 'every ServiceAccount',
  'system:masters': 'the administrators',
};
