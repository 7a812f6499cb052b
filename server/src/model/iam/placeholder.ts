import type { Ref } from '../../syntax/ref';
import { getTag } from '../../syntax/tag';

/**
 * What stands in a text for something that is filled in later: substitutions of shells and templates, printf verbs, words in
 * angle brackets, and the capitals that documentation uses. The text around it is then known, the part itself is not.
 */
const PLACEHOLDERS: readonly RegExp[] = [
  /\$\{|\{\{|\$[A-Za-z_(]|#\{/,
  /%[sdvq]|%\[\d+\]|%\(\w+\)s|%[A-Z_]+%/,
  /<[^<>]*>|\[[A-Z][\w -]*\]|@@|__[A-Za-z]\w*__/,
  /\b(?:ACCOUNT|CLUSTER|REGION|AWS|OIDC|NAMESPACE|EXAMPLE|PLACEHOLDER|CHANGE-?ME|REPLACE|YOUR|TODO)(?:[_-]?[A-Z0-9]+)*\b/,
  /EXAMPLE|X{4,}|x{5,}|changeme|your[-_]/,
];

// A name of Kubernetes is never in capitals, so a word all in capitals stands for a name.
const CAPITALS = /^[A-Z][A-Z0-9_-]*$/;

/** True when a part of the text is filled in later, so that the text as a whole is not known here. */
export function hasPlaceholder(text: string): boolean {
  return PLACEHOLDERS.some((pattern) => pattern.test(text));
}

/** True when a namespace or name of a subject stands for one that is filled in later. */
export function isNamePlaceholder(part: string): boolean {
  return CAPITALS.test(part) || hasPlaceholder(part);
}

/**
 * The text that an author wrote as a literal: undefined for what is no string, for a value that a tag (`!Ref`, `!GetAtt`)
 * computes, and for what is not written at all. Placeholders are left in it, those that `!Sub` fills in too.
 */
export function getLiteral(ref: Ref): string | undefined {
  const tag = getTag(ref);
  if (tag !== undefined && tag !== '!Sub') return undefined;
  return ref.scalar && typeof ref.scalar.value === 'string' ? ref.scalar.text : undefined;
}
