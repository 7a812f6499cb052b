// What a file says may be anything, and Markdown can load pictures from afar: names get into it by these two ways only.

/** A name in Markdown, as code. */
export function toCode(text: string): string {
  const shown = text.replaceAll('`', "'").replace(/[\r\n]+/g, ' ');
  return shown === '' ? "`''`" : `\`${shown}\``;
}

/** A text that stands in Markdown as it is written, whatever it would mean there. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[\\[\]`*_<>]/g, '\\$&');
}
