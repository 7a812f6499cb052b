import type { RoleRule } from '../model/workspace/rbac-topics';
import { getApiResource, splitResource } from '../standards/api-resources';
import { getSpecialVerb, isImpersonationVerb } from '../standards/rbac-verbs';
import { toCode } from '../text/markdown';
import { findPhrase, findVerbPhrase } from './rbac-phrases';
import { toList, toObjectWords, toUrlWords, toVerbWords } from './rbac-words';

// A request for one namespace counts as made in it, and what may be bound or used there is asked about there.
const OF_ONE_NAMESPACE: readonly string[] = ['get', 'update', 'patch', 'delete', '*'];
const ASKED_IN_NAMESPACE: readonly string[] = ['bind', 'use'];

/**
 * What a rule lets its holder do, in Markdown: a line for what is said alike, ``read `pods` and `services` ``, and one for each
 * right that has words of its own. With `isLocal` it holds in a namespace only, where it is not in force on what is in none.
 */
export function toRuleLines(rule: RoleRule, isLocal: boolean): string[] {
  const { apiGroups, resources, resourceNames, nonResourceURLs, verbs, isKnown } = rule;
  if (nonResourceURLs.length > 0 && resources.length === 0) {
    return [isLocal ? `nothing at ${toList(nonResourceURLs.map(toCode))}, which is in no namespace` : toUrlWords(rule)];
  }
  const names = resourceNames.length > 0 ? toList(resourceNames.map(toCode)) : 'as is filled in later';
  const named = rule.isNarrowed ? ` named ${names}` : '';
  const isIn = (resource: string) => !isLocal || !isInNoNamespace(apiGroups, resource, verbs);
  const inForce = resources.filter(isIn);
  const special = verbs.flatMap((verb) => toSpecialLine(verb, rule, isIn, named) ?? []);
  const usual = verbs.filter((verb) => special.every((line) => line.verb !== verb));
  const phrases = new Map<string, string[]>();
  const plain: string[] = [];
  for (const resource of inForce) {
    const phrase = findPhrase(apiGroups, resource, usual);
    if (phrase === undefined) plain.push(resource);
    else phrases.set(phrase, [...(phrases.get(phrase) ?? []), resource]);
  }
  const isSaid = usual.length > 0 && (plain.length > 0 || resources.length === 0);
  const lines = [
    ...(isSaid ? [`${toVerbWords(usual)} ${toObjectWords(apiGroups, plain)}${named}`] : []),
    ...special.map(({ text }) => text),
    ...[...phrases].map(([phrase, from]) => `${phrase}${named} (${toList(from.map(toCode))})`),
  ];
  const outside = resources.filter((resource) => !isIn(resource) && !isMeantBySpecial(resource, special));
  if (outside.length > 0) lines.push(`nothing with ${toList(outside.map(toCode))}, as they are in no namespace`);
  if (lines.length === 0) lines.push(`${toVerbWords([])} ${toObjectWords(apiGroups, resources)}`);
  return isKnown ? lines : [...lines, 'what cannot be read here'];
}

interface SpecialLine {
  readonly verb: string;
  readonly text: string;
  readonly resources: readonly string[];
}

function toSpecialLine(
  verb: string,
  { apiGroups, resources }: RoleRule,
  isIn: (resource: string) => boolean,
  named: string,
): SpecialLine | undefined {
  const phrase = findVerbPhrase(verb);
  if (!phrase) return undefined;
  const isImpersonation = isImpersonationVerb(verb);
  const on = getSpecialVerb(isImpersonation ? 'impersonate' : verb)?.on ?? [];
  const names = on
    .filter(({ group }) => isImpersonation || apiGroups.includes(group) || apiGroups.includes('*'))
    .flatMap((one) => one.resources);
  const meant = resources.filter((resource) => {
    const isMeaningful = resource === '*' ? names.length > 0 : names.includes(splitResource(resource).resource);
    return isMeaningful && (isIn(resource) || ASKED_IN_NAMESPACE.includes(verb));
  });
  if (meant.length === 0) return undefined;
  const any = isImpersonation && named === '' ? 'any of ' : '';
  const objects = toList((meant.includes('*') ? names : meant).map(toCode));
  return { verb, text: phrase(`${any}${objects}${named}`), resources: meant };
}

function isMeantBySpecial(resource: string, special: readonly SpecialLine[]): boolean {
  return special.some(({ resources }) => resources.includes(resource));
}

function isInNoNamespace(groups: readonly string[], text: string, verbs: readonly string[]): boolean {
  const { resource } = splitResource(text);
  const found = groups.flatMap((group) => getApiResource(group, resource) ?? []);
  if (found.length === 0 || found.length < groups.length || found.some(({ namespaced }) => namespaced)) return false;
  const isNamespace = resource === 'namespaces' && groups.includes('');
  return !isNamespace || !verbs.some((verb) => OF_ONE_NAMESPACE.includes(verb));
}
