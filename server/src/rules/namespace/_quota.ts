import type { RuleContext } from '../../engine/rule';
import type { Topic } from '../../model/workspace/topics';
import type { Ref } from '../../syntax/ref';
import { isSystemNamespace, type LabelledNamespace } from './_labels';

/**
 * True where no object of a topic is known that can hold for the namespace. One that names no namespace may be put into this
 * one. Of a Namespace that is written in several places, only the first is asked for.
 */
export function isWithout(
  topic: Extract<Topic, 'resource-quota' | 'limit-range'>,
  { name, resource }: LabelledNamespace,
  { workspace, document }: RuleContext,
): boolean {
  if (isSystemNamespace(name) || name === 'default') return false;
  const [first] = workspace.find('namespace', name);
  if (first?.place.document !== document || !isSame(first.place.path, resource.root)) return false;
  return [name, 'default'].every((namespace) => workspace.find(topic, namespace).length === 0);
}

function isSame(path: readonly (string | number)[], root: Ref): boolean {
  return path.join('/') === root.path.join('/');
}
