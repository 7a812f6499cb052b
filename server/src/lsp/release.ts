import { getLanguageOfFile } from './language';
import type { Session } from './session';

/** Lets the trees of a file go that is only in the background; what was found in it is kept. */
export function release({ project, documents }: Session, uri: string): void {
  if (documents.has(uri)) return;
  const [text, language] = [project.getText(uri), getLanguageOfFile(uri)];
  if (text !== undefined && language) project.setFile(uri, text, language, false);
}
