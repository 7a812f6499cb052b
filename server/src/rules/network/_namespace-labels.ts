import { isNear } from '../../model/network/near-label';
import { NAME_LABEL } from '../../model/network/view';
import type { NamespaceFact } from '../../model/workspace/topics';
import type { Workspace } from '../../model/workspace/workspace';

// Namespaces of every cluster.
const SYSTEM_NAMESPACES = ['default', 'kube-system', 'kube-public', 'kube-node-lease'];

/** The label of a namespace that was most likely meant; undefined where some namespace may have the one that is written. */
export function getMeantLabel(
  key: string,
  value: string,
  workspace: Workspace,
): { key: string; value: string } | undefined {
  const namespaces = workspace.conclude('namespaces', (asked) => asked.all('namespace').map((known) => known.value));
  if (key === NAME_LABEL) {
    const isThere = SYSTEM_NAMESPACES.includes(value) || namespaces.some(({ name }) => name === value);
    if (isThere || workspace.find('network-pod', value).length > 0) return undefined;
    const near = [...namespaces.map(({ name }) => name), ...SYSTEM_NAMESPACES].find((name) => isNear(value, name));
    return near === undefined ? undefined : { key, value: near };
  }
  const mayHave = ({ labels, unknownLabels }: NamespaceFact) => labels[key] === value || unknownLabels.includes(key);
  if (namespaces.some(mayHave)) return undefined;
  const isName = SYSTEM_NAMESPACES.includes(value) || namespaces.some(({ name }) => name === value);
  if (key === 'name' && isName) return { key: NAME_LABEL, value };
  for (const { labels } of namespaces) {
    const own = labels[key];
    if (own !== undefined && isNear(value, own)) return { key, value: own };
    const other = Object.keys(labels).find((candidate) => labels[candidate] === value && isNear(key, candidate));
    if (other !== undefined) return { key: other, value };
  }
  return undefined;
}
