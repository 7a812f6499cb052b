import type { ViewFault, ViewGraph, ViewNode } from '../messages';

/** The notes of a graph as plain sentences. */
export function toNotes({ notes, unread }: ViewGraph): readonly string[] {
  return unread ? [...notes, `${unread.text} ${unread.files.map(({ path }) => path).join(', ')}.`] : notes;
}

const STATES: Readonly<Record<ViewNode['state'], string>> = {
  written: '',
  'built-in': 'built in',
  outside: '',
  missing: 'not in these files',
  unknown: 'not known here',
};

/** The line above a name: `ServiceAccount in shop, not in these files`. */
export function toKindLine({ kind, namespace, state, name }: ViewNode): string {
  const place = namespace === undefined ? '' : ` in ${namespace}`;
  const suffix = name === STATES[state] ? '' : STATES[state];
  return `${kind}${place}${suffix === '' ? '' : `, ${suffix}`}`;
}

const SEVERITIES: readonly ViewFault['severity'][] = ['error', 'warning', 'info'];
const NOUNS: Readonly<Record<ViewFault['severity'], string>> = { error: 'error', warning: 'warning', info: 'hint' };

/** `1 error, 2 warnings`; '' where nothing is wrong. */
export function countFaults(faults: readonly ViewFault[]): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = faults.filter((fault) => fault.severity === severity).length;
    return count === 0 ? [] : [`${count} ${NOUNS[severity]}${count === 1 ? '' : 's'}`];
  });
  return counts.join(', ');
}

/** All that a node shows, in words, for those who hear it. */
export function describeNode({ nodes, edges }: ViewGraph, node: ViewNode): string {
  const nameOf = (id: string): string => {
    const other = nodes.find((one) => one.id === id);
    return other ? `${other.kind} ${other.name}` : '';
  };
  const into = edges.filter(({ to }) => to === node.id).map(({ from, word }) => `${nameOf(from)} ${word} it`);
  const out = edges.filter(({ from }) => from === node.id).map(({ to, word }) => `${word} ${nameOf(to)}`);
  const faults = countFaults(node.faults);
  const parts = [`${toKindLine(node)}: ${node.name}`, faults, ...node.lines.slice(0, 3), ...into, ...out];
  return `${parts.filter((part) => part !== '').join('. ')}.`;
}
