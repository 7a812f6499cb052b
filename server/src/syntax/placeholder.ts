/**
 * True for a text in which something is filled in later: `{{ x }}` is a template's, `${x}` a substitution's (Flux, envsubst,
 * Terraform). Not by a regular expression, which would look for the end anew from each of many beginnings.
 */
export function hasPlaceholder(text: string): boolean {
  return isClosed(text, '{{', '}}') || isClosed(text, '${', '}');
}

function isClosed(text: string, start: string, end: string): boolean {
  const first = text.indexOf(start);
  return first !== -1 && text.includes(end, first + start.length);
}
