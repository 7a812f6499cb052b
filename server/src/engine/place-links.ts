import type { Place } from '../model/workspace/fact';
import { LineIndex } from '../text/line-index';
import type { Project } from './project';

/** Gives text in Markdown that leads to the line of a place; the text alone where the place is gone. */
export type ToLink = (text: string, place: Place) => string;

/** Links into the files of a project; `toUri` gives the URI that they lead to. */
export function createPlaceLinks(project: Project, toUri: (uri: string) => string): ToLink {
  const lines = new Map<string, LineIndex>();
  return (text, place) => {
    const found = project.locate(place);
    if (!found) return text;
    const index = lines.get(found.uri) ?? new LineIndex(found.source.text);
    lines.set(found.uri, index);
    const { line } = index.positionAt(found.start + found.ref.anchor.start);
    return `[${text}](${toUri(found.uri)}#L${line + 1})`;
  };
}
