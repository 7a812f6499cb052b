import type { ViewGraph, ViewLocation } from '../messages';
import { html } from './dom';

/** Shows what is not known of a graph, with links to the files that could not be read. */
export function showNotes(target: HTMLElement, graph: ViewGraph, open: (location: ViewLocation) => void): void {
  const { notes, unread } = graph;
  target.hidden = notes.length === 0 && !unread;
  const items: Node[] = notes.map((note) => html('li', {}, [note]));
  if (unread) {
    const links = unread.files.flatMap(({ path, location }, index) => {
      const link = html('button', { class: 'link', type: 'button' }, [path]);
      link.addEventListener('click', () => open(location));
      return index === 0 ? [' ', link] : [', ', link];
    });
    items.push(html('li', {}, [unread.text, ...links]));
  }
  target.replaceChildren(...items);
}
