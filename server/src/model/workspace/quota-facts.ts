import type { Ref } from '../../syntax/ref';
import { getEffectiveNamespace, type Resource } from '../kubernetes/resource';
import type { Fact } from './fact';

/**
 * What a LimitRange gives to containers that leave it out. As in the API server, `max` stands in for a missing default
 * limit, and the limit or `min` for a missing default request.
 */
export function readLimitRangeFacts(resource: Resource): Fact[] {
  const namespace = getEffectiveNamespace(resource);
  if (resource.kind !== 'LimitRange' || resource.group !== '' || namespace === undefined) return [];
  const items = resource.spec.get('limits').items();
  const ofContainers = items.filter((item) => item.get('type').string === 'Container');
  const namesOf = (...fields: readonly string[]): string[] => [
    ...new Set(ofContainers.flatMap((item) => fields.flatMap((field) => getWrittenKeys(item.get(field))))),
  ];
  const value = { limits: namesOf('default', 'max'), requests: namesOf('defaultRequest', 'default', 'max', 'min') };
  return [{ topic: 'limit-range', key: namespace, value, path: resource.root.path }];
}

/** That a namespace has a ResourceQuota. */
export function readQuotaFacts(resource: Resource): Fact[] {
  const { kind, group, name, root } = resource;
  const key = getEffectiveNamespace(resource);
  if (kind !== 'ResourceQuota' || group !== '' || key === undefined) return [];
  return [{ topic: 'resource-quota', key, value: { name }, path: root.path }];
}

function getWrittenKeys(map: Ref): string[] {
  return map.entries().flatMap(([key, value]) => (value.isAbsent ? [] : [key]));
}
