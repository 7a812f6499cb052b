import type { RuleContext } from '../../engine/rule';
import { NAME_LABEL } from '../../model/kubernetes/selectors';
import { isNear } from '../../model/network/near-label';
import { type Absence, getAbsence } from '../../model/workspace/absence';
import type { NamespaceFact } from '../../model/workspace/topics';

// Namespaces of every cluster that people mean by their labels.
const BUILT_IN = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** A label that no namespace of the workspace has. */
export interface LostLabel {
  readonly absence: Exclude<Absence, 'elsewhere'>;
  /** What was most likely meant. */
  readonly right: { readonly key: string; readonly value: string } | undefined;
}

/** What is the matter with the label of a selector of namespaces; undefined where some namespace may have it. */
export function findLostLabel(key: string, value: string, context: RuleContext): LostLabel | undefined {
  const { workspace } = context;
  const isName = key === NAME_LABEL;
  const absence = getAbsence({ kind: 'Namespace', namespace: undefined, name: isName ? value : undefined }, context);
  const namespaces = workspace.conclude('namespaces', (asked) => asked.all('namespace').map((known) => known.value));
  if (isName) {
    const isThere = namespaces.some(({ name }) => name === value) || workspace.find('network-pod', value).length > 0;
    if (isThere || absence === 'elsewhere') return undefined;
    const near = [...namespaces.map(({ name }) => name), ...BUILT_IN].find((name) => isNear(value, name));
    return { absence, right: near === undefined ? undefined : { key, value: near } };
  }
  const mayHave = ({ labels, unknownLabels }: NamespaceFact) => labels[key] === value || unknownLabels.includes(key);
  if (namespaces.some(mayHave)) return undefined;
  const right = getRight(key, value, namespaces);
  // A namespace that lives elsewhere may have any label; and of those that are here, all are known only by somebody's word.
  if (absence === 'elsewhere') return right?.key === NAME_LABEL ? { absence: 'open', right } : undefined;
  return { absence: absence === 'certain' ? 'certain' : 'open', right };
}

function getRight(key: string, value: string, namespaces: readonly NamespaceFact[]): LostLabel['right'] {
  const isName = BUILT_IN.includes(value) || namespaces.some(({ name }) => name === value);
  if (key === 'name' && isName) return { key: NAME_LABEL, value };
  for (const { labels } of namespaces) {
    const own = labels[key];
    if (own !== undefined && isNear(value, own)) return { key, value: own };
    const other = Object.keys(labels).find((candidate) => labels[candidate] === value && isNear(key, candidate));
    if (other !== undefined) return { key: other, value };
  }
  return undefined;
}
