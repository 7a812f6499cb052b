/** What a test looks for in a picture. */
export interface Parsed {
  readonly tag: string;
  readonly texts: readonly string[];
  /** The `d` of every path. */
  readonly paths: readonly string[];
}

const TOKEN = /<\?[^?]*\?>|<\/([\w-]+)>|<([\w-]+)((?: [\w:-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;

/** Reads XML of elements, attributes and text; throws where it is not well-formed. */
export function parseXml(text: string): Parsed {
  const open: string[] = [];
  const [texts, paths]: [string[], string[]] = [[], []];
  let root = '';
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(text);
    if (!found) throw new Error(`not well-formed at ${text.slice(at, at + 60)}`);
    const [, closing, opening, attributes = '', isEmpty, content] = found;
    if (closing !== undefined && open.pop() !== closing) throw new Error(`</${closing}> closes nothing`);
    if (content !== undefined && content.trim() !== '') texts.push(toText(content));
    if (opening === undefined) continue;
    if (open.length === 0) root = opening;
    const path = / d="([^"]*)"/.exec(attributes)?.[1];
    if (path !== undefined) paths.push(path);
    if (isEmpty !== '/') open.push(opening);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> stays open`);
  return { tag: root, texts, paths };
}

function toText(text: string): string {
  if (/&(?!(lt|gt|amp|quot);)/.test(text)) throw new Error(`a bare & in ${text}`);
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
