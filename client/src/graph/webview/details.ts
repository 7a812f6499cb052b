import { drawSign } from '../drawing/icons';
import { toKindLine } from '../drawing/labels';
import { THEME } from '../drawing/palette';
import { svg } from '../drawing/svg';
import type { ViewFault, ViewLocation, ViewNode } from '../messages';
import { html, toDom } from './dom';

/** Shows all that there is to say of a node. */
export function showDetails(
  target: HTMLElement,
  node: ViewNode | undefined,
  open: (location: ViewLocation) => void,
): void {
  target.hidden = node === undefined;
  target.replaceChildren(...(node ? toContent(node, open) : []));
}

function toContent(node: ViewNode, open: (location: ViewLocation) => void): Node[] {
  const { name, lines, faults, location } = node;
  const parts: Node[] = [];
  if (location) parts.push(toButton('Open', 'action', () => open(location)));
  parts.push(html('p', { class: 'kind' }, [toKindLine(node)]), html('h2', {}, [name]));
  if (lines.length > 0)
    parts.push(
      html(
        'ul',
        {},
        lines.map((line) => html('li', {}, [line])),
      ),
    );
  for (const fault of faults) parts.push(toFault(fault, open));
  return parts;
}

function toFault({ severity, message, rule, location }: ViewFault, open: (location: ViewLocation) => void): Node {
  const sign = drawSign(severity, 0, 0, THEME.severities[severity], THEME.onBadge);
  const icon = toDom(svg('svg', { width: 14, height: 14, role: 'img', 'aria-label': severity }, [sign]));
  const link = toButton(rule, 'link', () => open(location));
  return html('div', { class: 'fault' }, [icon, html('p', {}, [`${message} `, link])]);
}

function toButton(text: string, className: string, act: () => void): HTMLButtonElement {
  const button = html('button', { class: className, type: 'button' }, [text]);
  button.addEventListener('click', act);
  return button;
}
