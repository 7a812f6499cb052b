const BEGINNING = /\$\{|\{\{|\$\(|#\{|\$[A-Za-z_]\w*|%[A-Za-z]/g;

const ENDS: ReadonlyMap<string, string> = new Map([
  ['${', '}'],
  ['{{', '}}'],
  ['$(', ')'],
  ['#{', '}'],
]);

/**
 * A text without what a tool fills in by itself, which is nobody's to forget. Ends are not looked for by the regular expression,
 * which would do so anew from each of many beginnings.
 */
export function withoutFilledIn(text: string): string {
  const nextOf = new Map<string, number>();
  const findNext = (character: string, from: number): number => {
    const known = nextOf.get(character) ?? 0;
    const next = known >= from && text[known] === character ? known : known === -1 ? -1 : text.indexOf(character, from);
    nextOf.set(character, next);
    return next;
  };
  const beginning = new RegExp(BEGINNING);
  let result = '';
  let done = 0;
  for (let match = beginning.exec(text); match; match = beginning.exec(text)) {
    const [word] = match;
    const end = ENDS.get(word);
    const inner = match.index + word.length;
    const at = end === undefined ? inner : findNext(end.charAt(0), inner);
    if (at === -1 || (end !== undefined && !text.startsWith(end, at))) {
      beginning.lastIndex = match.index + 1;
      continue;
    }
    result += `${text.slice(done, match.index)} `;
    done = at + (end?.length ?? 0);
    beginning.lastIndex = done;
  }
  return result + text.slice(done);
}
