import { getItemType } from '../../model/kubernetes/resource';
import type { Change } from '../../syntax/change';
import { isPlainMapping, type PlainValue } from '../../syntax/plain-value';
import type { Ref, Step } from '../../syntax/ref';

/** Route of the items of the innermost list that holds a route and, where a value is given, has room for it. */
export function getListPath(root: Ref, path: readonly Step[], value?: PlainValue): readonly Step[] | undefined {
  for (let length = path.length; length >= 0; length--) {
    const list = root.get(...path.slice(0, length));
    const { string: kind } = list.get('kind');
    if (!kind?.endsWith('List') || !list.get('items').isSequence) continue;
    if (value === undefined || kind === 'List' || isItem(list, value)) return [...path.slice(0, length), 'items'];
  }
  return undefined;
}

/** True for an object that a typed list, such as a `RoleList`, is a list of. */
function isItem(list: Ref, value: PlainValue): boolean {
  const type = toItemType(list);
  return isPlainMapping(value) && type?.kind === value.kind && type?.apiVersion === value.apiVersion;
}

function toItemType(list: Ref): ReturnType<typeof getItemType> {
  const { string: apiVersion } = list.get('apiVersion');
  const { string: kind } = list.get('kind');
  return apiVersion !== undefined && kind !== undefined ? getItemType({ apiVersion, kind }) : undefined;
}

const TYPE_KEYS = ['apiVersion', 'kind'] as const;

/**
 * What has to be written beside changes of one document: an item of a typed list that says one of apiVersion and kind has to
 * say the other too, for it takes both from its list or neither.
 */
export function toTypeChanges(root: Ref, changes: readonly Change[]): Change[] {
  const isSet = (path: readonly Step[]) => changes.some((one) => one.op === 'set' && isSamePath(one.path, path));
  return changes.flatMap(({ op, path }): Change[] => {
    const [items, index, key] = path.slice(-3);
    const other = TYPE_KEYS.find((one) => one !== key);
    if (op !== 'set' || items !== 'items' || typeof index !== 'number' || !other) return [];
    if (!TYPE_KEYS.some((one) => one === key)) return [];
    const item = root.get(...path.slice(0, -1));
    const type = toItemType(root.get(...path.slice(0, -3)));
    const written = [...path.slice(0, -1), other];
    if (!type || TYPE_KEYS.some((one) => item.get(one).isWritten) || isSet(written)) return [];
    return [{ op: 'set', path: written, value: type[other] }];
  });
}

function isSamePath(one: readonly Step[], other: readonly Step[]): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}
